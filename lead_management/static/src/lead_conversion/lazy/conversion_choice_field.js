import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const NOTHING = { new: false, matches: [], hidden: 0 };

/** A card: what it is of, and what it changes when it is chosen. */
class ConversionChoiceField extends Component {
    static template = "lead_management.ConversionChoiceField";
    static props = { ...standardFieldProps };

    get data() {
        return this.props.record.data;
    }

    get choices() {
        return { ...NOTHING, ...this.data[this.props.name] };
    }

    get hiddenText() {
        const { hidden } = this.choices;
        return hidden ? _t("%s more that you cannot open", hidden) : "";
    }

    score(match) {
        return match.score < 1 ? `${Math.round(match.score * 100)}%` : "";
    }

    choose(card) {
        if (!this.props.readonly && !card.isDisabled && !card.isChosen) {
            return this.props.record.update(card.changes);
        }
    }
}

/** The accounts a lead may be converted into: known ones, or a new one. */
export class ConversionAccountField extends ConversionChoiceField {
    get label() {
        return _t("Account");
    }

    get cards() {
        const { matches, new: newName } = this.choices;
        const { account_id: chosen, contact_id: contact } = this.data;
        const cards = matches.map((match) => ({
            key: match.id,
            title: match.display_name,
            hint: match.reasons.join(", "),
            score: this.score(match),
            isChosen: match.id === chosen.id,
            isDisabled: !match.is_usable,
            changes: { commercial_partner_id: this.toValue(match) },
        }));
        if (chosen && !cards.some((card) => card.isChosen)) {
            cards.push({
                key: chosen.id,
                title: chosen.display_name,
                hint: _t("the account of the contact, or chosen by you"),
                isChosen: true,
            });
        }
        const person = !chosen && contact;
        if (person) {
            cards.push({
                key: contact.id,
                title: contact.display_name,
                hint: _t("a person without a company, who stays without one"),
                isChosen: true,
            });
        }
        if (newName) {
            cards.push({
                key: "new",
                title: newName,
                hint: _t("new account"),
                icon: "fa-plus",
                isChosen: !chosen && !person,
                changes: { commercial_partner_id: false, action: "create", is_new_account: true },
            });
        }
        return cards;
    }

    toValue({ id, display_name }) {
        return { id, display_name };
    }
}

/** The contacts a lead may be: of the account, of another one, or a new one. */
export class ConversionContactField extends ConversionChoiceField {
    get label() {
        return _t("Contact");
    }

    get cards() {
        const { matches, new: newName } = this.choices;
        const { account_id: account, contact_id: chosen, same_person_id: same } = this.data;
        const cards = [];
        for (const match of matches) {
            const value = { id: match.id, display_name: match.display_name };
            const isOwn = match.account_id && match.account_id === account.id;
            cards.push({
                key: match.id,
                title: match.display_name,
                hint: [...match.reasons, match.account].filter(Boolean).join(", "),
                isChosen: match.id === chosen.id,
                isDisabled: !match.is_usable,
                changes: { action: "exist", partner_id: value, same_person_id: false },
            });
            if (newName && !isOwn && match.id !== chosen.id && match.is_same_email) {
                cards.push({
                    key: `same-${match.id}`,
                    title: newName,
                    hint: _t(
                        "new contact here, the same person as %s",
                        match.account
                            ? `${match.display_name} (${match.account})`
                            : match.display_name
                    ),
                    icon: "fa-user-plus",
                    isChosen: !chosen && same.id === match.id,
                    changes: { action: "create", partner_id: false, same_person_id: value },
                });
            }
        }
        if (chosen && !cards.some((card) => card.isChosen)) {
            cards.push({ key: chosen.id, title: chosen.display_name, hint: "", isChosen: true });
        }
        if (newName) {
            cards.push({
                key: "new",
                title: newName,
                hint: _t("new contact"),
                icon: "fa-plus",
                isChosen: !chosen && !same,
                changes: { action: "create", partner_id: false, same_person_id: false },
            });
        }
        return cards;
    }
}

const lazyComponents = registry.category("lazy_components");
lazyComponents.add("lead_management.ConversionAccountField", ConversionAccountField);
lazyComponents.add("lead_management.ConversionContactField", ConversionContactField);
