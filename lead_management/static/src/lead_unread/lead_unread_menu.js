import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useBus, useService } from "@web/core/utils/hooks";

/** The counter of the user's unread leads, beside the clock of activities. */
export class LeadUnreadMenu extends Component {
    static template = "lead_management.LeadUnreadMenu";
    static props = [];

    setup() {
        this.action = useService("action");
        this.leadUnread = useService("lead_unread");
        this.unread = useState(this.leadUnread.state);
        onWillStart(async () => {
            this.isSalesperson = await user.hasGroup("sales_team.group_sale_salesman");
            if (this.isSalesperson) {
                this.leadUnread.count(); // not waited for
            }
        });
        useBus(this.env.bus, "ACTION_MANAGER:UI-UPDATED", () => {
            if (this.isSalesperson) {
                this.leadUnread.countSometimes();
            }
        });
    }

    open() {
        this.action.doAction("lead_management.crm_lead_action_unread", {
            clearBreadcrumbs: true,
        });
    }
}

registry
    .category("systray")
    .add("lead_management.unread", { Component: LeadUnreadMenu }, { sequence: 22 });
