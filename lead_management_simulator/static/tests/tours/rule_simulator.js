import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("rule_simulator", {
    steps: () => [
        {
            content: "Open the rule",
            trigger: ".o_data_row:contains(Everywhere) .o_data_cell",
            run: "click",
        },
        {
            content: "Change it in a draft",
            trigger: ".o_form_statusbar button:contains(Edit in a draft)",
            run: "click",
        },
        {
            content: "A colleague has given Bonn to Bert",
            trigger:
                ".o_form_view:contains(A draft of) [name=entry_ids] .o_data_row:contains(Bonn):contains(Bert)",
        },
        {
            content: "Try it",
            trigger: ".o_form_statusbar button:contains(Simulate)",
            run: "click",
        },
        {
            trigger: ".o_form_statusbar button:contains(Run)",
            run: "click",
        },
        {
            content: "Who gets what, before and after",
            trigger: ".o_notebook a:contains(People and queues)",
            run: "click",
        },
        { trigger: "[name=holder_line_ids] .o_data_row:contains(Anna)" },
        {
            content: "Which leads change hands",
            trigger: "button[name=action_open_moves]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Anna):contains(Bert)",
        },
        {
            trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item.o_back_button a",
            run: "click",
        },
        {
            content: "It is good: activate it",
            trigger: ".o_form_statusbar button:contains(Activate the draft)",
            run: "click",
        },
        {
            content: "The old version can be read",
            trigger: "button[name=action_open_versions]:contains(1)",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Everywhere)",
        },
    ],
});
