import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { ConversionChoiceField } from "./conversion_choice_field";

/** The accounts a lead may be converted into: known ones, a new one, or another. */
export class ConversionAccountField extends ConversionChoiceField {
    searchedField = "commercial_partner_id";

    get label() {
        return _t("Account");
    }

    get options() {
        const { matches, new: newName } = this.choices;
        const { account_id: chosen, contact_id: contact } = this.data;
        const options = matches.map((match) => ({
            key: match.id,
            title: match.display_name,
            hint: match.reasons.join(", "),
            score: this.score(match),
            isChosen: match.id === chosen.id,
            isDisabled: !match.is_usable,
            changes: this.getFoundChanges(match),
        }));
        if (chosen && !options.some((option) => option.isChosen)) {
            options.push({
                key: chosen.id,
                title: chosen.display_name,
                hint: _t("the account of the contact, or chosen by you"),
                isChosen: true,
            });
        }
        const person = !chosen && contact;
        if (person) {
            options.push({
                key: `person-${contact.id}`,
                title: contact.display_name,
                hint: _t("a person without a company, who stays without one"),
                isChosen: true,
            });
        }
        if (newName) {
            options.push({
                key: "new",
                title: newName,
                hint: _t("new account"),
                isChosen: !chosen && !person,
                changes: { commercial_partner_id: false, action: "create", is_new_account: true },
            });
        } else if (!chosen && !person && !matches.length) {
            options.push({
                key: "none",
                title: _t("No account"),
                hint: _t("the lead names no company"),
                isChosen: true,
            });
        }
        return options;
    }

    getDoubt() {
        const usable = this.choices.matches.filter((match) => match.is_usable);
        if (!this.data.account_id && !this.data.contact_id && usable.length) {
            return _t("Is it one of these?");
        }
        return usable.filter((match) => match.is_sure).length > 1 ? _t("Which of these?") : "";
    }

    /** The customer of a lead stays its customer. */
    get isSearchOffered() {
        return !this.choices.is_known;
    }

    getFoundChanges({ id, display_name }) {
        return { commercial_partner_id: { id, display_name } };
    }

    getSearchDomain() {
        return [["is_company", "=", true], ...this.companyDomain];
    }
}

registry
    .category("lazy_components")
    .add("lead_management.ConversionAccountField", ConversionAccountField);
