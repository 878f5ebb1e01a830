import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const answer = (question, label) => `[name=${question}] label:contains(/^${label}$/)`;
const atOnce = (question, value) =>
    `.o_bant_question[data-name=${question}] button[data-value=${value}]`;
const score = (text) => `.o_lead_title .o_bant_progress:contains(/^${text}$/)`;

const DAILY = [
    ...["contact_last_name", "partner_name", "stars", "bant_score", "email_from", "phone"],
    ...["user_id", "source_id", "activity_ids", "date_last_touch"],
].map((name) => `[name=${name}]`);

/** Throws if somebody has to scroll for what is needed daily. */
function checkAtOnce({ anchor }) {
    for (const selector of [".o_field_lead_status_path", ".o_bant_answers", ...DAILY]) {
        const bottom = anchor.querySelector(selector)?.getBoundingClientRect().bottom;
        if (!(bottom > 0 && bottom <= window.innerHeight)) {
            throw new Error(`${selector} is not on the screen: ${bottom}`);
        }
    }
    const name = anchor.querySelector("[name=contact_last_name] input");
    if (name.scrollWidth > name.clientWidth) {
        throw new Error(`${name.value} is cut off`);
    }
}

registry.category("web_tour.tours").add("rate_and_qualify", {
    steps: () => [
        {
            content: "The chatter is beside the lead",
            trigger: ".o_form_view:has(.o-mail-Form-chatter.o-aside .o-mail-Chatter-sendMessage)",
            run: checkAtOnce,
        },
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
            content: "There is a need, as can be said without opening a tab",
            trigger: atOnce("bant_need", "yes"),
            run: "click",
        },
        {
            content: "Both places say it",
            trigger: "[name=bant_need] input[data-value=yes]:checked",
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
