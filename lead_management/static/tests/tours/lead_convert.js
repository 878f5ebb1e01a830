import { registry } from "@web/core/registry";

// A salesperson converts a lead, and finds account, contact and opportunity.
registry.category("web_tour.tours").add("lead_convert", {
    steps: () => [
        { trigger: "button:contains(Convert)", run: "click" },
        {
            content: "With nothing to decide, the focus is on Convert",
            trigger: ".modal button[name=action_apply]:focus",
            run: "click",
        },
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

// A salesperson looks at what will be written before it is, changes two values, and takes
// it all back.
registry.category("web_tour.tours").add("lead_convert_review", {
    steps: () => [
        {
            content: "What the form has found is counted",
            trigger: "button[name=action_view_possible_accounts] .o_stat_value:contains(1)",
        },
        { trigger: "button:contains(Convert)", run: "click" },
        {
            content: "The account that is there is chosen",
            trigger: ".modal .o_field_lead_conversion_account .active:contains('Zephyrtronic Ltd')",
        },
        {
            content: "Another phone is to be decided, and there the focus is",
            trigger:
                ".modal .o_lead_conversion_question:contains(Phone):contains('+1 202 555 0199'):contains(stays) input:focus:checked",
        },
        {
            trigger: ".modal .o_lead_conversion_question:contains(Phone) label:not(.active)",
            run: "click",
        },
        {
            trigger: ".modal [name=account_summary]:contains('Values that are replaced: 1.')",
        },
        { trigger: ".modal .o_lead_conversion_more", run: "click" },
        {
            trigger: ".modal .o_lead_conversion_line[data-field=function] input[type=text]",
            run: "edit Head of buying && press Tab",
        },
        {
            trigger: ".modal [name=contact_summary]:contains('A new contact is created.')",
        },
        { trigger: ".modal button[name=action_apply]", run: "click" },
        {
            content: "The opportunity says who converted it, and into what",
            trigger: "[name=lead_conversion]:contains('Zephyrtronic Ltd')",
        },
        { trigger: "button[name=action_review_undo]", run: "click" },
        {
            content: "The dialog says beforehand what happens",
            trigger: ".modal:contains(Deleted):contains('Put back') button[name=action_apply]",
            run: "click",
        },
        {
            content: "The lead is back where it was",
            trigger: ".o_field_lead_status_path .o_arrow_button_current:contains(New)",
        },
        { trigger: ".o_form_view:not(:has([name=lead_conversion]))" },
        { trigger: "button[name=action_view_possible_accounts]" },
    ],
});

// Another one is not that far: no opportunity yet. The lead is there to be read, and the
// conversion is undone again.
registry.category("web_tour.tours").add("lead_convert_undo", {
    steps: () => [
        { trigger: "button:contains(Convert)", run: "click" },
        {
            trigger: ".modal .o_lead_conversion_choice label:contains(No opportunity yet) input",
            run: "click",
        },
        { trigger: ".modal [name=opportunity_summary]:contains(No opportunity is created.)" },
        { trigger: ".modal .o_lead_conversion_more", run: "click" },
        {
            content: "The review shows what will be written",
            trigger: ".modal .o_lead_conversion_line[data-field=name] input:value('Acme')",
        },
        { trigger: ".modal button[name=action_apply]", run: "click" },
        {
            content: "The account is open, and leads to the ledger",
            trigger: "button[name=action_view_lead_conversions]",
            run: "click",
        },
        { trigger: ".o_data_row:contains(Acme) button[name=action_review_undo]", run: "click" },
        {
            content: "The dialog says beforehand what happens",
            trigger: ".modal:contains(Deleted):contains('Jane Doe') button[name=action_apply]",
            run: "click",
        },
        {
            content: "The lead is back where it was",
            trigger: ".o_field_lead_status_path .o_arrow_button_current:contains(New)",
        },
        { trigger: ".o_field_widget[name=contact_first_name] input:value('Jane')" },
    ],
});
