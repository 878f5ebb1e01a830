import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("assignment_rule", {
    steps: () => [
        {
            content: "Begin a rule",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "Name it",
            trigger: ".oe_title [name=name] input",
            run: "edit New leads",
        },
        {
            content: "Add an entry",
            trigger: "[name=entry_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            content: "Name the entry",
            trigger: ".modal .oe_title [name=name] input",
            run: "edit All to Anna",
        },
        {
            content: "Choose who gets the leads",
            trigger: ".modal [name=user_id] input",
            run: "edit Anna",
        },
        {
            trigger: ".modal .o-autocomplete--dropdown-item:contains(Anna)",
            run: "click",
        },
        {
            content: "Keep the entry",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        { trigger: "[name=entry_ids] .o_data_row:contains(All to Anna)" },
        ...stepUtils.saveForm(),
        {
            content: "Test the rule",
            trigger: ".o_form_statusbar button:contains(Test)",
            run: "click",
        },
        {
            content: "On a lead",
            trigger: ".modal [name=lead_id] input",
            run: "edit Tour lead",
        },
        {
            trigger: ".modal .o-autocomplete--dropdown-item:contains(Tour lead)",
            run: "click",
        },
        {
            content: "The entry takes it",
            trigger: ".modal [data-verdict=takes]:contains(All to Anna):contains(Takes the lead)",
        },
        {
            content: "Then let it",
            trigger: ".modal button[name=action_assign]",
            run: "click",
        },
        {
            content: "It says what it did",
            trigger: ".o_notification:contains(Leads assigned: 1)",
        },
    ],
});

registry.category("web_tour.tours").add("assignment_known", {
    steps: () => [
        {
            content: "Open the rule",
            trigger: ".o_data_row:contains(Everywhere) .o_data_cell",
            run: "click",
        },
        {
            content: "Add an entry",
            trigger: "[name=entry_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            content: "Name the entry",
            trigger: ".modal .oe_title [name=name] input",
            run: "edit Whom they know",
        },
        {
            content: "Leads go to whom the customer knows",
            trigger:
                ".modal [name=target] .o_radio_item:contains(The owner of what it matches) input",
            run: "click",
        },
        {
            content: "Accounts come first",
            trigger: ".modal [name=known_order] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(Account, contact, open lead)",
            run: "click",
        },
        {
            content: "What no owner can take waits in a queue",
            trigger: ".modal [name=known_fallback] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(It waits in a queue)",
            run: "click",
        },
        {
            content: "In which one",
            trigger: ".modal [name=queue_id] input",
            run: "edit Left by owners",
        },
        {
            trigger: ".modal .o-autocomplete--dropdown-item:contains(Left by owners)",
            run: "click",
        },
        {
            content: "Keep the entry",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        { trigger: "[name=entry_ids] .o_data_row:contains(Whom they know)" },
        ...stepUtils.saveForm(),
        {
            content: "Test the rule",
            trigger: ".o_form_statusbar button:contains(Test)",
            run: "click",
        },
        {
            content: "On a lead of an account",
            trigger: ".modal [name=lead_id] input",
            run: "edit Tour lead",
        },
        {
            trigger: ".modal .o-autocomplete--dropdown-item:contains(Tour lead)",
            run: "click",
        },
        {
            content: "It says whose the account is, and why it matches",
            trigger:
                ".modal [data-verdict=takes]:contains(Anna, the owner of the account):contains(same website)",
        },
        {
            content: "Then let it",
            trigger: ".modal button[name=action_assign]",
            run: "click",
        },
        {
            trigger: ".o_notification:contains(Leads assigned: 1)",
        },
    ],
});
