import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("lead_home", {
    steps: () => [
        {
            content: "The name is where typing begins",
            trigger: ".o_lead_quick_addition input[name=contact_name]:focus",
            run: "edit Ann One",
        },
        {
            content: "Type a company that is known",
            trigger: ".o_lead_quick_addition input[name=partner_name]",
            run: "edit Zephyr Rockets",
        },
        {
            content: "Its account is offered: use it",
            trigger: ".o_lead_quick_matches:contains(Zephyr Rockets GmbH) .o_lead_quick_use",
            run: "click",
        },
        {
            content: "The account is chosen",
            trigger: ".o_lead_quick_addition:contains(will be used)",
        },
        {
            content: "Add the lead with the Enter key",
            trigger: ".o_lead_quick_addition input[name=phone]",
            run: "edit 123 456 && press Enter",
        },
        {
            content: "It was added, and the box is empty",
            trigger: ".o_notification:contains(Ann One – Zephyr Rockets GmbH)",
        },
        {
            content: "Go on with the next one",
            trigger: ".o_lead_quick_addition input[name=contact_name]:focus:value()",
            run: "edit Bob Two",
        },
        {
            content: "A company is asked for",
            trigger: ".o_lead_quick_addition input[name=partner_name]:value()",
            run: "edit Two Ltd",
        },
        {
            content: "An email address",
            trigger: ".o_lead_quick_addition input[name=email_from]",
            run: "edit bob@two.example && press Enter",
        },
        {
            content: "It was added",
            trigger: ".o_notification:contains(Bob Two – Two Ltd)",
        },
        {
            content: "A chart opens the report of the leads it counts",
            trigger: ".o_lead_home_chart[data-field=status_id]",
            run: "click",
        },
        { trigger: ".o_graph_view" },
        { trigger: ".o_facet_value:contains(My leads)" },
        {
            content: "Back to the home page",
            trigger: ".o_breadcrumb .breadcrumb-item a",
            run: "click",
        },
        {
            content: "A view opens the leads it counts",
            trigger: ".o_lead_home_views [data-view=my_leads]",
            run: "click",
        },
        {
            content: "The new lead is there: open it",
            trigger: ".o_list_view .o_data_row td.o_data_cell:contains(Bob Two)",
            run: "click",
        },
        { trigger: ".o_form_view .o_field_widget[name=contact_last_name]" },
        {
            content: "Go back to the home page",
            trigger: ".o_menu_sections button:contains(Leads)",
            run: "click",
        },
        {
            trigger: ".o-dropdown--menu .dropdown-item:contains(Lead Home)",
            run: "click",
        },
        { trigger: ".o_lead_home section:contains(Recently viewed)" },
    ],
});
