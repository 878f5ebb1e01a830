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
