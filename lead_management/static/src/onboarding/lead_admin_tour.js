import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { openCRM } from "./open_crm";

import { markup } from "@odoo/owl";

/** Returns the steps that open an entry of the menu Configuration. */
function openConfiguration(menu, content) {
    return [
        {
            trigger: "[data-menu-xmlid='crm.crm_menu_config']",
            content: markup(_t("Open <b>Configuration</b>.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: `[data-menu-xmlid='lead_management.${menu}']`,
            content,
            tooltipPosition: "right",
            run: "click",
        },
    ];
}

// What who sets up the addon decides: the path, the sources, who gets leads, web forms.
registry.category("web_tour.tours").add("lead_admin_tour", {
    url: "/odoo",
    steps: () => [
        ...openCRM(markup(_t("Leads are set up in the <b>CRM</b> app."))),
        ...openConfiguration(
            "crm_lead_status_menu",
            markup(_t("<b>Statuses</b> are the path that leads go."))
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
        ...openConfiguration(
            "utm_source_menu",
            markup(_t("<b>Lead Sources</b> say where leads come from."))
        ),
        {
            isActive: ["auto"],
            trigger: ".o_breadcrumb:contains(Lead Sources)",
        },
        ...openConfiguration(
            "crm_lead_assignment_rule_menu",
            markup(_t("<b>Assignment Rules</b> decide who gets a lead."))
        ),
        {
            isActive: ["auto"],
            trigger: ".o_breadcrumb:contains(Assignment Rules)",
        },
        {
            trigger: "[data-menu-xmlid='crm.crm_menu_leads']",
            content: markup(_t("The tools are in the menu <b>Leads</b>.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: "[data-menu-xmlid='lead_management.crm_lead_capture_form_menu']",
            content: markup(_t("<b>Web Capture</b> makes forms for your website.")),
            tooltipPosition: "right",
            run: "click",
        },
        {
            trigger: ".o-kanban-button-new",
            content: _t("Make the first form: it is ready to be used at once."),
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
});
