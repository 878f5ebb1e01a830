import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { ConversionChoiceField } from "./conversion_choice_field";

/** What the deal becomes: a new opportunity, a part of one that is there, or none yet. */
export class ConversionOpportunityField extends ConversionChoiceField {
    searchedField = "opportunity_id";

    get label() {
        return _t("Opportunity");
    }

    get options() {
        const { result, opportunity_id: chosen } = this.data;
        const isExisting = result === "existing";
        const options = [
            {
                key: "new",
                title: _t("New opportunity"),
                isChosen: result === "opportunity",
                changes: { result: "opportunity", opportunity_id: false },
            },
        ];
        for (const match of this.choices.matches) {
            options.push({
                key: match.id,
                title: _t("Into “%s”", match.display_name),
                hint: match.reasons.join(", "),
                isChosen: isExisting && match.id === chosen.id,
                changes: this.getFoundChanges(match),
            });
        }
        if (isExisting && chosen && !options.some((option) => option.isChosen)) {
            options.push({
                key: chosen.id,
                title: _t("Into “%s”", chosen.display_name),
                hint: _t("chosen by you"),
                isChosen: true,
            });
        }
        options.push({
            key: "none",
            title: _t("No opportunity yet"),
            isChosen: result === "account",
            changes: { result: "account", opportunity_id: false },
        });
        return options;
    }

    get isSearchOffered() {
        return this.data.has_opportunities;
    }

    getFoundChanges({ id, display_name }) {
        return { result: "existing", opportunity_id: { id, display_name } };
    }

    getSearchDomain() {
        const { account_id: account, contact_id: contact } = this.data;
        const customer = account || contact;
        return [
            ["type", "=", "opportunity"],
            ["won_status", "=", "pending"],
            ...(customer
                ? ["|", ["partner_id", "=", false], ["partner_id", "child_of", [customer.id]]]
                : [["partner_id", "=", false]]),
            ...this.companyDomain,
        ];
    }

    getSearchContext() {
        const { lead_id: lead, account_id: account, contact_id: contact } = this.data;
        return {
            conversion_lead_id: lead.id,
            conversion_account_id: account.id || false,
            conversion_contact_id: contact.id || false,
        };
    }
}

registry
    .category("lazy_components")
    .add("lead_management.ConversionOpportunityField", ConversionOpportunityField);
