import { useEffect, useExternalListener } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";

/**
 * The dialog of calls. The Enter key logs, wherever one is; Shift and Enter begin a line.
 * Skipping a lead asks for nothing and saves nothing.
 */
export class LeadCallLogController extends formView.Controller {
    setup() {
        super.setup();
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
        // The outcome comes first: arrow keys choose one.
        useEffect(
            () => this.rootRef.el?.querySelector(".o_field_lead_call_choice input")?.focus(),
            () => []
        );
    }

    async beforeExecuteActionButton(clickParams) {
        return clickParams.name === "action_skip" || super.beforeExecuteActionButton(clickParams);
    }

    onKeydown(ev) {
        const form = this.rootRef.el;
        const isOther = ev.shiftKey || ev.isComposing || ev.defaultPrevented;
        if (ev.key !== "Enter" || isOther || !form?.contains(ev.target)) {
            return;
        }
        if (ev.target.closest("a, button")) {
            return;
        }
        ev.preventDefault();
        form.closest(".modal")?.querySelector("footer .btn-primary")?.click();
    }
}

registry.category("views").add("lead_call_log", {
    ...formView,
    Controller: LeadCallLogController,
});
