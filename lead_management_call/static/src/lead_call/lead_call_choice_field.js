import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { RadioField, radioField } from "@web/views/fields/radio/radio_field";

/** The radio buttons of Odoo, drawn as buttons: one click, and arrow keys between them. */
export class LeadCallChoiceField extends RadioField {
    static template = "lead_management_call.LeadCallChoiceField";
}

registry.category("fields").add("lead_call_choice", {
    ...radioField,
    component: LeadCallChoiceField,
    displayName: _t("Choice of a call"),
    supportedOptions: [],
});
