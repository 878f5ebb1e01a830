import { patch } from "@web/core/utils/patch";
import { LeadHome } from "@lead_management/lead_home/lazy/lead_home";

patch(LeadHome.prototype, {
    openQueue(queue) {
        return this.action.doAction("lead_management_assignment.crm_lead_action_to_claim", {
            additionalContext: { search_default_open: 0, search_default_queue_id: queue.id },
        });
    },
});
