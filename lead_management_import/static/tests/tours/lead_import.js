import { registry } from "@web/core/registry";

/** The steps that bring a file, which the tour's list of leads is left for. */
function bring(lines) {
    return [
        { trigger: ".o_cp_action_menus button", run: "click" },
        { trigger: ".o_import_menu", run: "click" },
        {
            trigger: "button.o_import_file",
            run() {
                const transfer = new DataTransfer();
                const file = new File([lines.join("\n")], "fair.csv", { type: "text/csv" });
                transfer.items.add(file);
                const input = document.querySelector(".o_control_panel input[type=file]");
                input.files = transfer.files;
                input.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
    ];
}

const FILE = [
    "company,contact,Shoe size",
    "Acme,Jane Doe,39",
    "Zephyrtronic Ltd,Ann Link,40",
    "Quibblecorp Inc,Bob Create,41",
    "Brand New,<b>Dora</b>,42",
    "Brand New,<b>Dora</b>,42",
];

// A salesperson brings a list from a fair. The test of the file says what is there
// already: one row is skipped, one linked, one created although its account is known.
registry.category("web_tour.tours").add("lead_import_duplicates", {
    steps: () => [
        ...bring(FILE),
        {
            content: "Nothing is asked before the test",
            trigger:
                ".o_import_data_content:not(:has(.o_lead_import_duplicates)) td:contains(Company Name)",
        },
        {
            content: "What stays out is said before the test",
            trigger:
                ".o_lead_import_columns:contains('2 of 3 columns will be imported; these stay out: Shoe size.')",
        },
        { trigger: ".o_lead_import_columns button", run: "click" },
        { trigger: ".o_lead_import_columns:contains('All 3 columns will be imported.')" },
        { trigger: ".o_control_panel button:contains(Test)", run: "click" },
        {
            content: "The lead that is there is skipped",
            trigger:
                ".o_lead_import_section_lead .o_lead_import_group:contains(Jane Doe) .o_lead_import_skip.active",
        },
        {
            content: "What was typed is text",
            trigger:
                ".o_lead_import_section_row .o_lead_import_group:contains(<b>Dora</b>) .o_lead_import_skip.active",
        },
        {
            trigger:
                ".o_lead_import_section_sure .o_lead_import_group:contains(Ann Link) .o_lead_import_link.active",
        },
        {
            content: "Another choice for one of them",
            trigger: ".o_lead_import_group:contains(Bob Create) .o_lead_import_create",
            run: "click",
        },
        { trigger: ".o_lead_import_group:contains(Bob Create) .o_lead_import_create.active" },
        { trigger: ".o_lead_import_summary:contains('2 will be skipped, 1 linked')" },
        { trigger: ".o_control_panel button:contains(Import)", run: "click" },
        {
            content: "Details are a click away",
            trigger: ".o_notification button:contains(Details and undo)",
            run: "click",
        },
        { trigger: ".o_form_view .o_field_widget[name=created_count]:contains(3)" },
        { trigger: ".o_form_view .o_field_widget[name=skipped_count]:contains(2)" },
    ],
});

// The wrong file: it is taken back as a whole.
registry.category("web_tour.tours").add("lead_import_undo", {
    steps: () => [
        { trigger: ".o_data_row td:contains(fair.csv)", run: "click" },
        { trigger: ".o_form_view .alert:contains(Nobody has worked with these leads)" },
        { trigger: "button[name=action_undo]", run: "click" },
        { trigger: ".modal button:contains(Delete Them)", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Undone)" },
        { trigger: ".o_form_view:not(:has(button[name=action_undo]))" },
    ],
});

// A report with a heading, a total, and a row that is wrong: the good one is imported.
registry.category("web_tour.tours").add("lead_import_good_rows", {
    steps: () => [
        ...bring([
            "Leads of the fair",
            "",
            "Company;Employees;Source",
            "Goodcorp;1.200;",
            "Badcorp;5-7;Wishing well",
            "Total;1.207;",
        ]),
        {
            trigger:
                ".o_lead_import_layout:contains('Titles are in row 3'):contains('Total 1.207')",
        },
        { trigger: ".o_lead_import_columns:contains('All 3 columns will be imported.')" },
        { trigger: ".o_control_panel button:contains(Test)", run: "click" },
        { trigger: ".o_import_report:contains('Row 5 (Badcorp), Employees “5-7”')" },
        {
            content: "Numbers have their choices, too",
            trigger: ".o_import_field_integer select",
            run: "select lead_notes_fields",
        },
        { trigger: ".o_control_panel button:contains(Test)", run: "click" },
        {
            trigger:
                ".o_import_data_content:not(:has(.o_import_field_integer .o_import_report)) .o_import_report:contains('Wishing well')",
        },
        { trigger: ".o_lead_import_problems button", run: "click" },
        { trigger: ".o_notification:contains('Rows left out: 1')" },
        {
            trigger: ".o_notification button:contains(Details and undo)",
            run: "click",
        },
        { trigger: ".o_form_view .o_field_widget[name=created_count]:contains(1)" },
        { trigger: ".o_form_view .o_field_widget[name=left_out_count]:contains(1)" },
        { trigger: ".o_form_view .o_field_widget[name=left_out_file]" },
    ],
});

// A sales manager brings a large file for a queue. What is wrong with a column is told
// before the job starts.
registry.category("web_tour.tours").add("lead_import_background", {
    steps: () => [
        ...bring(["Company;Employees", "Alpha;5-7", "Beta;9", "Gamma;10"]),
        { trigger: ".o_lead_import_columns:contains('All 2 columns will be imported.')" },
        { trigger: "#o_lead_import_owner", run: "select queue" },
        {
            trigger: ".o_lead_import_all_rows [data-name=queue_id] input",
            run: "edit Queue of the tour",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Queue of the tour)",
            run: "click",
        },
        {
            trigger: ".o_lead_import_all_rows [data-name=tag_ids] input",
            run: "edit Tag of the tour",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Tag of the tour)",
            run: "click",
        },
        { trigger: ".o_lead_import_all_rows .o_tag:contains(Tag of the tour)" },
        { trigger: ".o_control_panel button:contains(Import)", run: "click" },
        { trigger: ".o_import_report:contains('Row 2 (Alpha), Employees “5-7”')" },
        {
            trigger: ".o_import_field_integer select",
            run: "select lead_notes_fields",
        },
        { trigger: ".o_control_panel button:contains(Import)", run: "click" },
        { trigger: ".o_form_view h1:contains('Import: 3 leads')" },
        { trigger: "button[name=action_open_import]", run: "click" },
        {
            content: "What is on its way is not undone",
            trigger:
                ".o_form_view:not(:has(button[name=action_undo])) button[name=action_open_job]",
        },
    ],
});
