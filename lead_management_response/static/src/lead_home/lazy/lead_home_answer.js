import { useState } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { patch } from "@web/core/utils/patch";
import { LeadHome } from "@lead_management/lead_home/lazy/lead_home";
import { clock, getTimeLeft } from "@lead_management_response/lead_response/clock";

patch(LeadHome.prototype, {
    setup() {
        super.setup(...arguments);
        this.clock = useState(clock);
    },

    timeLeft(lead) {
        return getTimeLeft(deserializeDateTime(lead.due), this.clock.now);
    },

    /** Accepts or passes on what is offered, and shows what there is then. */
    async answerOffer(lead, method) {
        if (this.isAnswering) {
            return; // a double click
        }
        this.isAnswering = true;
        try {
            const action = await this.orm.call("crm.lead", method, [[lead.id]]);
            // What is said suffices: the page is not left.
            await this.action.doAction({ ...action, params: { ...action.params, next: false } });
        } finally {
            this.isAnswering = false;
            // Also when somebody else was first
            await this.load();
        }
    },

    openToAnswer() {
        return this.action.doAction("lead_management_response.crm_lead_action_to_answer");
    },
});
