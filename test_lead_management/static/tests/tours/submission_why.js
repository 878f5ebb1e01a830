import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("submission_why", {
    steps: () => [
        {
            content: "Ask why the submission is in quarantine",
            trigger: ".o_statusbar_buttons button[name=action_why]",
            run: "click",
        },
        {
            content: "The reason is told, with the limit",
            trigger: ".modal .o_lead_why_then:contains(more than 1 within an hour)",
        },
        {
            content: "Go to the form",
            trigger: ".modal .o_lead_why_then a:contains(Contact us)",
            run: "click",
        },
        {
            content: "The form is open",
            trigger: ".o_capture_sheet [name=name] input:value(Contact us)",
        },
    ],
});
