import { registry } from "@web/core/registry";

const ADD = ".o_open_lead_add";

// A salesperson types a person of whom a lead is open, looks at it, and adds to it.
registry.category("web_tour.tours").add("open_lead_form", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_field_widget[name=contact_first_name] input", run: "edit Ida" },
        { trigger: ".o_form_view:not(:has(.o_open_leads .alert))" },
        {
            content: "While it is typed: the field is not left",
            trigger: ".o_field_widget[name=email_from] input",
            run: "fill ida.moss+new@zephyrtronic.example.com",
        },
        {
            trigger:
                ".o_open_lead:contains('is an open lead of this person'):contains('same email')",
        },
        { trigger: ".o_field_widget[name=function] input", run: "edit Buyer of <b>robots</b>" },
        {
            content: "One may look at it without losing what was typed",
            trigger: ".o_open_lead .o_open_lead_open",
            run: "click",
        },
        { trigger: ".modal .o_form_view .o_lead_title" },
        { trigger: ".modal .o_form_button_cancel", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { trigger: `.o_open_lead ${ADD}`, run: "click" },
        {
            content: "It is the open lead, which has what it had not",
            trigger: ".o_field_widget[name=function] input:value('Buyer of <b>robots</b>')",
        },
        { trigger: ".o-mail-Message:contains('Typed as a new lead')" },
        { trigger: ".o_form_view:not(:has(.o_open_lead))" },
    ],
});

// The same in the box of the home page.
registry.category("web_tour.tours").add("open_lead_quick", {
    steps: () => [
        {
            trigger: ".o_lead_quick_addition input[name=contact_name]",
            run: "edit Ida Moss",
        },
        {
            trigger: ".o_lead_quick_addition input[name=partner_name]",
            run: "edit Zephyrtronic",
        },
        {
            trigger: ".o_lead_quick_addition input[name=phone]",
            run: "edit +1 202 555 0199",
        },
        {
            trigger: `.o_open_leads_quick:contains('is an open lead of this person') ${ADD}`,
            run: "click",
        },
        { trigger: ".o_notification:contains('Added to')" },
        { trigger: ".o_lead_quick_addition input[name=contact_name]:focus:value()" },
        { trigger: ".o_lead_quick_addition:not(:has(.o_open_leads_quick .alert))" },
    ],
});
