import { Component, useState } from "@odoo/owl";
import { formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { clock, formatMinutes, getTimeLeft } from "./clock";

/** How much time is left to answer a lead, or how long it took. */
export class LeadResponseField extends Component {
    static template = "lead_management_response.LeadResponseField";
    static props = { ...standardFieldProps };

    setup() {
        this.clock = useState(clock);
    }

    get badge() {
        const { data } = this.props.record;
        const due = data[this.props.name];
        if (due) {
            return {
                ...getTimeLeft(due, this.clock.now),
                title: _t("Answer by %s", formatDateTime(due)),
            };
        }
        const time = formatMinutes(data.response_minutes || 0);
        if (data.response_state === "in_time") {
            return { text: _t("answered in %s", time), color: "success" };
        }
        if (data.response_state === "too_late") {
            return { text: _t("answered in %s", time), color: "secondary" };
        }
        return null;
    }
}

registry.category("fields").add("lead_response", {
    component: LeadResponseField,
    displayName: _t("Time to answer"),
    supportedTypes: ["datetime"],
    fieldDependencies: [
        { name: "response_state", type: "selection", readonly: true },
        { name: "response_minutes", type: "integer", readonly: true },
    ],
});
