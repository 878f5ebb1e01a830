import { registry } from "@web/core/registry";
import { charField } from "@web/views/fields/char/char_field";
import { RadioField, radioField } from "@web/views/fields/radio/radio_field";
import { lazyComponent } from "../lazy_component/lazy_component";

registry.category("fields").add("lead_conversion_account", {
    component: lazyComponent("lead_management.ConversionAccountField"),
    supportedTypes: ["json"],
    fieldDependencies: [
        { name: "account_id", type: "many2one" },
        { name: "contact_id", type: "many2one" },
        { name: "commercial_partner_id", type: "many2one" },
        { name: "is_new_account", type: "boolean" },
        { name: "action", type: "selection" },
    ],
});
registry.category("fields").add("lead_conversion_contact", {
    component: lazyComponent("lead_management.ConversionContactField"),
    supportedTypes: ["json"],
    fieldDependencies: [
        { name: "account_id", type: "many2one" },
        { name: "contact_id", type: "many2one" },
        { name: "partner_id", type: "many2one" },
        { name: "same_person_id", type: "many2one" },
        { name: "action", type: "selection" },
    ],
});
/** What a lead becomes: an existing opportunity only where there is one. */
class ConversionResultField extends RadioField {
    get items() {
        const { has_opportunities: hasOpportunities } = this.props.record.data;
        return super.items.filter(
            ([value]) => value !== "existing" || hasOpportunities || this.value === value
        );
    }
}

registry.category("fields").add("lead_conversion_result", {
    ...radioField,
    component: ConversionResultField,
    supportedTypes: ["selection"],
    additionalClasses: ["o_field_radio"],
    fieldDependencies: [{ name: "has_opportunities", type: "boolean" }],
});
registry.category("fields").add("lead_conversion_plan", {
    component: lazyComponent("lead_management.ConversionPlanField"),
    supportedTypes: ["json"],
});
registry.category("fields").add("lead_conversion_value", {
    ...charField,
    component: lazyComponent("lead_management.ConversionValueField"),
    fieldDependencies: [
        { name: "comodel", type: "char" },
        { name: "value_id", type: "integer", readonly: false },
        { name: "field_name", type: "char" },
    ],
});
