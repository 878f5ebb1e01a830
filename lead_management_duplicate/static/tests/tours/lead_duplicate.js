import { registry } from "@web/core/registry";

// A salesperson merges two leads of one person, choosing the phone number that stays,
// and says of another pair that they are two people.
registry.category("web_tour.tours").add("lead_duplicate", {
    steps: () => [
        {
            trigger: ".o_list_button_search_again, button[name=action_search_again]",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains(Quibble) button[name=action_dismiss]",
            run: "click",
        },
        { trigger: ".o_list_view:not(:has(.o_data_row:contains(Quibble)))" },
        { trigger: ".o_data_row:contains(Zephyrtronic) button[name=action_merge]", run: "click" },
        {
            trigger:
                ".modal .o_field_widget[name=choice_ids] .o_data_row:contains(Phone) td[name=value_id]",
            run: "click",
        },
        {
            trigger: ".modal .o_selected_row td[name=value_id] input",
            run: "edit 0199",
        },
        { trigger: ".o-autocomplete--dropdown-item:contains(0199)", run: "click" },
        {
            content: "What is not kept is said",
            trigger: ".modal .alert:contains(0143):not(:contains(0199))",
        },
        { trigger: ".modal button[name=action_merge]", run: "click" },
        {
            trigger:
                "body:not(:has(.modal)) .o_form_view .o_field_widget[name=phone] input:value(0199)",
        },
    ],
});
