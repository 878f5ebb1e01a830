import { _t } from "@web/core/l10n/translation";
import { adminTourParts, openConfiguration } from "@lead_management/onboarding/lead_admin_tour";

import { markup } from "@odoo/owl";

adminTourParts.add(
    "assignment_rule",
    () => [
        ...openConfiguration(
            "lead_management_assignment.crm_lead_assignment_rule_menu",
            markup(_t("<b>Assignment Rules</b> decide who gets a lead."))
        ),
        {
            isActive: ["auto"],
            trigger: ".o_breadcrumb:contains(Assignment Rules)",
        },
    ],
    { sequence: 30 }
);
