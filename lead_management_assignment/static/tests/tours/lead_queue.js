import { registry } from "@web/core/registry";

// A member claims a lead from its form, and is its owner.
registry.category("web_tour.tours").add("lead_claim", {
    steps: () => [
        { trigger: ".o_field_widget[name=queue_id] input:value(Fair enquiries)" },
        { trigger: "button[name=action_claim]", run: "click" },
        { trigger: ".o_field_widget[name=user_id]:first input:value(Mia Member)" },
        { trigger: ".o_form_view:not(:has(button[name=action_claim]))" },
        { trigger: ".nav-link:contains(Queue History)", run: "click" },
        { trigger: ".o_field_widget[name=queue_event_ids] .o_data_row:contains(Claimed)" },
    ],
});

// The other one sees what is left, takes the best, and is told when all is gone.
registry.category("web_tour.tours").add("lead_claim_next", {
    steps: () => [
        { trigger: ".o_kanban_record:contains(Fair enquiries):contains(to claim)" },
        {
            trigger: ".o_kanban_record:contains(Fair enquiries) button[name=action_claim_next]",
            run: "click",
        },
        { trigger: ".o_form_view .o_breadcrumb:contains(Lost race)" },
        { trigger: ".o_form_view:not(:has(button[name=action_claim]))" },
    ],
});

// Somebody else was faster, between seeing the lead and clicking.
registry.category("web_tour.tours").add("lead_claim_lost", {
    steps: () => [
        { trigger: "button[name=action_claim]", run: "click" },
        { trigger: ".o_notification:contains(was claimed by Mia Member)" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

// Unread leads are bold and counted until their owner opens them: from the list, and by
// going on to the next one.
registry.category("web_tour.tours").add("lead_unread", {
    steps: () => [
        { trigger: ".o_lead_unread_menu .badge:contains(2)" },
        { trigger: ".o_data_row.fw-bold:contains(John Roe)" },
        { trigger: ".o_data_row.fw-bold td.o_data_cell:contains(Jane Doe)", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=partner_name]" },
        { trigger: ".o_lead_unread_menu .badge:contains(1)" },
        { trigger: ".o_pager_next", run: "click" },
        { trigger: "body:not(:has(.o_lead_unread_menu))" },
    ],
});
