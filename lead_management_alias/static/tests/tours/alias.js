import { registry } from "@web/core/registry";

// A salesperson links a lead by hand to an account of another name.
registry.category("web_tour.tours").add("alias_link", {
    steps: () => [
        {
            trigger: ".o_field_widget[name=account_id] input",
            run: "edit Zephyrtronic",
        },
        {
            trigger: ".o-autocomplete--dropdown-item a:contains(Zephyrtronic Ltd)",
            run: "click",
        },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved" },
    ],
});

// The next lead of that name is recognised; the salesperson takes it back, and forth.
registry.category("web_tour.tours").add("alias_refuse", {
    steps: () => [
        {
            trigger: ".o_account_match_account:contains(Zephyrtronic Ltd):contains(also known as)",
        },
        { trigger: ".o_account_match_refuse", run: "click" },
        { trigger: ".o_form_view:not(:has(.o_account_match_account))" },
        { trigger: ".o_notification button:contains(Undo)", run: "click" },
        { trigger: ".o_account_match_account:contains(Zephyrtronic Ltd)" },
        { trigger: ".o_account_match_refuse", run: "click" },
        { trigger: ".o_form_view:not(:has(.o_account_match_account))" },
    ],
});

// Somebody who makes an account says that one that is like it is another company.
registry.category("web_tour.tours").add("alias_refuse_new_account", {
    steps: () => [
        {
            trigger: ".o_field_widget[name=name] input, .o_field_widget[name=name] textarea",
            run: "edit Quibblecorp GmbH",
        },
        {
            trigger: ".o_account_match_account:contains(Quibblecorp Inc) .o_account_match_refuse",
            run: "click",
        },
        { trigger: ".o_form_view:not(:has(.o_account_match_account))" },
        { trigger: ".o_notification:contains(Quibblecorp GmbH) button:contains(Undo)" },
        { trigger: ".o_form_button_cancel", run: "click" },
    ],
});

// Somebody who converts a lead says that the account that is chosen is another company.
registry.category("web_tour.tours").add("alias_refuse_conversion", {
    steps: () => [
        { trigger: "button:contains(Convert)", run: "click" },
        {
            trigger:
                ".modal .o_field_lead_conversion_account .o_lead_conversion_option:contains(Quibblecorp Inc) .o_lead_conversion_refuse",
            run: "click",
        },
        {
            trigger:
                ".modal .o_field_lead_conversion_account:not(:has(.o_lead_conversion_option:contains(Quibblecorp Inc))) .active:contains(QUIBBLECORP)",
        },
        { trigger: ".modal button[name=action_apply]", run: "click" },
        { trigger: ".o_field_widget[name=partner_id] input:value(QUIBBLECORP)" },
    ],
});

// A manager clears what was learned: on the account's form, and in the list.
registry.category("web_tour.tours").add("alias_clear", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Not the same) td[name=name]:contains(BLUE GIZMO)",
            run: "click",
        },
        { trigger: ".o_field_widget[name=partner_id] a:contains(Zephyrtronic)", run: "click" },
        { trigger: ".o_notebook .nav-link:contains(Also Known As)", run: "click" },
        {
            trigger:
                ".o_field_widget[name=alias_ids] .o_data_row:contains(Not the same) button[name=action_forget]",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=alias_ids]:not(:has(.o_data_row:contains(Not the same)))",
        },
        { trigger: ".breadcrumb-item:contains(Learned Names) a", run: "click" },
        {
            // the row that is gone is shown until the list has been read anew
            trigger:
                ".o_list_view:not(:has(.o_data_row:contains(Zephyrtronic Ltd):contains(Not the same))) .o_data_row:contains(Zephyrtronic Ltd) button[name=action_forget]",
            run: "click",
        },
        { trigger: ".o_list_view:not(:has(.o_data_row:contains(Zephyrtronic Ltd)))" },
    ],
});
