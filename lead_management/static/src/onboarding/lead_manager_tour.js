import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { openLeadHome } from "./open_crm";

import { markup } from "@odoo/owl";

// What a sales manager looks at: the team's leads, who forgot one, and what leads bring.
registry.category("web_tour.tours").add("lead_manager_tour", {
    url: "/odoo",
    steps: () => [
        ...openLeadHome(markup(_t("Your team's leads are in the <b>CRM</b> app."))),
        {
            trigger: ".o_lead_home button[data-scope=team]",
            content: _t("See the best leads of the whole team."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_lead_home_views [data-view=neglected]",
            content: markup(_t("Has somebody forgotten a lead? Open the <b>neglected</b> ones.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: "[data-menu-xmlid='crm.crm_menu_report']",
            content: markup(_t("What do leads bring? Open <b>Reporting</b>.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: "[data-menu-xmlid='lead_management.crm_lead_report_menu_source']",
            content: _t("See which sources bring good leads."),
            tooltipPosition: "right",
            run: "click",
        },
        {
            isActive: ["auto"],
            trigger: ".o_graph_view, .o_pivot_view, .o_list_view",
        },
    ],
});
