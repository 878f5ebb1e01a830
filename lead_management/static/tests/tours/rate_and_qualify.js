import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const answer = (question, label) => `[name=${question}] label:contains(/^${label}$/)`;
const score = (text) => `.o_lead_title .o_bant_progress:contains(/^${text}$/)`;

registry.category("web_tour.tours").add("rate_and_qualify", {
    steps: () => [
        {
            content: "Give the lead four stars",
            trigger: ".o_lead_title [name=stars] .o_priority_star:eq(3)",
            run: "click",
        },
        {
            content: "Open the questions",
            trigger: ".o_notebook .nav-link:contains(Qualification)",
            run: "click",
        },
        { content: "Nothing is known yet", trigger: score("0 of 100") },
        {
            content: "The contact is verified",
            trigger: answer("bant_contact", "Yes"),
            run: "click",
        },
        { content: "The score moves", trigger: score("20 of 100") },
        {
            content: "There is a need",
            trigger: answer("bant_need", "Yes"),
            run: "click",
        },
        {
            content: "There is a budget, not approved yet",
            trigger: answer("bant_budget", "Partly"),
            run: "click",
        },
        {
            content: "Note how much",
            trigger: "[name=bant_budget_amount] input",
            run: "edit 25000 && press Tab",
        },
        { content: "The score moves on", trigger: score("50 of 100") },
        {
            content: "The contact decides",
            trigger: answer("bant_authority", "Yes"),
            run: "click",
        },
        {
            content: "That is enough",
            trigger: ".o_lead_title .badge:contains(Qualified)",
        },
        {
            content: "The dots say it, too",
            trigger: ".o_lead_title .o_bant_progress[aria-label*='Budget: Partly'] .fa-adjust",
        },
        ...stepUtils.saveForm(),
        {
            content: "Stars set by hand can be given back to the rules",
            trigger: ".o_lead_title button[name=action_reset_stars]",
        },
    ],
});
