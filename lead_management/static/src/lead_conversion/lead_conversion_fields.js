import { registry } from "@web/core/registry";
import { charField } from "@web/views/fields/char/char_field";
import { lazyComponent } from "../lazy_component/lazy_component";

registry.category("fields").add("lead_conversion_account", {
    component: lazyComponent("lead_management.ConversionAccountField"),
    supportedTypes: ["json"],
    fieldDependencies: [
        { name: "account_id", type: "many2one" },
        { name: "contact_id", type: "many2one" },
        { name: "commercial_partner_id", type: "many2one" },
        { name: "is_new_account", type: "boolean" },
        { name: "lead_company_id", type: "many2one" },
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
        { name: "lead_partner_name", type: "char" },
        { name: "lead_company_id", type: "many2one" },
        { name: "action", type: "selection" },
    ],
});
registry.category("fields").add("lead_conversion_opportunity", {
    component: lazyComponent("lead_management.ConversionOpportunityField"),
    supportedTypes: ["json"],
    fieldDependencies: [
        { name: "lead_id", type: "many2one" },
        { name: "account_id", type: "many2one" },
        { name: "contact_id", type: "many2one" },
        { name: "opportunity_id", type: "many2one", readonly: false },
        { name: "has_opportunities", type: "boolean" },
        { name: "lead_company_id", type: "many2one" },
        { name: "result", type: "selection", readonly: false },
    ],
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
registry.category("fields").add("lead_conversion_values", {
    component: lazyComponent("lead_management.ConversionValuesField"),
    supportedTypes: ["one2many"],
    useSubView: true,
    fieldDependencies: [
        { name: "address_question", type: "json" },
        { name: "shares_address", type: "boolean", readonly: false },
    ],
});
registry.category("fields").add("lead_conversion_merge", {
    component: lazyComponent("lead_management.ConversionMergeField"),
    supportedTypes: ["selection"],
    fieldDependencies: [{ name: "duplicate_count", type: "integer" }],
});
