import { registry } from "@web/core/registry";

// A sales manager lets a form count its visitors, and sees where they give up.
registry.category("web_tour.tours").add("form_health", {
    steps: () => [
        { trigger: ".nav-link:contains(Health)", run: "click" },
        { trigger: ".o_field_widget[name=is_tried] input:checked" },
        { trigger: ".o_field_widget[name=count_visitors] input:not(:checked)", run: "click" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved" },
        {
            content: "Half of the visitors started, and one of them gave up",
            trigger: ".o_field_widget[name=visitors_html] tr:contains(Email):contains(50%)",
        },
        { trigger: "button[name=action_open_visits]", run: "click" },
        { trigger: ".o_graph_renderer" },
    ],
});
