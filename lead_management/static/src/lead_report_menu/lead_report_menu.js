import { Component } from "@odoo/owl";
import { Domain } from "@web/core/domain";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";

/**
 * Print a lead report, or have it sent by e-mail regularly, with the filters of the
 * screen. It is in the cog menu of the actions whose context names a `lead_report`.
 */
export class LeadReportMenu extends Component {
    static template = "lead_management.LeadReportMenu";
    static components = { DropdownItem };
    static props = {};

    setup() {
        this.action = useService("action");
    }

    get report() {
        return this.env.searchModel.globalContext.lead_report;
    }

    /** What the user filters by, without what the report is about. */
    get domain() {
        return this.env.searchModel._getDomain({ withGlobal: false });
    }

    get filters() {
        return this.env.searchModel.facets
            .filter((facet) => facet.type !== "groupBy")
            .map((facet) => facet.values.join(` ${_t("or")} `));
    }

    /** The menu is closed, and this component gone, before the server answers. */
    async print() {
        const { action: actionService, orm } = this.env.services;
        const action = await orm.call("report.lead_management.lead_report", "action_print", [
            this.report,
            this.domain,
            this.filters,
        ]);
        await actionService.doAction(action);
    }

    async schedule() {
        await this.action.doAction("lead_management.crm_lead_report_schedule_action_new", {
            additionalContext: {
                default_report: this.report,
                default_domain: new Domain(this.domain).toString(),
            },
        });
    }
}

registry.category("cogMenu").add(
    "lead-report-menu",
    {
        Component: LeadReportMenu,
        groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
        isDisplayed: (env) => Boolean(env.searchModel?.globalContext.lead_report),
    },
    { sequence: 5 }
);
