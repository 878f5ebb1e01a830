import { registry } from "@web/core/registry";
import {
    FieldSelectorField,
    fieldSelectorField,
} from "@web/views/fields/field_selector/field_selector_field";

/**
 * A field to choose, of those that the record offers: the option `offered` is the field that has
 * their names.
 */
export class LeadFieldField extends FieldSelectorField {
    static props = { ...FieldSelectorField.props, offered: { type: String, optional: true } };

    filter(fieldDef) {
        if (fieldDef.is_property) {
            return fieldDef.type !== "separator";
        }
        const offered = this.props.record.data[this.props.offered] || [];
        return offered.includes(fieldDef.name);
    }
}

registry.category("fields").add("lead_field", {
    ...fieldSelectorField,
    component: LeadFieldField,
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...fieldSelectorField.extractProps(fieldInfo, dynamicInfo),
        offered: fieldInfo.options.offered,
    }),
});
