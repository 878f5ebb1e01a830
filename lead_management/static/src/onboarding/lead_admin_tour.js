import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { openCRM } from "./open_crm";

import { markup } from "@odoo/owl";

/** Returns the steps that open an entry of the menu Configuration. */
export function openConfiguration(menu, content) {
    return [
        {
            trigger: "[data-menu-xmlid='crm.crm_menu_config']",
            content: markup(_t("Open <b>Configuration</b>.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: `[data-menu-xmlid='${menu}']`,
            content,
            tooltipPosition: "right",
            run: "click",
        },
    ];
}

/** What who sets up lead management decides, one after the other: functions that return steps. */
export const adminTourParts = registry.category("lead_admin_tour_parts");

adminTourParts.add(
    "lead_status",
    () => [
        ...openConfiguration(
            "lead_management.crm_lead_status_menu",
            markup(_t("<b>Statuses</b> are the path a lead follows."))
        ),
        {
            trigger: ".o_list_view .o_data_row .o_data_cell[name=name]",
            content: _t("Open a status to say what to do in it, and where leads go next."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            isActive: ["auto"],
            trigger: ".o_form_view .o_field_widget[name=guidance]",
        },
    ],
    { sequence: 10 }
);
adminTourParts.add(
    "lead_source",
    () => [
        ...openConfiguration(
            "lead_management.utm_source_menu",
            markup(_t("<b>Lead Sources</b> say where leads come from."))
        ),
        {
            isActive: ["auto"],
            trigger: ".o_breadcrumb:contains(Lead Sources)",
        },
    ],
    { sequence: 20 }
);

registry.category("web_tour.tours").add("lead_admin_tour", {
    url: "/odoo",
    steps: () => [
        ...openCRM(markup(_t("Leads are set up in the <b>CRM</b> app."))),
        ...adminTourParts.getAll().flatMap((getSteps) => getSteps()),
    ],
});
