import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { ConversionChoiceField } from "./conversion_choice_field";

/** The contacts a lead may be: of the account, of another one, or a new one. */
export class ConversionContactField extends ConversionChoiceField {
    searchedField = "partner_id";

    get label() {
        return _t("Contact");
    }

    get options() {
        const { matches, new: newName } = this.choices;
        const { account_id: account, contact_id: chosen, same_person_id: same } = this.data;
        const options = [];
        for (const match of matches) {
            const isOwn = match.account_id && match.account_id === account.id;
            options.push({
                key: match.id,
                title: match.display_name,
                hint: [...match.reasons, match.account].filter(Boolean).join(", "),
                isChosen: match.id === chosen.id,
                isDisabled: !match.is_usable,
                changes: this.getFoundChanges(match),
            });
            if (newName && !isOwn && match.id !== chosen.id && match.is_same_email) {
                options.push({
                    key: `same-${match.id}`,
                    title: newName,
                    hint: _t(
                        "new contact here, the same person as %s",
                        match.account
                            ? `${match.display_name} (${match.account})`
                            : match.display_name
                    ),
                    isChosen: !chosen && same.id === match.id,
                    changes: {
                        action: "create",
                        partner_id: false,
                        same_person_id: { id: match.id, display_name: match.display_name },
                    },
                });
            }
        }
        if (chosen && !options.some((option) => option.isChosen)) {
            options.push({
                key: chosen.id,
                title: chosen.display_name,
                hint: "",
                isChosen: true,
            });
        }
        if (newName) {
            options.push({
                key: "new",
                title: newName,
                hint: _t("new contact"),
                isChosen: !chosen && !same,
                changes: { action: "create", partner_id: false, same_person_id: false },
            });
        } else if (!chosen && !options.length) {
            options.push({
                key: "none",
                title: _t("No contact"),
                hint: _t("the lead names no person"),
                isChosen: true,
            });
        }
        return options;
    }

    getDoubt() {
        const { contact_id: chosen, same_person_id: same } = this.data;
        const usable = this.choices.matches.filter((match) => match.is_usable);
        return !chosen && !same && usable.length ? _t("Is it the same person?") : "";
    }

    /** A new account has no contacts to choose from. */
    get isSearchOffered() {
        const { account_id: account, lead_partner_name: company } = this.data;
        return !this.choices.is_known && Boolean(account || !company);
    }

    getFoundChanges({ id, display_name }) {
        return {
            action: "exist",
            partner_id: { id, display_name },
            same_person_id: false,
        };
    }

    getSearchDomain() {
        const account = this.data.account_id;
        return [
            ["is_company", "=", false],
            account ? ["commercial_partner_id", "=", account.id] : ["parent_id", "=", false],
            ...this.companyDomain,
        ];
    }

    getSearchContext() {
        return { res_partner_search_mode: "customer" };
    }
}

registry
    .category("lazy_components")
    .add("lead_management.ConversionContactField", ConversionContactField);
