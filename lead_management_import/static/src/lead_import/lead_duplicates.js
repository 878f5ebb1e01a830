import { _t } from "@web/core/l10n/translation";

export const SKIP = "skip";
export const LINK = "link";
export const ADD = "add";
export const CREATE = "create";

/**
 * The sections of duplicates, in the order in which they are shown, and what becomes of
 * their rows unless somebody chooses otherwise.
 */
const SECTIONS = [
    {
        id: "lead",
        title: _t("Already open as a lead"),
        help: _t("The same email or phone, or the same person of the same company"),
        choice: SKIP,
    },
    {
        id: "row",
        title: _t("Twice in the file"),
        help: _t("The same as a row further up"),
        choice: SKIP,
    },
    {
        id: "sure",
        title: _t("Of an existing account"),
        help: _t("Linked leads are converted into this account"),
        choice: LINK,
    },
    {
        id: "possible",
        title: _t("Perhaps of an existing account"),
        help: _t("The account resembles the company: please check"),
        choice: CREATE,
    },
];

/**
 * The rows of a tested file that may be there already, and what is to become of them.
 *
 * Rows that repeat the same lead, row or account are one group, with one choice. What
 * was chosen for a group is kept when the file is tested again.
 */
export class LeadDuplicates {
    constructor() {
        this.reset();
    }

    /** Forget rows and choices: another file, or other columns. */
    reset() {
        this.clear();
        this.choices = {};
    }

    /** Forget the rows, because the file is tested again. */
    clear() {
        this.groups = {};
    }

    /**
     * @param {Object[]} rows as the server tells them
     */
    add(rows) {
        for (const row of rows) {
            const section = row.kind === "account" ? (row.is_sure ? "sure" : "possible") : row.kind;
            const target = (row[{ lead: "lead", account: "account" }[row.kind]] || {}).id;
            const key = [section, target || row.first || `row ${row.row}`].join(" ");
            this.groups[key] ||= {
                key,
                section,
                lead: row.lead,
                account: row.account,
                first: row.first,
                hidden: row.hidden,
                adds: true,
                rows: [],
            };
            const group = this.groups[key];
            group.account ||= row.account;
            group.adds &&= row.adds;
            group.rows.push({ row: row.row, number: row.number, label: row.label });
        }
    }

    get count() {
        return this.countRows(Object.values(this.groups));
    }

    countRows(groups, choice) {
        return groups
            .filter((group) => !choice || this.choiceOf(group) === choice)
            .reduce((count, group) => count + group.rows.length, 0);
    }

    get sections() {
        const groups = Object.values(this.groups);
        return SECTIONS.map((section) => {
            const own = groups.filter((group) => group.section === section.id);
            return {
                ...section,
                groups: own,
                count: this.countRows(own),
                choices: [
                    ...new Set(own.flatMap((group) => this.choicesOf(group).map((c) => c.id))),
                ],
            };
        }).filter((section) => section.count);
    }

    /**
     * @returns {Object[]} what can become of a group
     */
    choicesOf(group) {
        return [
            { id: SKIP, label: _t("Skip") },
            ...(group.section === "lead" && group.lead?.can_add
                ? [{ id: ADD, label: _t("Add to it") }]
                : []),
            ...(group.account ? [{ id: LINK, label: _t("Link") }] : []),
            { id: CREATE, label: _t("Create") },
        ];
    }

    choiceOf(group) {
        const section = SECTIONS.find((section) => section.id === group.section);
        const choice =
            this.choices[group.key] ||
            (group.section === "lead" && group.adds ? ADD : section.choice);
        return choice === LINK && !group.account ? CREATE : choice;
    }

    choose(groups, choice) {
        for (const group of groups) {
            if (this.choicesOf(group).some((possible) => possible.id === choice)) {
                this.choices[group.key] = choice;
            }
        }
    }

    /**
     * @returns {Object} the choices as options of the import
     */
    get options() {
        const options = { lead_skip: [], lead_link: {}, lead_add: {} };
        for (const group of Object.values(this.groups)) {
            const choice = this.choiceOf(group);
            const rows = group.rows.map((row) => row.row);
            if (choice === SKIP) {
                options.lead_skip.push(...rows);
            } else if (choice === LINK) {
                options.lead_link[group.account.id] ||= [];
                options.lead_link[group.account.id].push(...rows);
            } else if (choice === ADD) {
                options.lead_add[group.lead.id] ||= [];
                options.lead_add[group.lead.id].push(...rows);
            }
        }
        return options;
    }
}
