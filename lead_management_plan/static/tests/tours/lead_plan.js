import { registry } from "@web/core/registry";

const progress = (text) => `[name=plan_progress]:contains(${text})`;

// A salesperson starts a plan in Odoo's dialog, sees where it is, and does its first step.
registry.category("web_tour.tours").add("lead_plan", {
    steps: () => [
        { trigger: "button[name=action_start_plan]", run: "click" },
        {
            content: "Enter would start it, and no calendar lies over the button",
            trigger:
                "body:not(:has(.o_datetime_picker)) .modal button[name=action_schedule_plan]:focus",
        },
        {
            trigger: ".modal [name=plan_id] .o_selection_badge:contains(Four tries of a tour)",
            run: "click",
        },
        { trigger: ".modal [name=plan_schedule_line_ids]:contains(Second call)" },
        { trigger: ".modal button[name=action_schedule_plan]", run: "click" },
        { trigger: progress("Step 1 of 4: First call") },
        { trigger: "body:not(:has(button[name=action_start_plan]))" },
        {
            content: "The step is an activity",
            trigger: ".o-mail-Activity:contains(First call) .o-mail-Activity-markDone",
            run: "click",
        },
        { trigger: ".o-mail-ActivityMarkAsDone button[aria-label='Done']", run: "click" },
        { trigger: progress("Step 2 of 4: Brochure") },
    ],
});

// The person has replied: nothing is planned any more, and the chatter says why.
registry.category("web_tour.tours").add("lead_plan_stopped", {
    steps: () => [
        { trigger: ".o-mail-Message:contains(has stopped):contains(The person has replied)" },
        { trigger: "body:not(:has(.o-mail-Activity:contains(call)))" },
        { trigger: "button[name=action_start_plan]" },
        { trigger: ".oe_stat_button[name=action_open_plans]", run: "click" },
        { trigger: ".o_data_row:contains(The person has replied)" },
    ],
});
