import { onMounted, onWillStart } from "@odoo/owl";
import { crmKanbanView } from "@crm/views/crm_kanban/crm_kanban_view";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { arrangeForLeads } from "../lead_action_menu/lead_action_menu";

const CrmKanbanRenderer = crmKanbanView.Renderer;

/** No lead begins as converted or dead: these columns have no quick creation. */
class LeadKanbanHeader extends CrmKanbanRenderer.components.KanbanHeader {
    setup() {
        super.setup();
        const orm = useService("orm");
        this.closedIds = [];
        if (this.group.groupByField.name === "status_id") {
            onWillStart(async () => {
                // Asked once for all columns
                this.closedIds = await orm
                    .cache()
                    .search("crm.lead.status", [["category", "in", ["converted", "dead"]]]);
            });
        }
    }

    canQuickCreate() {
        return super.canQuickCreate() && !this.closedIds.includes(this.group.value);
    }
}

class LeadKanbanRenderer extends CrmKanbanRenderer {
    static components = {
        ...CrmKanbanRenderer.components,
        KanbanHeader: LeadKanbanHeader,
    };

    setup() {
        super.setup();
        if (useService("ui").isSmall) {
            onMounted(() => this.showFirstLeads());
        }
    }

    /** Begins where leads are: a phone shows one column, and the first may be empty. */
    showFirstLeads() {
        const column = this.rootRef.el
            ?.querySelector(".o_kanban_group .o_kanban_record")
            ?.closest(".o_kanban_group");
        if (column) {
            this.rootRef.el.scrollLeft +=
                column.getBoundingClientRect().left - this.rootRef.el.getBoundingClientRect().left;
        }
    }
}

class LeadKanbanController extends crmKanbanView.Controller {
    get actionMenuItems() {
        return arrangeForLeads(super.actionMenuItems);
    }
}

registry.category("views").add("lead_kanban", {
    ...crmKanbanView,
    Controller: LeadKanbanController,
    Renderer: LeadKanbanRenderer,
});
