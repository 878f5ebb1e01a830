import { registry } from "@web/core/registry";

const field = (name) => `.o_field_widget[name=${name}]`;

/** Choose a field in a widget that lists them. */
function chooseField(name, label) {
    return [
        { trigger: `${field(name)} .o_model_field_selector`, run: "click" },
        {
            trigger: ".o_model_field_selector_popover_search input",
            run: `edit ${label}`,
        },
        {
            trigger: `.o_model_field_selector_popover_item_name:contains(/^${label}$/)`,
            run: "click",
        },
    ];
}

// A manager has a field go to the account, tries it, and is told what does not fit.
registry.category("web_tour.tours").add("lead_conversion_mapping", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: `${field("record_name")} input`, run: "click" },
        { trigger: ".o_select_menu_item:contains(Account)", run: "click" },
        ...chooseField("field_name", "Reference"),
        ...chooseField("lead_field_name", "Expected Revenue"),
        { trigger: `${field("conversion")} input:value(As text)` },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved" },
        { trigger: "button[name=action_try]", run: "click" },
        { trigger: ".modal .o_data_row:contains(Reference):contains(1000)" },
        { trigger: ".modal footer .btn-primary", run: "click" },
        {
            content: "A name is no number",
            trigger: "body:not(:has(.modal))",
        },
        ...chooseField("field_name", "Geo Latitude"),
        ...chooseField("lead_field_name", "Job Position"),
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".modal:contains(there is no conversion)" },
        { trigger: ".modal .btn-primary", run: "click" },
        { trigger: ".o_form_button_cancel", run: "click" },
        { trigger: ".o_form_saved" },
    ],
});
