import { registry } from "@web/core/registry";
import { CharField } from "@web/views/fields/char/char_field";
import { Many2One } from "@web/views/fields/many2one/many2one";

/** The value of a line of the review: typed, or a record to choose. */
export class ConversionValueField extends CharField {
    static template = "lead_management.ConversionValueField";
    static components = { ...CharField.components, Many2One };

    get many2oneProps() {
        const { comodel, value_id, value, field_name } = this.props.record.data;
        return {
            relation: comodel,
            readonly: this.props.readonly,
            value: value_id ? { id: value_id, display_name: value || "" } : false,
            update: (record) =>
                this.props.record.update({
                    value_id: record ? record.id : 0,
                    [this.props.name]: record ? record.display_name : false,
                }),
            domain: () => DOMAINS[field_name] || [],
            canCreate: false,
            canOpen: false,
            canWrite: false,
        };
    }
}

const DOMAINS = {
    user_id: [["share", "=", false]],
    lead_source_id: [["is_lead_source", "=", true]],
};

registry
    .category("lazy_components")
    .add("lead_management.ConversionValueField", ConversionValueField);
