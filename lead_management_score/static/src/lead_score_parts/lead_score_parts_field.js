import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What both scores are made of: see `get_score_parts`. */
export class LeadScoreParts extends Component {
    static template = "lead_management_score.LeadScoreParts";
    static props = { leadId: Number, close: Function };

    setup() {
        this.state = useState({ scores: [] });
        const orm = useService("orm");
        onWillStart(async () => {
            const { fit, engagement } = await orm.call("crm.lead", "get_score_parts", [
                [this.props.leadId],
            ]);
            this.state.scores = [fit, engagement];
        });
    }
}

/** Fit and engagement as two numbers; a click shows what they are made of. */
export class LeadScorePartsField extends Component {
    static template = "lead_management_score.LeadScorePartsField";
    static props = { ...standardFieldProps };

    setup() {
        this.popover = usePopover(LeadScoreParts, { position: "bottom-end" });
    }

    get fit() {
        return _t("Fit %s", this.props.record.data[this.props.name] || 0);
    }

    get engagement() {
        return _t("Engagement %s", this.props.record.data.score_engagement || 0);
    }

    show(ev) {
        this.popover.open(ev.currentTarget, { leadId: this.props.record.resId });
    }
}

registry.category("fields").add("lead_score_parts", {
    component: LeadScorePartsField,
    displayName: _t("Fit and engagement"),
    supportedTypes: ["integer"],
    fieldDependencies: [{ name: "score_engagement", type: "integer", readonly: true }],
});
