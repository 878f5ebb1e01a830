import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { MultiRecordSelector } from "@web/core/record_selectors/multi_record_selector";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { registry } from "@web/core/registry";

const HOLDERS = ["user_id", "queue_id"];

/** What all new leads of a file get: each field with a record, or several, to choose. */
export class ImportAllRows extends Component {
    static template = "lead_management_import.ImportAllRows";
    static components = { MultiRecordSelector, RecordSelector };
    static props = {
        fields: { type: Array },
        owner: { type: String },
        values: { type: Object },
        onChosen: { type: Function },
    };

    /** Whom the leads are for is asked where the owner says that there is one. */
    get fields() {
        return this.props.fields.filter(
            ({ name }) => !HOLDERS.includes(name) || name === `${this.props.owner}_id`
        );
    }

    isHolder(field) {
        return HOLDERS.includes(field.name);
    }

    placeholder(field) {
        return this.isHolder(field) ? _t("Choose…") : _t("As in the file");
    }

    choose(field, value) {
        this.props.onChosen({ ...this.props.values, [field.name]: value });
    }
}

registry.category("lazy_components").add("lead_management_import.ImportAllRows", ImportAllRows);
