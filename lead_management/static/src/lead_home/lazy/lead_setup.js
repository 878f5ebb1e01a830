import { Component } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/** The checklist for who sets up leads: each step opens its page, and is ticked off by what is there. */
export class LeadSetup extends Component {
    static template = "lead_management.LeadSetup";
    static props = { steps: Array, onChanged: Function };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    open(step) {
        return this.action.doAction(step.action);
    }

    async tick(step) {
        await this.orm.call("crm.lead", "tick_lead_setup", [step.name, !step.is_done]);
        return this.props.onChanged();
    }

    async close() {
        await this.orm.call("crm.lead", "close_lead_setup");
        return this.props.onChanged();
    }

    /** A second click while the first is on its way opens nothing twice. */
    addSample({ sample_model: model }) {
        this.adding ||= this.orm
            .call(model, "action_add_sample")
            .then((action) => this.action.doAction(action))
            .finally(() => (this.adding = null));
        return this.adding;
    }

    async removeSample({ sample_model: model, sample_id: id }) {
        await this.orm.call(model, "action_remove_sample", [id]);
        return this.props.onChanged();
    }
}
