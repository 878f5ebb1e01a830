import { registry } from "@web/core/registry";

// A salesperson types in who called, and the lead is there under that name.
registry.category("web_tour.tours").add("lead_create", {
    url: "/odoo/action-crm.crm_lead_all_leads",
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        {
            content: "Nothing is required of the status: a lead of one's own is Assigned",
            trigger: ".o_field_lead_status_path .o_arrow_button_current:contains(Assigned)",
        },
        {
            trigger: ".o_field_widget[name=contact_first_name] input",
            run: "edit Jane",
        },
        {
            content: "Saving without last name and company is refused",
            trigger: ".o_form_button_save",
            run: "click",
        },
        { trigger: ".o_field_invalid[name=contact_last_name]" },
        {
            trigger: ".o_field_widget[name=contact_last_name] input",
            run: "edit Doe",
        },
        {
            trigger: ".o_lead_title .o_field_widget[name=partner_name] input",
            run: "edit Acme Tours",
        },
        {
            trigger: ".o_field_widget[name=twitter] input",
            run: "edit https://x.com/acme",
        },
        { trigger: ".o_form_button_save", run: "click" },
        {
            content: "The subject comes from company and name",
            trigger: ".o_last_breadcrumb_item:contains('Acme Tours – Jane Doe')",
        },
        { trigger: ".o_field_widget[name=twitter] input:value('acme')" },
        { trigger: ".breadcrumb-item .o_back_button, .o_back_button", run: "click" },
        { trigger: ".o_data_row:contains('Acme Tours') .badge:contains(Assigned)" },
    ],
});
