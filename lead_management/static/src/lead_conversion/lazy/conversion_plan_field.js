import { Component, onMounted, useRef, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { focusButton } from "./conversion_keys";

const SHOWN = 8; // rows of a list, until all are asked for
const NOTHING = { problems: [], doubts: [], links: [], accounts: [], failures: [], teams: [] };

/** What will become of many leads, or what became of them, in short lists. */
export class ConversionPlanField extends Component {
    static template = "lead_management.ConversionPlanField";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
        this.root = useRef("root");
        this.state = useState({ all: {} });
        // Problems come first: the dialog is not scrolled to what may be typed below them.
        onMounted(() => requestAnimationFrame(() => this.root.el && focusButton(this.root.el)));
    }

    get plan() {
        return { ...NOTHING, ...this.props.record.data[this.props.name] };
    }

    rows(list) {
        return this.state.all[list] ? this.plan[list] : this.plan[list].slice(0, SHOWN);
    }

    more(list) {
        return this.plan[list].length - this.rows(list).length;
    }

    leads(list) {
        return this.plan[list].reduce((count, group) => count + group.leads.length, 0);
    }

    names(group) {
        const others = group.leads.length - 3;
        return group.leads.slice(0, 3).join(", ") + (others > 0 ? ` +${others}` : "");
    }

    openLead(problem) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.lead",
            res_id: problem.id,
            views: [[false, "form"]],
        });
    }
}

registry
    .category("lazy_components")
    .add("lead_management.ConversionPlanField", ConversionPlanField);
