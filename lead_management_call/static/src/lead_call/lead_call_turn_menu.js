import { Component } from "@odoo/owl";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";

/** Where leads are cards: call those of the page, or those that are selected. */
export class LeadCallTurnMenu extends Component {
    static template = "lead_management_call.LeadCallTurnMenu";
    static components = { DropdownItem };
    static props = {};

    /** The menu is closed, and this component gone, before the server answers. */
    async callInTurn() {
        const { model, searchModel, services } = this.env;
        const { selection = [] } = model?.root || {};
        const action = await services.orm.call(
            "crm.lead",
            "action_call_in_turn",
            [selection.map((record) => record.resId)],
            { context: { ...searchModel.globalContext, active_domain: searchModel.domain } }
        );
        await services.action.doAction(action, { onClose: () => model?.load() });
    }
}

registry.category("cogMenu").add("lead-call-turn-menu", {
    Component: LeadCallTurnMenu,
    groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
    isDisplayed: (env) => env.config.viewSubType === "lead_kanban",
});
