import { Component, onWillStart, useState } from "@odoo/owl";
import { serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { SelectMenu } from "@web/core/select_menu/select_menu";
import { sortBy } from "@web/core/utils/arrays";
import { useService } from "@web/core/utils/hooks";
import { Record } from "@web/model/record";
import { Field } from "@web/views/fields/field";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const LISTS = ["many2many", "tags"];
const WIDGETS = { many2many: "many2many_tags", user_id: "many2one_avatar_user" };
const INITIAL_VALUES = {
    boolean: true,
    many2many: [],
    tags: [],
    integer: 0,
    float: 0,
    monetary: 0,
};

/**
 * The value of one field, entered as in the lead's own form. Its props never change, so
 * that the record it stands on is not loaded anew while one types.
 */
class LeadBulkValue extends Component {
    static template = "lead_management_bulk.LeadBulkValue";
    static components = { Field, Record, SelectMenu };
    static props = { name: String, field: Object, onChange: Function };

    setup() {
        const { field } = this.props;
        // A property has its field's name before its own.
        const name = (this.name = this.props.name.replaceAll(".", "_"));
        if (field.type === "tags") {
            this.tags = useState({ keys: [] });
            return;
        }
        const activeField = { context: "{}", options: {}, attrs: {} };
        if (field.type === "many2many") {
            activeField.related = this.getTagFields();
        }
        this.recordProps = {
            resModel: "crm.lead",
            fields: { [name]: { ...field, name, domain: [], required: false } },
            activeFields: { [name]: activeField },
            values: { [name]: INITIAL_VALUES[field.type] ?? false },
            mode: "edit",
            hooks: {
                onRecordChanged: (record) =>
                    this.props.onChange(toServer(field, record.data[name])),
            },
        };
    }

    get widget() {
        const { name, field } = this.props;
        return WIDGETS[name] || WIDGETS[field.type] || field.type;
    }

    get tagChoices() {
        return this.props.field.selection.map(([value, label]) => ({ value, label }));
    }

    chooseTags(keys) {
        this.tags.keys = keys;
        this.props.onChange(keys);
    }

    getTagFields() {
        const fields = { display_name: { name: "display_name", type: "char" } };
        if (this.props.field.relation === "crm.tag") {
            fields.color = { name: "color", type: "integer" };
        }
        const activeFields = {};
        for (const name in fields) {
            activeFields[name] = { attrs: {}, options: {} };
        }
        return { fields, activeFields };
    }
}

/** Return a value of the client as `write` takes it. */
function toServer({ type }, value) {
    if (type === "many2one") {
        return value ? value.id : false;
    }
    if (type === "many2many") {
        return value.currentIds;
    }
    if (value && type === "date") {
        return serializeDate(value);
    }
    if (value && type === "datetime") {
        return serializeDateTime(value);
    }
    return value;
}

/**
 * The fields of a mass update: a line for each, with the field, what to do with it and
 * the value, which is entered as in the lead's own form.
 */
export class LeadBulkChangesField extends Component {
    static template = "lead_management_bulk.LeadBulkChangesField";
    static components = { LeadBulkValue, SelectMenu };
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.nextKey = 1;
        this.state = useState({ lines: [] });
        onWillStart(async () => {
            this.fields = await this.orm.call("crm.lead.bulk", "get_updatable_fields", []);
            this.addLine();
        });
    }

    // -- what there is to choose ------------------------------------------------

    getFieldChoices(line) {
        const taken = this.state.lines.filter((other) => other !== line).map((l) => l.name);
        const choices = Object.entries(this.fields)
            .filter(([name]) => !taken.includes(name))
            .map(([name, field]) => ({ value: name, label: field.string }));
        return sortBy(choices, "label");
    }

    getWayChoices(line) {
        const labels = {
            set: LISTS.includes(line.field.type) ? _t("Replace with") : _t("Set to"),
            clear: _t("Make empty"),
            add: _t("Add"),
            remove: _t("Remove"),
        };
        return line.field.ways.map((way) => ({ value: way, label: labels[way] }));
    }

    // -- what is done -----------------------------------------------------------

    addLine() {
        this.state.lines.push({ key: this.nextKey++ });
    }

    removeLine(line) {
        this.state.lines.splice(this.state.lines.indexOf(line), 1);
        this.save();
    }

    chooseField(line, name) {
        const field = this.fields[name];
        // A new key, for a value of the new field
        const key = this.nextKey++;
        const value = INITIAL_VALUES[field.type] ?? false;
        Object.assign(line, { key, name, field, value, way: field.ways[0] });
        line.onChange = (changed) => {
            line.value = changed;
            this.save();
        };
        this.save();
    }

    chooseWay(line, way) {
        line.way = way;
        this.save();
    }

    save() {
        const changes = this.state.lines
            .filter((line) => line.name)
            .map(({ name, way, value }) => ({ field: name, way, value }));
        this.props.record.update({ [this.props.name]: changes });
    }
}

registry
    .category("lazy_components")
    .add("lead_management_bulk.LeadBulkChangesField", LeadBulkChangesField);
