import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** What decided about a record, and what would decide now: see `get_why`. */
export class LeadWhy extends Component {
    static template = "lead_management_why.LeadWhy";
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.state = useState({ kinds: [] });
        const orm = useService("orm");
        onWillStart(async () => {
            const { res_model: model, res_id: id } = this.props.action.params;
            this.state.kinds = await orm.call(model, "get_why", [[id]]);
        });
    }

    openRule({ model, id }) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("lazy_components").add("lead_management_why.LeadWhy", LeadWhy);
