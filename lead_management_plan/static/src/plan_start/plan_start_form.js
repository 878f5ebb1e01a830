import { useEffect } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";

/** The dialog that starts a plan. It is started with Enter, if there is nothing to change. */
export class PlanStartController extends formView.Controller {
    setup() {
        super.setup();
        useEffect(
            () => {
                const dialog = this.rootRef.el?.closest(".modal");
                dialog?.querySelector("footer button[name=action_schedule_plan]")?.focus();
            },
            () => []
        );
    }
}

registry.category("views").add("lead_plan_start", {
    ...formView,
    Controller: PlanStartController,
});
