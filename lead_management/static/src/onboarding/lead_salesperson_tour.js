import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { openLeadHome } from "./open_crm";

import { markup } from "@odoo/owl";

// The first lead of a salesperson: from a call to an opportunity.
registry.category("web_tour.tours").add("lead_salesperson_tour", {
    url: "/odoo",
    steps: () => [
        ...openLeadHome(markup(_t("Your leads are in the <b>CRM</b> app."))),
        {
            trigger: ".o_lead_quick_addition input[name=contact_name]",
            content: markup(_t("Somebody calls? Type the <b>name</b>.")),
            tooltipPosition: "right",
            run: "edit Ada Freeman",
        },
        {
            trigger: ".o_lead_quick_addition input[name=partner_name]",
            content: markup(
                _t("Then the <b>company</b>. If it is an account already, you are told.")
            ),
            tooltipPosition: "right",
            run: "edit Freeman Rockets",
        },
        {
            trigger: ".o_lead_quick_addition button[type=submit]:enabled",
            content: markup(_t("<b>Add the lead</b>. The Enter key does it, too.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_lead_home_views [data-view=my_leads]",
            content: markup(_t("These are the leads there are. Open <b>your own</b>.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            isActive: ["auto"],
            trigger: ".o_list_view .o_data_row:contains(Freeman Rockets)",
        },
        {
            trigger: ".o_list_view .o_data_row .o_data_cell[name=contact_name]",
            content: _t("Open the lead."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_lead_title [name=stars] .o_priority_star:eq(2)",
            content: markup(_t("How good is it? Give it <b>stars</b>.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_notebook .nav-link[name=qualification]",
            content: markup(_t("<b>Qualification</b> asks what an opportunity needs.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: "[name=bant_need] label.o_bant_yes",
            content: _t("Is there a need? One click answers, and the score moves."),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".o_statusbar_buttons button[data-hotkey=v]",
            content: markup(_t("Worth pursuing? <b>Convert</b> the lead: it becomes an account.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_apply]",
            content: markup(_t("Account, contact and opportunity are ready. <b>Convert</b> it.")),
            tooltipPosition: "top",
            run: "click",
        },
        {
            isActive: ["auto"],
            trigger: ".o_field_widget[name=partner_id] input:value(/^Freeman Rockets, Ada/)",
        },
    ],
});
