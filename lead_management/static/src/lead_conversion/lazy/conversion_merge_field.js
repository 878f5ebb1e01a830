import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The way from converting to merging, and back. */
export class ConversionMergeField extends Component {
    static template = "lead_management.ConversionMergeField";
    static props = { ...standardFieldProps };

    get isMerge() {
        return this.props.record.data[this.props.name] === "merge";
    }

    get count() {
        return this.props.record.data.duplicate_count;
    }

    choose(action) {
        return this.props.record.update({ [this.props.name]: action });
    }
}

registry
    .category("lazy_components")
    .add("lead_management.ConversionMergeField", ConversionMergeField);
