import { registry } from "@web/core/registry";

// An admin adds a lead source from the settings and finds it on a lead.
registry.category("web_tour.tours").add("lead_picklist", {
    url: "/odoo/settings#crm",
    steps: () => [
        { trigger: ".settings_tab .tab[data-key=crm]", run: "click" },
        { trigger: "button:contains(Lead sources)", run: "click" },
        { trigger: ".o_list_button_add", run: "click" },
        {
            trigger: ".o_selected_row .o_field_widget[name=name] input",
            run: "edit Trade fair",
        },
        { trigger: ".o_list_button_save", run: "click" },
        { trigger: ".o_data_row:contains(Trade fair)" },
        {
            trigger: "body",
            run() {
                window.location.href = "/odoo/action-crm.crm_lead_all_leads/new";
            },
            expectUnloadPage: true,
        },
        { trigger: ".o_field_widget[name=source_id] input", run: "edit Trade" },
        { trigger: ".o-autocomplete--dropdown-item:contains(Trade fair)", run: "click" },
        { trigger: ".o_form_button_cancel", run: "click" },
        { content: "Nothing is left to save", trigger: ".o_list_view" },
    ],
});
