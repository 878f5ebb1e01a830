import { registry } from "@web/core/registry";
import { listView } from "@web/views/list/list_view";
import { arrangeForLeads } from "../lead_action_menu/lead_action_menu";

class LeadListController extends listView.Controller {
    get actionMenuItems() {
        return arrangeForLeads(super.actionMenuItems);
    }
}

registry.category("views").add("lead_list", { ...listView, Controller: LeadListController });
