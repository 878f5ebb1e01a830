import { registry } from "@web/core/registry";

// A manager goes through the accounts that look alike: one pair is merged in Odoo's own
// wizard, the other one is said to be two companies.
registry.category("web_tour.tours").add("account_duplicate", {
    steps: () => [
        { trigger: ".o_list_button_search_again, button[name=action_search_again]", run: "click" },
        {
            trigger: ".o_data_row:contains(Quibblecorp) button[name=action_dismiss]",
            run: "click",
        },
        { trigger: ".o_list_view:not(:has(.o_data_row:contains(Quibblecorp)))" },
        { trigger: ".o_data_row:contains(Zephyrtronic) button[name=action_merge]", run: "click" },
        {
            trigger:
                ".modal .o_field_widget[name=partner_ids] .o_data_row:contains(<b>Zephyrtronic</b> GmbH)",
        },
        { trigger: ".modal button[name=action_merge]", run: "click" },
        {
            trigger:
                "body:not(:has(.modal)) .o_list_view:not(:has(.o_data_row:contains(Zephyrtronic)))",
        },
    ],
});
