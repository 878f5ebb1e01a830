import { registry } from "@web/core/registry";

// A salesperson converts a lead, and finds account, contact and opportunity.
registry.category("web_tour.tours").add("lead_convert", {
    steps: () => [
        { trigger: "button:contains(Convert)", run: "click" },
        { trigger: ".modal button[name=action_apply]", run: "click" },
        {
            content: "The opportunity is open, with its contact",
            trigger: ".o_field_widget[name=stage_id]",
        },
        {
            trigger: ".o_field_widget[name=partner_id] input:value('Acme, Jane Doe')",
        },
        { trigger: ".nav-link[name=qualification_opportunity]", run: "click" },
        { trigger: ".tab-pane.active .o_field_widget[name=bant_score]" },
    ],
});
