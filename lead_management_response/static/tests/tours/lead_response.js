import { registry } from "@web/core/registry";

// A salesperson sees on the home page what is late, opens it, and writes to the person.
registry.category("web_tour.tours").add("lead_response_late", {
    steps: () => [
        {
            trigger: ".o_lead_home_answer:contains(Lana Late) .badge:contains(2 h late)",
            run: "click",
        },
        { trigger: ".o_form_view .o_lead_response:contains(2 h late)" },
        { trigger: ".o-mail-Chatter button:contains(Send message)", run: "click" },
        { trigger: ".o-mail-Composer-input", run: "edit Hello" },
        { trigger: ".o-mail-Composer-send:enabled", run: "click" },
        { trigger: ".o-mail-Message:contains(Hello)" },
    ],
});

// A sales manager says by when leads are to be answered, and what happens then.
registry.category("web_tour.tours").add("lead_response_policy", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_field_widget[name=name] input", run: "edit Quick" },
        { trigger: ".o_field_widget[name=minutes] input", run: "edit 45" },
        { trigger: ".o_field_widget[name=hand_on] input", run: "click" },
        { trigger: ".o_select_menu_item:contains(Goes to the next in turn)", run: "click" },
        { trigger: ".o_field_widget[name=hand_on_minutes] input", run: "edit 5" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved, .o_form_view:not(:has(.o_form_button_save:visible))" },
    ],
});

// A salesperson passes one lead that is offered on the home page, and accepts another where
// it is looked at.
registry.category("web_tour.tours").add("lead_response_offer", {
    steps: () => [
        {
            trigger: ".o_lead_home_offer:contains(Pia Passed) .btn-secondary",
            run: "click",
        },
        { trigger: ".o_lead_notice:contains(passed)" },
        {
            trigger: ".o_lead_home:not(:contains(Pia Passed)) .o_lead_home_offer button:has(b)",
            run: "click",
        },
        { trigger: ".o_form_view .alert:contains(Offered to you)" },
        { trigger: ".o_form_view button[name=action_accept_offer]", run: "click" },
        { trigger: ".o_lead_notice:contains(yours now)" },
        { trigger: ".o_form_view:not(:has(button[name=action_accept_offer]))" },
    ],
});
