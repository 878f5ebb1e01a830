import { registry } from "@web/core/registry";

// A sales manager adds a rule on the fit, and applies it.
registry.category("web_tour.tours").add("lead_score_fit_rule", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_field_widget[name=name] input", run: "edit Everybody" },
        { trigger: ".o_field_widget[name=points] input", run: "edit 40" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved, .o_form_view:not(:has(.o_form_button_save:visible))" },
        { trigger: ".o_back_button, .breadcrumb-item a", run: "click" },
        { trigger: ".o_list_view button[name=action_apply_to_all]", run: "click" },
        { trigger: ".o_notification:contains(another fit)" },
        { trigger: ".o_list_view button[name=action_try]", run: "click" },
        { trigger: ".modal .o_field_widget[name=remark]:contains(Too few closed leads)" },
        { trigger: ".modal .o_data_row:contains(Everybody)" },
    ],
});

// On the lead, the scores say what they are made of.
registry.category("web_tour.tours").add("lead_score_parts", {
    steps: () => [
        { trigger: ".o_lead_score:contains(Fit 40):contains(Engagement 8)", run: "click" },
        { trigger: ".o_lead_score_parts:contains(Everybody):contains(+40)" },
        { trigger: ".o_lead_score_parts:contains(Email received):contains(+8.0)" },
    ],
});
