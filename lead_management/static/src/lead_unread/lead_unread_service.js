import { reactive } from "@odoo/owl";
import { registry } from "@web/core/registry";

const MIN_SECONDS_BETWEEN_COUNTS = 30;

/**
 * How many unread leads the user has, and telling the server that one was opened: it is
 * read now, and the latest of those viewed. Every call is silent: none blocks the screen,
 * and none that fails is shown.
 */
export const leadUnreadService = {
    dependencies: ["orm"],
    start(env, { orm }) {
        const state = reactive({ count: 0 });
        let countedAt = 0;
        let lastOpened = null;

        async function count() {
            countedAt = Date.now();
            try {
                state.count = await orm.silent.call("crm.lead", "get_unread_count");
            } catch {
                state.count = 0; // e.g. offline: there will be another count
            }
        }

        function countSometimes() {
            if (Date.now() - countedAt > MIN_SECONDS_BETWEEN_COUNTS * 1000) {
                count();
            }
        }

        async function opened(leadId, { type, is_unread: isUnread } = {}) {
            if (!leadId || type !== "lead" || (leadId === lastOpened && !isUnread)) {
                return;
            }
            lastOpened = leadId;
            try {
                if (await orm.silent.call("crm.lead", "mark_as_read", [[leadId]])) {
                    await count();
                }
            } catch {
                lastOpened = null; // The lead stays unread until it is opened again.
            }
        }

        return { state, count, countSometimes, opened };
    },
};

registry.category("services").add("lead_unread", leadUnreadService);
