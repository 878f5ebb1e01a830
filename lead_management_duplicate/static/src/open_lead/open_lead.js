import { useState } from "@odoo/owl";
import { AccountMatch } from "@lead_management/account_match/account_match";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const SOURCE = {
    fields: [
        "partner_name",
        "contact_name",
        "contact_first_name",
        "contact_last_name",
        "website",
        "email_from",
        "phone",
        "country_id",
        "company_id",
    ],
    method: "find_open_leads_of_form",
    isAsked: (values) => values.partner_name || values.email_from || values.phone || values.website,
};

/** Says of what kind an open lead is, and of whom. */
export function sayWhat({ type, is_person: isPerson }) {
    if (type === "opportunity") {
        return isPerson
            ? _t("is an open opportunity of this person")
            : _t("is an open opportunity of this company");
    }
    return isPerson ? _t("is an open lead of this person") : _t("is an open lead of this company");
}

/** Says why, and whose it is. */
export function sayWhy({ reasons, owner }) {
    return [...reasons, ...(owner ? [_t("owner: %s", owner)] : [])].join(", ");
}

export function sayHidden({ hidden, leads }) {
    if (!hidden) {
        return "";
    }
    return leads.length
        ? _t("and %s you cannot open", hidden)
        : _t("Open leads of this person or company that you cannot open: %s", hidden);
}

/**
 * The open leads of the person or company that is being typed. One may look at them, or
 * add to one what was typed: a lead that isn't saved yet is not created then, and one
 * that is there is merged.
 */
export class OpenLeads extends AccountMatch {
    static template = "lead_management_duplicate.OpenLeads";

    setup() {
        super.setup();
        Object.assign(this, { sayWhat, sayWhy });
    }

    useAnswer() {
        return useState({ answer: {} });
    }

    get source() {
        return SOURCE;
    }

    get foundModel() {
        return "crm.lead";
    }

    get values() {
        return { ...super.values, id: this.props.record.resId || 0 };
    }

    get leads() {
        return this.state.answer.leads || [];
    }

    get hiddenLeads() {
        return sayHidden({ hidden: this.state.answer.hidden, leads: this.leads });
    }

    async addTo(match) {
        const { record } = this.props;
        let action;
        if (record.isNew) {
            action = await this.orm.call("crm.lead", "add_typed_values", [
                [match.id],
                await record.getChanges(),
            ]);
            await record.discard();
        } else {
            if (!(await record.save())) {
                return;
            }
            action = await this.orm.call("crm.lead", "merge_into_open_lead", [
                [record.resId],
                match.id,
            ]);
        }
        await this.action.doAction(action, { stackPosition: "replaceCurrentAction" });
    }
}

registry.category("view_widgets").add("lead_open_leads", { component: OpenLeads });
