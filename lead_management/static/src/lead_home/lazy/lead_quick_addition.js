import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

const DELAY = 200;
export const EMPTY_DRAFT = {
    contact_name: "",
    partner_name: "",
    email_from: "",
    phone: "",
    source_id: "",
};
const NOTHING = { accounts: [], contacts: [], hidden: 0 };
/**
 * What else is said below the box while somebody types: components with the props
 * `values` (what is typed) and `onTakenOver` (call it when it went elsewhere, and no
 * lead is to be added).
 */
export const quickHints = registry.category("lead_quick_hints");

/**
 * A lead in five fields: Enter adds it, and the box is ready for the next one. While the
 * company is typed, accounts like it are shown.
 */
export class LeadQuickAddition extends Component {
    static template = "lead_management.LeadQuickAddition";
    static props = {
        sources: Array,
        required: Object,
        draft: Object,
        onAdded: Function,
        openLead: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.ui = useService("ui");
        this.form = useRef("form");
        this.first = useRef("first");
        this.hints = quickHints.getEntries();
        this.keepLast = new KeepLast();
        this.draft = useState(this.props.draft);
        this.state = useState({ answer: NOTHING, isSaving: false });
        this.askSoon = useDebounced(() => this.ask(), DELAY);
        useEffect(
            (el) => {
                // On a phone the keyboard would cover the page.
                if (el && !this.ui.isSmall) {
                    el.focus();
                }
            },
            () => [this.first.el]
        );
    }

    get isEmpty() {
        const { contact_name, partner_name, email_from } = this.draft.values;
        return ![contact_name, partner_name, email_from].some((value) => value.trim());
    }

    score(match) {
        return `${Math.round(match.score * 100)}%`;
    }

    async ask() {
        const { partner_name, contact_name, email_from, phone } = this.draft.values;
        const values = { partner_name, contact_name, email_from, phone };
        const answer =
            partner_name || email_from || phone
                ? this.orm.silent.call("crm.lead", "find_possible_accounts", [values])
                : Promise.resolve(NOTHING);
        this.state.answer = await this.keepLast.add(answer);
    }

    useAccount(match) {
        this.draft.account = match;
        this.draft.values.partner_name = match.display_name;
        // The button that was pressed is gone.
        this.form.el.elements.partner_name.focus();
    }

    openAccount(match) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: match.id,
            views: [[false, "form"]],
            target: "new",
        });
    }

    async add() {
        if (this.state.isSaving || !this.form.el.reportValidity() || this.isEmpty) {
            return;
        }
        this.state.isSaving = true;
        try {
            const values = { type: "lead" };
            for (const [name, value] of Object.entries(this.draft.values)) {
                values[name] = name === "source_id" ? Number(value) : value.trim();
            }
            if (this.draft.account) {
                values.account_id = this.draft.account.id;
            }
            const label = [values.contact_name, values.partner_name].filter(Boolean).join(" – ");
            const [leadId] = await this.orm.create("crm.lead", [values]);
            this.empty();
            this.notification.add(_t("%s was added.", label || values.email_from), {
                type: "success",
                buttons: [{ name: _t("Open"), onClick: () => this.props.openLead(leadId) }],
            });
            this.props.onAdded();
        } finally {
            this.state.isSaving = false;
            this.first.el?.focus();
        }
    }

    empty() {
        // The source stays: leads of one trade fair follow each other.
        Object.assign(this.draft.values, EMPTY_DRAFT, {
            source_id: this.draft.values.source_id,
        });
        this.draft.account = null;
        this.ask(); // of nothing: what is asked still was of this lead
    }

    onTakenOver() {
        this.empty();
        this.props.onAdded();
        this.first.el?.focus();
    }

    onInput(name) {
        if (name === "partner_name") {
            this.draft.account = null;
        }
        this.askSoon();
    }
}
