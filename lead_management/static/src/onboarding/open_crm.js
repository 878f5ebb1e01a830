import { _t } from "@web/core/l10n/translation";

import { markup } from "@odoo/owl";

/**
 * Returns the steps that open the CRM app.
 *
 * Odoo's own `goToAppSteps` leaves out the menu of apps where a person is led.
 *
 * @param {Object} content what to say about the app
 */
export function openCRM(content) {
    const app = {
        trigger: ".o_app[data-menu-xmlid='crm.crm_menu_root']",
        content,
        run: "click",
    };
    return [
        {
            isActive: ["community", "desktop"],
            trigger: ".o_navbar_apps_menu button:enabled",
            content: _t("Open the menu of all apps."),
            tooltipPosition: "bottom",
            run: "click",
        },
        { ...app, isActive: ["community"], tooltipPosition: "right" },
        { ...app, isActive: ["enterprise"], tooltipPosition: "bottom" },
    ];
}

/**
 * Returns the steps that open the lead home, by way of the menu of leads.
 *
 * @param {Object} content what to say about the app
 */
export function openLeadHome(content) {
    return [
        ...openCRM(content),
        {
            trigger: "[data-menu-xmlid='crm.crm_menu_leads']",
            content: markup(_t("All about leads is in the menu <b>Leads</b>.")),
            tooltipPosition: "bottom",
            run: "click",
        },
        {
            trigger: "[data-menu-xmlid='lead_management.lead_home_menu']",
            content: markup(_t("Begin the day on the <b>Lead Home</b>.")),
            tooltipPosition: "right",
            run: "click",
        },
    ];
}
