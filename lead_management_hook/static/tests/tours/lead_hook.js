import { registry } from "@web/core/registry";

const SAMPLE = '{"mail": "robin@example.com", "visitor": {"name": "Robin Moss"}}';
const row = (path) => `.o_field_widget[name=line_ids] .o_data_row:contains(${path})`;

/** Choose what becomes of a value. */
function become(path, use) {
    return [
        { trigger: `${row(path)} [name=use]`, run: "click" },
        { trigger: ".o_selected_row [name=use] input", run: "click" },
        { trigger: `.o_select_menu_item:contains(/^${use}$/)`, run: "click" },
    ];
}

// A manager makes a mapping out of what a service sends.
registry.category("web_tour.tours").add("lead_hook", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_field_widget[name=name] input", run: "edit Chat" },
        { trigger: ".o_field_widget[name=form_id] input", run: "edit Contact us" },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Contact us)",
            run: "click",
        },
        { trigger: ".nav-link:contains(Sample)", run: "click" },
        { trigger: ".o_field_widget[name=sample] textarea", run: `edit ${SAMPLE}` },
        { trigger: "button[name=action_read_sample]", run: "click" },
        { trigger: ".nav-link:contains(Mapping)", run: "click" },
        {
            content: "Each value of the sample is a line",
            trigger: `${row("mail")}:contains(robin@example.com)`,
        },
        ...become("mail", "Answers a question"),
        { trigger: ".o_selected_row [name=field_id] input", run: "edit Email" },
        { trigger: ".o-autocomplete--dropdown-item:contains(Email)", run: "click" },
        ...become("visitor.name", "Full name"),
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved" },
        { trigger: ".o_field_widget[name=address]:contains(/lead/hook/)" },
    ],
});
