import { onWillStart } from "@odoo/owl";
import { crmKanbanView } from "@crm/views/crm_kanban/crm_kanban_view";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

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
                    .search("crm.lead.status", [
                        ["category", "in", ["converted", "dead"]],
                    ]);
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
}

registry.category("views").add("lead_kanban", {
    ...crmKanbanView,
    Renderer: LeadKanbanRenderer,
});
