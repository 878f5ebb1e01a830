import {
    Component,
    onWillStart,
    useChildSubEnv,
    useEffect,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useBus, useService } from "@web/core/utils/hooks";
import { CallbackRecorder, useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { View } from "@web/views/view";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const PAGE = 40;
const AHEAD = 10; // so many before the end, the next page is fetched
const ORDER = "stars desc, id desc";
const FIELDS = [
    ...["contact_name", "partner_name", "name", "stars", "stars_manual"],
    ...["status_id", "status_category", "user_id", "active"],
];
const CLOSED = ["converted", "recycled", "dead"];
const EDITABLE =
    "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true]";

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
        this.ui = useService("ui");
        this.root = useRef("root");
        this.list = useRef("list");
        this.display = { controlPanel: {} };
        this.state = useState({
            leads: [],
            index: 0,
            total: 0,
            version: 0,
            choice: null,
            said: "",
            hasLegend: true,
        });
        this.undos = [];
        this.isBusy = false;
        // What is typed in the form is saved before the next lead is there.
        this.beforeLeave = new CallbackRecorder();
        useSetupAction({ beforeLeave: () => this.leaveForm() });
        useChildSubEnv({
            isLeadPane: true,
            config: { ...this.env.config, setDisplayName: () => {} },
        });
        useBus(this.env.bus, "LEAD-NOTICE", ({ detail }) => this.rememberNotice(detail));
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
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
        onWillStart(() => this.start());
    }

    // -----------------------------------------------------------------------------------
    // Leads
    // -----------------------------------------------------------------------------------

    get lead() {
        return this.state.leads[this.state.index];
    }

    get request() {
        return this.props.action.context?.lead_triage || {};
    }

    /** The leads of the page that one comes from; else those that wait for a decision. */
    get domain() {
        return (
            this.request.domain || [
                ["type", "=", "lead"],
                ["status_category", "in", ["new", "assigned"]],
                ["user_id", "in", [user.userId, false]],
            ]
        );
    }

    async start() {
        [this.state.total] = await Promise.all([
            this.orm.searchCount("crm.lead", this.domain, { limit: 10001 }),
            this.fetchMore(),
        ]);
    }

    async fetchMore() {
        if (this.isFetching || this.isComplete) {
            return;
        }
        this.isFetching = true;
        try {
            const known = this.state.leads.map(({ id }) => id);
            const leads = await this.orm.silent.searchRead(
                "crm.lead",
                Domain.and([this.domain, [["id", "not in", known]]]).toList(),
                FIELDS,
                { limit: PAGE, order: this.request.order || ORDER }
            );
            this.isComplete = leads.length < PAGE;
            this.state.leads.push(...leads);
        } finally {
            this.isFetching = false;
        }
    }

    /** Reads a lead again, whatever became of it. */
    async refresh(leadId) {
        const [values] = await this.orm.silent.searchRead(
            "crm.lead",
            [["id", "=", leadId]],
            FIELDS,
            { context: { active_test: false } }
        );
        const lead = this.state.leads.find(({ id }) => id === leadId);
        if (lead) {
            Object.assign(lead, values || { isGone: true });
        }
        return lead;
    }

    getName(lead) {
        return lead.contact_name || lead.partner_name || lead.name;
    }

    getStars(lead) {
        return _t("Stars: %s", lead.stars || 0);
    }

    isDone(lead) {
        return lead.isGone || CLOSED.includes(lead.status_category);
    }

    get position() {
        const { index, total } = this.state;
        return _t("%(position)s of %(total)s", {
            position: index + 1,
            total: total > 10000 ? "10000+" : total,
        });
    }

    // -----------------------------------------------------------------------------------
    // Form
    // -----------------------------------------------------------------------------------

    get formKey() {
        return `${this.lead.id}-${this.state.version}`;
    }

    get formProps() {
        return {
            type: "form",
            resModel: "crm.lead",
            resId: this.lead.id,
            context: { active_test: false },
            display: { controlPanel: false },
            __beforeLeave__: this.beforeLeave,
        };
    }

    async leaveForm() {
        const answers = await Promise.all(this.beforeLeave.callbacks.map((leave) => leave()));
        return !answers.includes(false);
    }

    focusIn(selector) {
        this.root.el.querySelector(`.o_lead_triage_form ${selector}`)?.focus();
    }

    // -----------------------------------------------------------------------------------
    // Keys
    // -----------------------------------------------------------------------------------

    get keys() {
        return registry
            .category("lead_triage_keys")
            .getEntries()
            .map(([key, entry]) => ({ key, ...entry }));
    }

    get legend() {
        return this.keys.filter(({ label }) => label);
    }

    onKeydown(ev) {
        const { target } = ev;
        const isElsewhere = target !== document.body && !this.root.el?.contains(target);
        if (isElsewhere || this.ui.activeElement !== document || ev.defaultPrevented) {
            return;
        }
        if (ev.ctrlKey || ev.metaKey || ev.altKey || ev.isComposing) {
            return;
        }
        const isInForm = Boolean(target.closest?.(".o_lead_triage_form"));
        if (ev.key === "Escape" && (this.state.choice || isInForm)) {
            this.state.choice = null;
            this.list.el.focus();
        } else if (target.closest?.(EDITABLE)) {
            return;
        } else if (this.state.choice && /^[1-9]$/.test(ev.key)) {
            this.pick(Number(ev.key) - 1);
        } else if (this.state.choice && ev.key === "Enter" && !target.closest?.("button")) {
            this.pick();
        } else if (ev.key === "?") {
            this.state.hasLegend = !this.state.hasLegend;
        } else if (!isInForm && ["ArrowDown", "ArrowUp"].includes(ev.key)) {
            this.run(() => this.move(ev.key === "ArrowDown" ? 1 : -1));
        } else {
            const entry = this.keys.find(({ key }) => key === ev.key.toLowerCase());
            if (!entry) {
                return;
            }
            this.press(entry);
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    press(entry) {
        this.state.choice = null;
        return this.run(() => this.lead && entry.run(this, this.lead));
    }

    /** One after the other: a key that is pressed meanwhile is left out. */
    async run(work) {
        if (this.isBusy) {
            return;
        }
        this.isBusy = true;
        try {
            await work();
        } finally {
            this.isBusy = false;
        }
    }

    async goTo(index) {
        if (index < 0 || index >= this.state.leads.length || !(await this.leaveForm())) {
            return;
        }
        const { lead } = this;
        this.state.choice = null;
        this.state.index = index;
        if (index + AHEAD >= this.state.leads.length) {
            this.fetchMore();
        }
        if (lead && lead !== this.lead) {
            this.refresh(lead.id);
        }
    }

    async move(by) {
        const index = this.state.index + by;
        if (index >= this.state.leads.length) {
            await this.fetchMore();
        }
        if (index >= this.state.leads.length) {
            this.state.said = _t("That was the last one.");
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

    async write(lead, values) {
        if (await this.leaveForm()) {
            await this.orm.write("crm.lead", [lead.id], values);
            await this.follow(lead.id);
        }
    }

    /** Calls a method of the lead, and does what it answers with. */
    async call(lead, method, args = [], kwargs = {}) {
        if (!(await this.leaveForm())) {
            return;
        }
        const action = await this.orm.call("crm.lead", method, [[lead.id], ...args], kwargs);
        if (action?.target === "new") {
            await this.action.doAction(action, { onClose: () => this.follow(lead.id) });
        } else {
            if (action) {
                await this.action.doAction(action);
            }
            await this.follow(lead.id);
        }
    }

    /** Shows what has become of a lead; after a decision on it, the next one. */
    async follow(leadId) {
        const wasDone = this.lead && this.isDone(this.lead);
        const lead = await this.refresh(leadId);
        if (!lead) {
            return;
        }
        this.state.said = `${this.getName(lead)}: ${lead.status_id[1]}, ${this.getStars(lead)}`;
        const isHere = lead.id === this.lead?.id;
        if (
            isHere &&
            !wasDone &&
            this.isDone(lead) &&
            this.state.index + 1 < this.state.leads.length
        ) {
            await this.goTo(this.state.index + 1);
        } else {
            this.state.version++;
        }
    }

    remember(lead, text, run) {
        this.undos.push({ leadId: lead.id, text, run });
    }

    /** What a message offers to take back, the key does, too. */
    rememberNotice({ message, undo }) {
        if (undo && this.lead) {
            this.remember(this.lead, message, undo);
        }
    }

    async undo() {
        const last = this.undos.pop();
        if (!last) {
            this.state.said = _t("There is nothing to undo.");
            return;
        }
        if (!(await this.leaveForm())) {
            return;
        }
        await last.run();
        await this.refresh(last.leadId);
        const index = this.state.leads.findIndex(({ id }) => id === last.leadId);
        if (index >= 0) {
            this.state.index = index;
        }
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
