import { registry } from "@web/core/registry";

/** Returns a step that waits for the preview to hold a text, before another one. */
function previewShows(text, before) {
    return {
        content: `The preview shows ${text}`,
        trigger: ".o_capture_preview iframe",
        async run() {
            for (let tries = 0; tries < 50; tries++) {
                const page = this.anchor.contentDocument?.body?.textContent || "";
                const from = page.indexOf(text);
                if (from >= 0 && (!before || from < page.indexOf(before))) {
                    return;
                }
                await new Promise((resolve) => setTimeout(resolve, 100));
            }
            throw new Error(`The preview doesn't show ${text} before ${before}`);
        },
    };
}

// A sales manager builds a form, sees it change beside the settings, and takes the HTML.
registry.category("web_tour.tours").add("capture_form", {
    url: "/odoo/lead-forms",
    steps: () => [
        { trigger: ".o-kanban-button-new", run: "click" },
        {
            content: "A new form asks for the usual fields",
            trigger: ".o_field_widget[name=field_ids] .o_data_row:contains(Email)",
        },
        { trigger: ".o_field_widget[name=name] input", run: "edit Trade <b>fair</b>" },
        { trigger: ".nav-link:contains(Texts)", run: "click" },
        previewShows("Trade <b>fair</b>"),
        { trigger: ".nav-link:contains(Fields)", run: "click" },
        {
            trigger: ".o_data_row:contains(Company) .o_data_cell[name=label]",
            run: "click",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name=label] input",
            run: "edit Where do you work?",
        },
        { trigger: ".o_capture_preview h5", run: "click" },
        previewShows("Where do you work?", "Phone"),
        {
            content: "Phone goes before the company",
            trigger: ".o_data_row:contains(Phone) .o_row_handle",
            run: "drag_and_drop .o_data_row:contains(Email)",
        },
        previewShows("Phone", "Where do you work?"),
        { trigger: ".o_capture_phone", run: "click" },
        { trigger: ".o_capture_phone[aria-pressed=true]" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: "button[name=action_generate_html]", run: "click" },
        {
            content: "The copied HTML is the form",
            trigger: ".modal .o_capture_copy_html button",
            async run(actions) {
                let copied;
                navigator.clipboard.writeText = async (text) => (copied = text);
                await actions.click();
                const form = new DOMParser()
                    .parseFromString(copied, "text/html")
                    .querySelector("form");
                if (
                    form.querySelector("h2").textContent !== "Trade <b>fair</b>" ||
                    form.querySelector("script") ||
                    form.elements.company.labels[0].textContent.trim() !== "Where do you work?"
                ) {
                    throw new Error(`Not the form: ${copied}`);
                }
            },
        },
        { trigger: ".modal .nav-link:contains(Page address)", run: "click" },
        { trigger: ".modal .o_field_widget[name=qr_code] img" },
        { trigger: ".modal-footer button:contains(Close)", run: "click" },
        { trigger: ".o_form_view:not(:has(.modal))" },
    ],
});

// A manager makes a key for a program, which is shown once.
registry.category("web_tour.tours").add("capture_key", {
    steps: () => [
        { trigger: ".nav-link:contains(Programs)", run: "click" },
        { trigger: "button[name=action_new_key]", run: "click" },
        {
            content: "The key is there to be copied",
            trigger: ".modal .o_field_widget[name=key]:contains(lead_)",
            run() {
                window.localStorage.setItem("lead_key", this.anchor.textContent.trim());
            },
        },
        { trigger: ".modal footer .btn-primary", run: "click" },
        {
            content: "Then only its beginning is known",
            trigger: ".o_field_widget[name=key_ids] .o_data_row:contains(lead_)",
            run() {
                const key = window.localStorage.getItem("lead_key");
                if (key.length < 40 || this.anchor.textContent.includes(key)) {
                    throw new Error("The whole key is shown");
                }
            },
        },
        { trigger: "button[name=action_replace]", run: "click" },
        { trigger: ".modal .o_field_widget[name=key]:contains(lead_)" },
        { trigger: ".modal footer .btn-primary", run: "click" },
        {
            content: "The old one ends, the new one is beside it",
            trigger: ".o_field_widget[name=key_ids] .o_data_row:eq(1):contains(lead_)",
        },
    ],
});

// The owner of a new lead finds it in bold, and opens it.
registry.category("web_tour.tours").add("capture_unread", {
    url: "/odoo/my-unread-leads",
    steps: () => [
        { trigger: ".o_data_row.fw-bold:contains(Jane Doe)" },
        { trigger: ".o_data_row td.o_data_cell:contains(Jane Doe)", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=partner_name] input:value(<b>Acme</b>)" },
        { trigger: ".o_notebook .nav-link:contains(Web Form)", run: "click" },
        { trigger: ".o_field_widget[name=capture_form_id]" },
    ],
});
