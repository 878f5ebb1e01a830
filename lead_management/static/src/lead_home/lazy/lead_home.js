import { Component, onWillStart, useExternalListener, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { formatScore } from "../../bant_progress/bant_progress_field";
import { EMPTY_DRAFT, LeadQuickAddition } from "./lead_quick_addition";
import { LeadSetup } from "./lead_setup";

const LEADS = "lead_management.crm_lead_action_all";
const SCOPE_KEY = "lead_management.home_scope";

/**
 * Where a day with leads begins. All of it comes with one call; what was there the last
 * time is shown until the answer is there.
 */
export class LeadHome extends Component {
    static template = "lead_management.LeadHome";
    static components = { Layout, LeadQuickAddition, LeadSetup };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({
            home: null,
            scope: localStorage.getItem(SCOPE_KEY) === "team" ? "team" : "mine",
        });
        // What is typed in the box, for the form to take over
        this.draft = useState({ values: { ...EMPTY_DRAFT }, account: null });
        onWillStart(() => this.load());
        // Who comes back to the page after a call finds it as it is now.
        useExternalListener(document, "visibilitychange", () => document.hidden || this.load());
    }

    async load() {
        const { scope } = this.state;
        const keep = (home) => {
            if (scope === this.state.scope) {
                this.state.home = home;
            }
        };
        const orm = this.orm.cache({
            type: "disk",
            update: "always",
            callback: (home, hasChanged) => hasChanged && keep(home),
        });
        keep(await orm.call("crm.lead", "get_lead_home", [scope]));
    }

    setScope(scope) {
        this.state.scope = scope;
        localStorage.setItem(SCOPE_KEY, scope);
        return this.load();
    }

    get hasNoLeads() {
        return this.state.home.views.every((view) => !view.count);
    }

    get noValue() {
        return _t("None");
    }

    count(number) {
        const limit = this.state.home.count_limit;
        return number < limit ? number.toLocaleString() : `${limit.toLocaleString()}+`;
    }

    age({ days_late: days }) {
        if (days > 1) {
            return _t("%s days late", days);
        }
        return days ? _t("since yesterday") : _t("today");
    }

    score(lead) {
        return formatScore(lead.score);
    }

    width(bar, chart) {
        return `width: ${Math.max(Math.round((bar.count / chart.most) * 100), 1)}%`;
    }

    openView({ action, name }) {
        return this.action.doAction(action, {
            additionalContext: { search_default_open: 0, [`search_default_${name}`]: 1 },
        });
    }

    openLead(leadId) {
        return this.action.doAction(LEADS, { viewType: "form", props: { resId: leadId } });
    }

    /** What other addons do with a lead; the page is read anew when their dialog closes. */
    async useLead({ method }, leadId) {
        const action = await this.orm.call("crm.lead", method, [leadId]);
        return this.action.doAction(action, { onClose: () => this.load() });
    }

    /** Opens the form of a new lead, with what was typed so far. */
    newLead() {
        const { values, account } = this.draft;
        const defaults = { ...values, source_id: Number(values.source_id) || "" };
        if (account) {
            defaults.account_id = account.id;
        }
        return this.action.doAction(LEADS, {
            viewType: "form",
            props: { resId: false },
            additionalContext: Object.fromEntries(
                Object.entries(defaults)
                    .filter(([, value]) => value)
                    .map(([name, value]) => [`default_${name}`, value])
            ),
        });
    }

    openTasks() {
        return this.action.doAction("crm.crm_lead_action_my_activities");
    }

    openTool(tool) {
        return this.action.doAction(tool.action);
    }

    /** The report, of the leads that the chart counts. */
    openChart({ action, filters }) {
        return this.action.doAction(action, {
            additionalContext: Object.fromEntries(
                filters.map((name) => [`search_default_${name}`, 1])
            ),
        });
    }
}

registry.category("lazy_components").add("lead_management.LeadHome", LeadHome);
