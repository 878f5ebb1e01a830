import { registry } from "@web/core/registry";

// A sales manager follows the checklist: looks at a sample, removes it, and ends with it.
registry.category("web_tour.tours").add("capture_sample", {
    url: "/odoo/lead-home",
    steps: () => [
        {
            content: "Nothing is done; what fits as it came is ticked off by hand",
            trigger: ".o_lead_setup [data-step=statuses] [aria-checked=false]",
            run: "click",
        },
        { trigger: ".o_lead_setup [data-step=statuses] [aria-checked=true]" },
        {
            content: "See a form before making one",
            trigger: ".o_lead_setup [data-step=web_form] .o_lead_setup_sample",
            run: "click",
        },
        {
            content: "It is one click away, and one click gone",
            trigger: ".o_form_view .o_lead_sample button[name=action_remove_sample]",
            run: "click",
        },
        { trigger: ".o_kanban_view, .o_view_nocontent" },
        {
            trigger: "[data-menu-xmlid='crm.crm_menu_leads']",
            run: "click",
        },
        {
            trigger: "[data-menu-xmlid='lead_management.lead_home_menu']",
            run: "click",
        },
        {
            content: "A step opens its page",
            trigger: ".o_lead_setup [data-step=web_form] .o_lead_setup_step",
            run: "click",
        },
        {
            trigger: ".o_breadcrumb .breadcrumb-item a:contains(Lead Home)",
            run: "click",
        },
        {
            content: "Who knows all this closes it",
            trigger: ".o_lead_setup .o_lead_setup_close",
            run: "click",
        },
        { trigger: ".o_lead_home:not(:has(.o_lead_setup))" },
    ],
});
