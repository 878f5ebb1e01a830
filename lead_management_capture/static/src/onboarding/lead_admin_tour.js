import { _t } from "@web/core/l10n/translation";
import { adminTourParts } from "@lead_management/onboarding/lead_admin_tour";

import { markup } from "@odoo/owl";

adminTourParts.add(
    "web_form",
    () => [
        {
            trigger: "[data-menu-xmlid='crm.crm_menu_leads']",
            content: markup(_t("The tools are in the menu <b>Leads</b>.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: "[data-menu-xmlid='lead_management_capture.crm_lead_capture_form_menu']",
            content: markup(_t("<b>Web Capture</b> makes forms for your website.")),
            tooltipPosition: "right",
            run: "click",
        },
        {
            trigger: ".o-kanban-button-new",
            content: _t("Create your first form: it's ready to use right away."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=name] input",
            content: markup(_t("Give it a <b>name</b>, look at the preview, and save it.")),
            tooltipPosition: "bottom",
            run: "edit Contact us",
        },
        {
            trigger: ".o_form_button_save",
            content: markup(_t("<b>Save</b> it.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            isActive: ["auto"],
            trigger: ".o_form_saved",
        },
    ],
    { sequence: 40 }
);
