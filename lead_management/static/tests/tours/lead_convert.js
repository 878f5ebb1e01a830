import { registry } from "@web/core/registry";

// A salesperson converts a lead, and finds account, contact and opportunity.
registry.category("web_tour.tours").add("lead_convert", {
    steps: () => [
        { trigger: "button:contains(Convert)", run: "click" },
        { trigger: ".modal button[name=action_apply]", run: "click" },
        {
            content: "The opportunity is open, with its contact",
            trigger: ".o_field_widget[name=stage_id]",
        },
        {
            trigger: ".o_field_widget[name=partner_id] input:value('Acme, Jane Doe')",
        },
        { trigger: ".nav-link[name=qualification_opportunity]", run: "click" },
        { trigger: ".tab-pane.active .o_field_widget[name=bant_score]" },
    ],
});

// Another one is not that far: no opportunity yet. The lead is there to be read, and the
// conversion is undone again.
registry.category("web_tour.tours").add("lead_convert_undo", {
    steps: () => [
        { trigger: "button:contains(Convert)", run: "click" },
        {
            trigger: ".modal .o_field_widget[name=result] .o_radio_item:contains(No opportunity yet) input",
            run: "click",
        },
        {
            content: "The review shows what will be written",
            trigger: ".modal .o_field_widget[name=value_ids] .o_data_row:contains(Acme)",
        },
        { trigger: ".modal .o_lead_conversion_preview:contains(contact Jane Doe)" },
        { trigger: ".modal .o_lead_conversion_preview:not(:contains(opportunity))" },
        { trigger: ".modal button[name=action_apply]", run: "click" },
        {
            content: "The account is open, and leads to the ledger",
            trigger: "button[name=action_view_lead_conversions]",
            run: "click",
        },
        { trigger: ".o_data_row:contains(Acme) button[name=action_undo]", run: "click" },
        {
            content: "The lead is back where it was",
            trigger: ".o_field_lead_status_path .o_arrow_button_current:contains(New)",
        },
        { trigger: ".o_field_widget[name=contact_first_name] input:value('Jane')" },
    ],
});
