import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

import { ADD, LINK, SKIP } from "../lead_duplicates";

const SHOWN_GROUPS = 8;
const SHOWN_ROWS = 6;

/** The duplicates that the test of a file has found, each with a choice. */
export class ImportDuplicates extends Component {
    static template = "lead_management_import.ImportDuplicates";
    static props = {
        duplicates: { type: Object },
        onChosen: { type: Function },
    };

    setup() {
        this.state = useState({ opened: {} });
        this.labels = {
            skip: _t("Skip all"),
            link: _t("Link all"),
            add: _t("Add all"),
            create: _t("Create all"),
        };
    }

    get duplicates() {
        return this.props.duplicates;
    }

    get summary() {
        const groups = Object.values(this.duplicates.groups);
        const values = {
            skipped: this.duplicates.countRows(groups, SKIP),
            linked: this.duplicates.countRows(groups, LINK),
            added: this.duplicates.countRows(groups, ADD),
        };
        return values.added
            ? _t(
                  "%(skipped)s will be skipped, %(linked)s linked to an account, %(added)s added to an open lead.",
                  values
              )
            : _t("%(skipped)s will be skipped, %(linked)s linked to an account.", values);
    }

    shownGroups(section) {
        return this.state.opened[section.id]
            ? section.groups
            : section.groups.slice(0, SHOWN_GROUPS);
    }

    rowNumbers(group) {
        const numbers = group.rows.slice(0, SHOWN_ROWS).map((row) => row.number);
        const more = group.rows.length - numbers.length;
        return numbers.join(", ") + (more > 0 ? _t(" and %s more", more) : "");
    }

    isChosen(groups, choice) {
        return groups.every((group) => this.duplicates.choiceOf(group) === choice);
    }

    hiddenText(group) {
        return group.section === "lead"
            ? _t("A lead that you cannot open")
            : _t("An account that you cannot open");
    }

    score(account) {
        return `${Math.round(account.score * 100)}%`;
    }
}

registry
    .category("lazy_components")
    .add("lead_management_import.ImportDuplicates", ImportDuplicates);
