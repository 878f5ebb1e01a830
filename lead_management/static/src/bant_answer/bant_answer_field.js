import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { RadioField, radioField } from "@web/views/fields/radio/radio_field";

/**
 * The answer to a qualification question: the radio buttons of Odoo, drawn as one row of
 * connected buttons.
 */
export class BantAnswerField extends RadioField {
    static template = "lead_management.BantAnswerField";

    get label() {
        const item = this.items.find(([value]) => value === this.value);
        return item ? item[1] : "";
    }
}

export const bantAnswerField = {
    ...radioField,
    component: BantAnswerField,
    displayName: _t("Qualification answer"),
    supportedOptions: [],
    supportedTypes: ["selection"],
};

registry.category("fields").add("bant_answer", bantAnswerField);
