import { registry } from "@web/core/registry";

// A salesperson types in a company that is there already, uses its account, and finds
// the converted lead linked to it.
registry.category("web_tour.tours").add("lead_account_match", {
    url: "/odoo/action-crm.crm_lead_all_leads",
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_field_widget[name=contact_first_name] input", run: "edit Jane" },
        { trigger: ".o_field_widget[name=contact_last_name] input", run: "edit Doe" },
        {
            content: "Nothing is said before there is something to say",
            trigger: ".o_form_view:not(:has(.o_account_match .alert))",
        },
        {
            content: "While it is typed: the field is not left",
            trigger: ".o_lead_title .o_field_widget[name=partner_name] input",
            run: "fill <b>ZephyrTronic</b> Limited",
        },
        {
            content: "A name is text",
            trigger:
                ".o_account_match_account:contains('<b>Zephyrtronic</b> Ltd looks like this company')",
        },
        {
            content: "One may look at it without losing what was typed",
            trigger: ".o_account_match_account .o_account_match_open",
            run: "click",
        },
        { trigger: ".modal .o_form_view .o_field_widget[name=email]" },
        { trigger: ".modal .o_form_button_cancel", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        {
            trigger:
                ".o_lead_title .o_field_widget[name=partner_name] input:value('<b>ZephyrTronic</b> Limited')",
        },
        { trigger: ".o_account_match_account .o_account_match_use", run: "click" },
        { trigger: ".o_form_view:not(:has(.o_account_match_account))" },
        { trigger: ".o_field_widget[name=account_id] input:value('<b>Zephyrtronic</b> Ltd')" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_last_breadcrumb_item:contains('<b>ZephyrTronic</b> Limited – Jane Doe')" },
        { trigger: "button:contains(Convert)", run: "click" },
        {
            trigger:
                ".modal .o_field_lead_conversion_account .active:contains('<b>Zephyrtronic</b> Ltd')",
        },
        { trigger: ".modal button[name=action_apply]", run: "click" },
        {
            content: "The opportunity is the account's",
            trigger:
                ".o_field_widget[name=partner_id] input:value('<b>Zephyrtronic</b> Ltd, Jane Doe')",
        },
    ],
});

// Who is about to create a company a second time is told, and opens the first instead.
registry.category("web_tour.tours").add("partner_account_match", {
    steps: () => [
        { trigger: ".o-kanban-button-new, .o_list_button_add", run: "click" },
        { trigger: ".o_field_widget[name=company_type] input[data-value=company]", run: "click" },
        { trigger: ".o_form_view:has(.o_account_match)" },
        {
            trigger: ".o_field_widget[name=name] :is(input, textarea)",
            run: "fill <b>zephyrtronic</b>",
        },
        {
            trigger:
                ".o_account_match_account:contains('<b>Zephyrtronic</b> Ltd looks like this company')",
        },
        { trigger: ".o_account_match:not(:has(.o_account_match_use))" },
        { trigger: ".o_account_match_discard", run: "click" },
        {
            content: "The existing account is open, and nothing is said about it",
            trigger: ".o_last_breadcrumb_item:contains('<b>Zephyrtronic</b> Ltd')",
        },
        { trigger: ".o_form_view:not(:has(.o_account_match_account))" },
    ],
});
