import { registry } from "@web/core/registry";

// A salesperson who works in German finds nothing in English.
registry.category("web_tour.tours").add("lead_german", {
    url: "/odoo/lead-home",
    steps: () => [
        { trigger: ".o_lead_quick_addition button:contains(Lead hinzufügen)" },
        { trigger: ".o_lead_home_views [data-view=my_leads]:contains(Meine Leads)", run: "click" },
        { trigger: ".o_data_row:contains(Jane) .o_data_cell[name=contact_name]", run: "click" },
        { trigger: ".o_statusbar_buttons button:contains(Umwandeln)" },
        { trigger: ".o_lead_title input[placeholder=Vorname]" },
        {
            trigger: ".o_field_lead_status_path .o_arrow_button_current:contains(Zugewiesen)",
        },
        { trigger: ".nav-link[name=qualification]:contains(Qualifizierung)", run: "click" },
        { trigger: "[name=bant_need] label:contains(Ja)" },
    ],
});
