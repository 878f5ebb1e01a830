import { Component } from "@odoo/owl";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { orderByToString } from "@web/search/utils/order_by";
import { STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";

/** Looks through the leads of a page one after the other. */
export class LeadTriageMenu extends Component {
    static template = "lead_management.LeadTriageMenu";
    static components = { DropdownItem };
    static props = {};

    /** The menu is closed, and this component gone, before the action is there. */
    async open() {
        const { model, searchModel, services } = this.env;
        await services.action.doAction("lead_management.lead_triage_action", {
            additionalContext: {
                lead_triage: {
                    domain: searchModel.domain,
                    order: orderByToString(model?.root?.orderBy || []),
                },
            },
        });
    }
}

registry.category("cogMenu").add("lead-triage-menu", {
    Component: LeadTriageMenu,
    groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
    isDisplayed: (env) =>
        !env.isSmall && ["lead_list", "lead_kanban"].includes(env.config.viewSubType),
});
