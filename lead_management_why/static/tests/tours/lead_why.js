import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("lead_why", {
    steps: () => [
        {
            content: "Ask why the lead has its stars",
            trigger: "button[name=action_why]",
            run: "click",
        },
        {
            content: "The stars are told",
            trigger: ".modal .o_lead_why h5:contains(4 stars)",
        },
        {
            content: "With the value that decided",
            trigger: ".modal .o_lead_why_then:contains(Germany)",
        },
        {
            content: "Go to the rule",
            trigger: ".modal .o_lead_why_then a:contains(Germans first)",
            run: "click",
        },
        {
            content: "The rule is open",
            trigger: ".o_form_view [name=name] input:value(Germans first)",
        },
    ],
});

registry.category("web_tour.tours").add("account_why", {
    steps: () => [
        {
            content: "Show the buttons that had no room",
            trigger: ".o-form-buttonbox",
            run() {
                this.anchor.querySelector(".o_button_more")?.click();
            },
        },
        {
            content: "Ask what is decided about the account",
            trigger: "button[name=action_why]",
            run: "click",
        },
        {
            content: "What it is found by is told",
            trigger: ".modal .o_lead_why h5:contains(Found for leads)",
        },
        {
            content: "With its name as it is compared",
            trigger: ".modal .o_lead_why_again:contains(name: zephyrtronic)",
        },
    ],
});
