import { registry } from "@web/core/registry";

const openAction = (name) => [
    { trigger: ".o_list_view .o_data_row" },
    {
        content: "Select all leads of the page",
        trigger: ".o_list_view thead .o_list_record_selector input",
        run: "click",
    },
    { trigger: ".o_cp_action_menus button:contains(Actions)", run: "click" },
    { trigger: `.o-dropdown-item:contains(/^${name}$/)`, run: "click" },
];

const chooseSource = [
    { trigger: ".modal .o_lead_bulk_field input", run: "edit Source" },
    { trigger: ".o_select_menu_item:contains(/^Source$/)", run: "click" },
    { trigger: ".modal .o_lead_bulk_value input", run: "edit Web" },
    { trigger: ".o-autocomplete--dropdown-item:contains(Web Site)", run: "click" },
];

// A salesperson changes a few leads, and sees beforehand what will happen.
registry.category("web_tour.tours").add("lead_bulk_update", {
    steps: () => [
        ...openAction("Mass update"),
        {
            content: "It says how many are selected, and what to do",
            trigger: ".modal .o_lead_bulk_preview:contains(Leads selected)",
        },
        ...chooseSource,
        {
            content: "The preview tells what becomes of the leads",
            trigger: ".modal .o_lead_bulk_preview:contains(Leads to change):contains(of 3)",
        },
        {
            trigger: ".modal .o_lead_bulk_preview:contains(Source becomes “Web Site”)",
        },
        { trigger: ".modal .o_lead_bulk_add", run: "click" },
        {
            trigger: ".modal .o_lead_bulk_change:eq(1) .o_lead_bulk_field input",
            run: "edit Zip",
        },
        { trigger: ".o_select_menu_item:contains(/^Zip$/)", run: "click" },
        {
            content: "Without a value there is nothing to do",
            trigger: ".modal .o_lead_bulk_preview:contains(enter the value)",
        },
        {
            trigger: ".modal .o_lead_bulk_change:eq(1) select",
            run: "select clear",
        },
        { trigger: ".modal .o_lead_bulk_preview:contains(Zip becomes empty)" },
        { trigger: ".modal footer button:contains(Change the leads)", run: "click" },
        { trigger: ".o_notification:contains(Leads changed: 3 of 3)" },
        {
            content: "The list shows it",
            trigger: ".o_data_row:eq(2) [name=source_id]:contains(Web Site)",
        },
    ],
});

// So many leads that they become a job, which is watched until it is over.
registry.category("web_tour.tours").add("lead_bulk_job", {
    steps: () => [
        ...openAction("Mass update"),
        ...chooseSource,
        { trigger: ".modal .o_lead_bulk_preview:contains(in the background)" },
        { trigger: ".modal footer button:contains(Change the leads)", run: "click" },
        {
            content: "The job is open, and says what it waits for",
            trigger: ".o_lead_bulk_progress[data-state=open]:contains(Waiting for its turn)",
        },
        {
            content: "The bar moves by itself",
            trigger: ".o_lead_bulk_progress[data-state=done]:contains(3 of 3)",
            timeout: 30000,
        },
        {
            content: "So does the rest of the page",
            trigger: ".o_form_statusbar .o_arrow_button_current:contains(Done)",
        },
        { trigger: ".o_field_widget[name=changed_count]:contains(3)" },
    ],
});
