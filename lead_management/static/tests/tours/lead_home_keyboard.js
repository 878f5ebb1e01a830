import { registry } from "@web/core/registry";

const BOX = ".o_lead_quick_addition";

/** Where the keyboard is, and what one Tab reaches from there. */
function getTabOrder(root) {
    return [...root.querySelectorAll("input, select, button, a[href]")]
        .filter((el) => el.tabIndex >= 0 && !el.disabled)
        .map((el) => el.name || el.className);
}

registry.category("web_tour.tours").add("lead_home_keyboard", {
    steps: () => [
        { trigger: `${BOX} input[name=contact_name]:focus`, run: "edit Ann Quasar" },
        { trigger: `${BOX} input[name=partner_name]`, run: "edit Quasar Kites" },
        {
            content: "Between the fields there are no links of what was found",
            trigger: `${BOX} .o_lead_quick_matches:contains(Quasar Kites GmbH)`,
            run() {
                const names = getTabOrder(document.querySelector(BOX)).slice(0, 5);
                const wanted = ["contact_name", "partner_name", "email_from", "phone", "source_id"];
                if (names.join() !== wanted.join()) {
                    throw new Error(`Tab goes to ${names}`);
                }
            },
        },
        {
            trigger: `${BOX} .o_lead_quick_matches:contains(Quasar Kites GmbH) .o_lead_quick_use`,
            run: "click",
        },
        {
            content: "The keyboard stays in the box",
            trigger: `${BOX} input[name=partner_name]:focus`,
        },
        { trigger: `${BOX} input[name=email_from]`, run: "edit ann@quasar.example" },
        {
            content: "The form takes over what is typed",
            trigger: ".o_lead_home_new",
            run: "click",
        },
        { trigger: ".o_lead_title [name=contact_last_name] input:value(Quasar)" },
        {
            content: "Stars are one stop",
            trigger: ".o_lead_title .o_priority",
            run({ anchor }) {
                const stops = anchor.querySelectorAll("[tabindex='0']");
                if (stops.length !== 1) {
                    throw new Error(`${stops.length} stops`);
                }
                stops[0].focus();
            },
        },
        { trigger: ".o_lead_title .o_priority_star:focus", run: "press ArrowRight" },
        { trigger: ".o_lead_title .o_priority_star:eq(0)[aria-checked=true]" },
        { trigger: ".o_lead_title .o_priority_star:focus", run: "press ArrowRight" },
        { trigger: ".o_lead_title .o_priority_star:eq(1)[aria-checked=true]:focus" },
        { trigger: ".o_lead_title .o_priority_star:focus", run: "press ArrowRight" },
        { trigger: ".o_lead_title .o_priority_star:eq(2)[aria-checked=true]" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved, .o_form_view:not(:has(.o_form_button_save:visible))" },
    ],
});
