import {
    Component,
    onWillStart,
    status,
    useChildSubEnv,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { CallbackRecorder, useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { View } from "@web/views/view";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { getTriageKeys, useTriageKeyboard } from "./lead_triage_keyboard";
import { TriageLeads } from "./lead_triage_leads";

// After what buttons and dialogs do, triage goes on, and no page opens of what they made.
const IN_PLACE = { lead_in_place: true };

/**
 * Leads on the left, the one that is looked at on the right, and keys for what is done most.
 * A key is an entry of the registry `lead_triage_keys`: `label`, and `run`, which gets this
 * component and the lead; an addon adds its own.
 */
export class LeadTriage extends Component {
    static template = "lead_management.LeadTriage";
    static components = { Layout, View };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.list = useRef("list");
        this.display = { controlPanel: {} };
        // A page that is reloaded, or gone back to, is where it was left.
        const left = this.props.state?.triage;
        const request = this.props.action.context?.lead_triage;
        this.leads = useState(new TriageLeads(this.orm, request, left?.leads));
        this.state = useState({ version: 0, choice: null, said: "", hasLegend: true });
        this.undos = left?.undos || [];
        this.isBusy = false;
        // What is typed in the form is saved before the next lead is there.
        this.beforeLeave = new CallbackRecorder();
        useSetupAction({
            beforeLeave: () => this.leaveForm(),
            getLocalState: () => ({ triage: { leads: this.leads.export(), undos: this.undos } }),
        });
        useChildSubEnv({
            isLeadPane: true,
            config: { ...this.env.config, setDisplayName: () => {} },
        });
        useBus(this.env.bus, "LEAD-NOTICE", ({ detail }) => this.rememberNotice(detail));
        this.keyboard = useTriageKeyboard(this);
        useEffect(
            () => {
                this.root.el?.querySelector("[aria-selected=true]")?.scrollIntoView({
                    block: "nearest",
                });
                if (document.activeElement === document.body) {
                    this.list.el?.focus();
                }
            },
            () => [this.lead?.id, this.state.version]
        );
        onWillStart(() => this.leads.start());
    }

    // -----------------------------------------------------------------------------------
    // Lead and form
    // -----------------------------------------------------------------------------------

    get lead() {
        return this.leads.current;
    }

    getName(lead) {
        return lead.contact_name || lead.partner_name || lead.name;
    }

    getStars(lead) {
        return _t("Stars: %s", lead.stars || 0);
    }

    get position() {
        return _t("%(position)s of %(total)s", {
            position: this.leads.index + 1,
            total: this.leads.shownTotal,
        });
    }

    get formKey() {
        return `${this.lead.id}-${this.state.version}`;
    }

    get formProps() {
        return {
            type: "form",
            resModel: "crm.lead",
            resId: this.lead.id,
            context: { active_test: false, ...IN_PLACE },
            display: { controlPanel: false },
            __beforeLeave__: this.beforeLeave,
        };
    }

    async leaveForm() {
        const answers = await Promise.all(this.beforeLeave.callbacks.map((leave) => leave()));
        return !answers.includes(false);
    }

    /** An action may have read the page anew: another one is there then. */
    get isGone() {
        return status(this) === "destroyed";
    }

    focusIn(selector) {
        this.root.el.querySelector(`.o_lead_triage_form ${selector}`)?.focus();
    }

    // -----------------------------------------------------------------------------------
    // Keys
    // -----------------------------------------------------------------------------------

    get legend() {
        return getTriageKeys().filter(({ label }) => label);
    }

    press(entry) {
        this.state.choice = null;
        return this.run(() => this.lead && entry.run(this, this.lead));
    }

    /** One after the other: keys that are pressed meanwhile have their turn after it. */
    async run(work) {
        if (this.isBusy) {
            return;
        }
        this.isBusy = true;
        let isDone = false;
        try {
            await work();
            isDone = true;
        } finally {
            this.isBusy = false;
            this.keyboard.goOn(isDone);
        }
    }

    async goTo(index) {
        if (!this.leads.has(index) || !(await this.leaveForm())) {
            return;
        }
        const { lead } = this;
        this.state.choice = null;
        this.leads.select(index);
        if (lead && lead !== this.lead) {
            this.leads.refresh([lead.id]);
        }
    }

    async move(by) {
        const index = this.leads.index + by;
        if (index >= this.leads.records.length) {
            await this.leads.fetchMore();
            if (!this.leads.has(index)) {
                this.state.said = _t("That was the last one.");
            }
        }
        await this.goTo(index);
    }

    // -----------------------------------------------------------------------------------
    // What keys do
    // -----------------------------------------------------------------------------------

    /** Asks for one of several things; a digit answers, Enter opens the dialog. */
    choose(title, options, openDialog) {
        this.state.choice = { title, options, openDialog };
        this.list.el.focus();
    }

    pick(number) {
        const { options, openDialog } = this.state.choice;
        const work = number === undefined ? openDialog : options[number]?.run;
        if (work) {
            this.state.choice = null;
            return this.run(work);
        }
    }

    /** Returns whether it was done: what is typed in the form may not be valid. */
    async write(lead, values) {
        if (!(await this.leaveForm())) {
            return false;
        }
        await this.orm.write("crm.lead", [lead.id], values);
        await this.follow(lead.id);
        return true;
    }

    /**
     * Calls a method of the lead, and does what it answers with. Returns whether that was
     * all: what is typed in the form may not be valid, and a dialog asks first.
     */
    async call(lead, method, args = [], kwargs = {}) {
        if (!(await this.leaveForm())) {
            return false;
        }
        const action = await this.orm.call("crm.lead", method, [[lead.id], ...args], kwargs);
        if (action?.target === "new") {
            await this.action.doAction(action, {
                additionalContext: IN_PLACE,
                onClose: () => this.follow(lead.id),
            });
            return false;
        }
        if (action) {
            await this.action.doAction(action);
        }
        await this.follow(lead.id);
        return true;
    }

    /** Shows what has become of a lead; after a decision on it, the next one. */
    async follow(leadId) {
        const lead = this.leads.find(leadId);
        if (!lead || this.isGone) {
            return;
        }
        const wasDone = this.leads.isDone(lead);
        await this.leads.refresh([leadId]);
        this.state.said = `${this.getName(lead)}: ${lead.status_id[1] || ""}, ${this.getStars(lead)}`;
        const isDecided = !wasDone && this.leads.isDone(lead);
        if (isDecided && leadId === this.lead.id && !this.leads.isLast) {
            await this.goTo(this.leads.index + 1);
        } else {
            this.state.version++;
        }
    }

    /**
     * Keeps how to take back what was done.
     *
     * @param {Object} lead
     * @param {string} text what was done
     * @param {Function} run takes it back; gets this component, which may be another one
     *  by then, and may return the dialog that asks first
     * @param {Object} [notice] the message that offers it, too
     */
    remember(lead, text, run, notice) {
        this.undos.push({ leadId: lead.id, text, run, notice });
    }

    /** What a message offers to take back, the key does, too. */
    rememberNotice(notice) {
        if (notice.undo && this.lead) {
            this.remember(this.lead, notice.message, () => notice.undo(), notice);
        }
    }

    async undo() {
        let last = this.undos.pop();
        while (last?.notice?.isTakenBack) {
            last = this.undos.pop();
        }
        if (!last) {
            this.state.said = _t("There is nothing to undo.");
            return;
        }
        if (!(await this.leaveForm())) {
            this.undos.push(last);
            return;
        }
        // Shown before: what is taken back may read this page anew.
        const index = this.leads.records.findIndex(({ id }) => id === last.leadId);
        if (index >= 0) {
            this.leads.select(index);
        }
        const answer = await last.run(this);
        if (answer?.target === "new" || this.isGone) {
            return;
        }
        await this.leads.refresh([last.leadId]);
        this.state.version++;
        this.state.said = _t("Undone: %s", last.text);
    }

    openLeads() {
        return this.action.doAction("lead_management.crm_lead_action_all", {
            clearBreadcrumbs: true,
        });
    }
}

registry.category("lazy_components").add("lead_management.LeadTriage", LeadTriage);
