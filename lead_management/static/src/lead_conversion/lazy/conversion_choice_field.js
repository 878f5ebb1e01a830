import { _t } from "@web/core/l10n/translation";
import { Component, useRef, useState } from "@odoo/owl";
import { Many2One } from "@web/views/fields/many2one/many2one";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { convert } from "./conversion_keys";

const NOTHING = { new: false, matches: [], hidden: 0 };
let lastGroup = 0;

/**
 * One of the three questions of the dialog, as radio buttons: what was found, a new
 * record, and another one that is searched for.
 *
 * An option has a `title`, `reasons`, perhaps a `score`, and the `changes` of the dialog
 * that choosing it makes.
 */
export class ConversionChoiceField extends Component {
    static template = "lead_management.ConversionChoiceField";
    static components = { Many2One };
    static props = { ...standardFieldProps };

    setup() {
        this.root = useRef("root");
        this.group = `lead_conversion_${++lastGroup}`;
        // What was looked at and decided is not asked again.
        this.state = useState({ isSearching: false, isSettled: false });
    }

    get data() {
        return this.props.record.data;
    }

    get choices() {
        return { ...NOTHING, ...this.data[this.props.name] };
    }

    get hiddenText() {
        const { hidden } = this.choices;
        return hidden ? _t("%s more that you cannot open", hidden) : "";
    }

    /** What to look at before this is chosen as it is, if anything. */
    get doubt() {
        return this.state.isSettled ? "" : this.getDoubt();
    }

    getDoubt() {
        return "";
    }

    get isSearchOffered() {
        return true;
    }

    score(match) {
        return match.score < 1 ? `${Math.round(match.score * 100)}%` : "";
    }

    isChecked(option) {
        return option.isChosen && !this.state.isSearching;
    }

    async choose(option) {
        this.state.isSettled = true;
        this.state.isSearching = false;
        if (!this.props.readonly && !option.isDisabled && !option.isChosen) {
            await this.props.record.update(option.changes);
        }
    }

    /** Show the search, with the focus where it was chosen by a click. */
    search(ev) {
        this.state.isSearching = true;
        if (ev.detail) {
            requestAnimationFrame(() => this.root.el?.querySelector("input[type=text]")?.focus());
        }
    }

    async find(value) {
        this.state.isSettled = true;
        if (value) {
            await this.props.record.update(this.getFoundChanges(value));
            this.state.isSearching = false;
        }
    }

    get searchProps() {
        const field = this.props.record.fields[this.searchedField];
        return {
            relation: field.relation,
            value: false,
            placeholder: _t("Search…"),
            string: field.string,
            update: (value) => this.find(value),
            domain: () => this.getSearchDomain(),
            context: this.getSearchContext(),
            canCreate: false,
            canCreateEdit: false,
            canQuickCreate: false,
            canOpen: false,
            canWrite: false,
        };
    }

    /** Records of the lead's company, and of none. */
    get companyDomain() {
        const company = this.data.lead_company_id;
        return company ? [["company_id", "in", [false, company.id]]] : [];
    }

    getSearchContext() {
        return {};
    }

    /** Enter on an option converts, as in any form. */
    onKeydown(ev) {
        if (ev.key === "Enter" && ev.target.type === "radio") {
            ev.preventDefault();
            convert(this.root.el);
        }
    }
}
