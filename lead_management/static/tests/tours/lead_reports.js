import { registry } from "@web/core/registry";

const REPORTS = [
    ["Leads by Source", ".o_list_view .o_group_header:contains(Tour source)"],
    ["Source Effectiveness", ".o_pivot th:contains(Tour source)"],
    ["Leads by Country", ".o_graph_view canvas"],
    ["Leads by Industry", ".o_graph_view canvas"],
    ["Status Funnel", ".o_graph_view canvas"],
    ["Conversion Time", ".o_graph_view"],
    ["Salesperson Activity", ".o_pivot th:contains(Sam Salesman)"],
    ["Campaign Members", ".o_list_view .o_data_row:contains(Tour campaign)"],
    ["Neglected Leads", ".o_list_view .o_data_row:contains(Tour neglected)"],
];

registry.category("web_tour.tours").add("lead_reports", {
    steps: () => [
        ...REPORTS.flatMap(([name, shown]) => [
            {
                content: "Open the reports",
                trigger: ".o_menu_sections button:contains(Reporting)",
                run: "click",
            },
            {
                content: `Open ${name}`,
                trigger: `.o-dropdown--menu .dropdown-item:contains(/^${name}$/)`,
                run: "click",
            },
            {
                content: `${name} is open`,
                trigger: `.o_breadcrumb .active:contains(${name})`,
            },
            { content: `${name} shows something`, trigger: shown },
        ]),
        {
            content: "Have the neglected leads sent",
            trigger: ".o_cp_action_menus button",
            run: "click",
        },
        {
            content: "Regularly",
            trigger: ".o_lead_report_schedule",
            run: "click",
        },
        {
            content: "To the team's leader, every week; save",
            trigger: ".modal .o_form_view [name=recipient_ids] .o_tag",
        },
        {
            content: "Save",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        { content: "Back in the report", trigger: "body:not(:has(.modal))" },
        {
            content: "Print it",
            trigger: ".o_cp_action_menus button",
            run: "click",
        },
        {
            content: "It comes as a page where no program makes a PDF",
            trigger: ".o_lead_report_print",
            run: "click",
        },
        {
            content: "The neglected lead is on it",
            trigger: ":iframe .o_lead_report td:contains(Jane Doe)",
        },
    ],
});
