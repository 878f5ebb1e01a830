import {
    Component,
    onPatched,
    onWillPatch,
    reactive,
    status,
    toRaw,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { closestScrollableY } from "@web/core/utils/scrolling";
import { useDebounced } from "@web/core/utils/timing";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const DELAY = 200;
const NOTHING = { accounts: [], account_count: 0, contacts: [], contact_count: 0, hidden: 0 };
/** What was found, by the model of the form: banner and buttons show the same. */
const found = new WeakMap();

/** Returns the state that all parts of a form share. */
function useFound(record) {
    const model = toRaw(record.model);
    if (!found.has(model)) {
        found.set(model, reactive({ answer: NOTHING }));
    }
    return useState(found.get(model));
}

/** What a model compares, and how it asks. */
const SOURCES = {
    "crm.lead": {
        fields: [
            "partner_name",
            "contact_name",
            "contact_first_name",
            "contact_last_name",
            "website",
            "email_from",
            "phone",
            "company_phone",
            "vat", // if another addon has it in the form
            "country_id",
            "partner_id",
            "account_id",
            "account_contact_id",
        ],
        method: "find_possible_accounts",
        isAsked: (values) =>
            !values.partner_id && (values.partner_name || values.email_from || values.phone),
    },
    "res.partner": {
        fields: ["name", "website", "email", "phone", "vat", "country_id"],
        method: "find_existing_accounts",
        isAsked: (values) => values.name,
    },
};

/**
 * The accounts and contacts that look like the one being typed, while it is typed. The
 * last answer stays until the next one is there, and what somebody is typing in stays
 * where it is on the screen.
 */
export class AccountMatch extends Component {
    static template = "lead_management.AccountMatch";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.root = useRef("root");
        this.state = this.useAnswer();
        this.state.answer = NOTHING;
        this.keepLast = new KeepLast();
        this.typed = {};
        this.askSoon = useDebounced(() => this.ask(), DELAY);
        useRecordObserver((record) => {
            if (record.id !== this.recordId) {
                this.recordId = record.id;
                this.asked = undefined;
                this.typed = {};
                this.state.answer = NOTHING;
            }
            for (const name of this.source.fields) {
                if (record.data[name] !== this.known?.[name]) {
                    delete this.typed[name];
                }
            }
            this.known = Object.fromEntries(
                this.source.fields.map((name) => [name, record.data[name]])
            );
            this.askSoon();
        });
        // A record knows what was typed only once the field is left; some fields keep
        // the event to themselves, hence the capture.
        useExternalListener(document, "input", (ev) => this.onInput(ev), { capture: true });
        this.keepInPlace();
    }

    /** The answer, which the buttons show as well; a subclass has one of its own. */
    useAnswer() {
        return useFound(this.props.record);
    }

    get source() {
        return SOURCES[this.props.record.resModel];
    }

    get foundModel() {
        return "res.partner";
    }

    get isLead() {
        return this.props.record.resModel === "crm.lead";
    }

    get canUse() {
        return this.isLead && !this.props.readonly;
    }

    get canDiscard() {
        return !this.isLead && !this.env.inDialog;
    }

    get values() {
        const { data } = this.props.record;
        return Object.fromEntries(
            this.source.fields.map((name) => {
                const value = name in this.typed ? this.typed[name] : data[name];
                return [name, value && typeof value === "object" ? value.id : value];
            })
        );
    }

    get hiddenText() {
        const { hidden, accounts, contacts } = this.state.answer;
        if (!hidden) {
            return "";
        }
        return accounts.length || contacts.length
            ? _t("and %s you cannot open", hidden)
            : _t("Looks like a known company: %s that you cannot open", hidden);
    }

    score(match) {
        return `${Math.round(match.score * 100)}%`;
    }

    onInput(ev) {
        const form = this.root.el?.closest(".o_form_view");
        const field = ev.target.closest(".o_field_widget[name]");
        const name = field?.getAttribute("name");
        if (
            form?.contains(field) &&
            !field.parentElement.closest(".o_field_widget") &&
            this.source.fields.includes(name) &&
            !name.endsWith("_id")
        ) {
            this.typed[name] = ev.target.value;
            this.askSoon();
        }
    }

    async ask() {
        const { source, values } = this;
        const asked = JSON.stringify(values);
        if (asked === this.asked || status(this) === "destroyed") {
            return;
        }
        this.asked = asked;
        const answer = source.isAsked(values)
            ? this.orm.silent.call(this.props.record.resModel, source.method, [values])
            : Promise.resolve(NOTHING);
        this.state.answer = { ...NOTHING, ...(await this.keepLast.add(answer)) };
    }

    /** Scrolls by what the banner grows, when somebody is typing below it. */
    keepInPlace() {
        let focused, top;
        onWillPatch(() => {
            focused = document.activeElement;
            top = focused?.getBoundingClientRect().top;
        });
        onPatched(() => {
            const { el } = this.root;
            if (
                el?.closest(".o_form_view")?.contains(focused) &&
                el.compareDocumentPosition(focused) & Node.DOCUMENT_POSITION_FOLLOWING
            ) {
                const moved = focused.getBoundingClientRect().top - top;
                const scrollable = closestScrollableY(el);
                if (moved && scrollable) {
                    scrollable.scrollTop += moved;
                }
            }
        });
    }

    /** Opens a match without saving or losing what was typed. */
    async open(match) {
        const { record } = this.props;
        if (record.isNew || (await record.isDirty())) {
            this.dialog.add(FormViewDialog, {
                resModel: this.foundModel,
                resId: match.id,
                title: match.display_name,
                canExpand: false,
            });
        } else {
            this.openInstead(match);
        }
    }

    openInstead(match, options) {
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                res_model: this.foundModel,
                res_id: match.id,
                views: [[false, "form"]],
            },
            options
        );
    }

    async discardFor(match) {
        await this.props.record.discard();
        await this.openInstead(match, { stackPosition: "replaceCurrentAction" });
    }

    useAccount({ id, display_name }) {
        return this.props.record.update({ account_id: { id, display_name } });
    }

    useContact({ id, display_name }) {
        return this.props.record.update({ account_contact_id: { id, display_name } });
    }
}

/** The buttons of a saved lead that count and open what the banner has found. */
export class AccountMatchButtons extends Component {
    static template = "lead_management.AccountMatchButtons";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useFound(this.props.record);
    }

    get buttons() {
        const { account_count, contact_count } = this.state.answer;
        return [
            {
                name: "action_view_possible_accounts",
                icon: "fa-building-o",
                label: account_count === 1 ? _t("Possible account") : _t("Possible accounts"),
                count: account_count,
            },
            {
                name: "action_view_possible_contacts",
                icon: "fa-address-book-o",
                label: contact_count === 1 ? _t("Possible contact") : _t("Possible contacts"),
                count: contact_count,
            },
        ].filter((button) => button.count && !this.props.record.isNew);
    }

    async open({ name }) {
        const { record } = this.props;
        if (await record.save()) {
            await this.action.doAction(await this.orm.call("crm.lead", name, [[record.resId]]));
        }
    }
}

registry.category("view_widgets").add("account_match", {
    component: AccountMatch,
});
registry.category("view_widgets").add("account_match_buttons", {
    component: AccountMatchButtons,
});
