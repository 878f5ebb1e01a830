import { ImportAction } from "@base_import/import_action/import_action";
import { ImportDataContent } from "@base_import/import_data_content/import_data_content";
import { ImportDataOptions } from "@base_import/import_data_options/import_data_options";
import { ImportDataSidepanel } from "@base_import/import_data_sidepanel/import_data_sidepanel";
import { onWillStart } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { user } from "@web/core/user";
import { patch } from "@web/core/utils/patch";

import { lazyComponent } from "@lead_management/lazy_component/lazy_component";
import { ADD, LINK, SKIP } from "./lead_duplicates";

ImportDataContent.components = {
    ...ImportDataContent.components,
    ImportDuplicates: lazyComponent("lead_management_import.ImportDuplicates"),
};
ImportDataContent.props = {
    ...ImportDataContent.props,
    leadDuplicates: { type: Object, optional: true },
    leadLayout: { type: String, optional: true },
    leadProblems: { type: Object, optional: true },
    onLeadGoodRows: { type: Function, optional: true },
    onLeadDuplicatesChosen: { type: Function, optional: true },
};

ImportDataSidepanel.components = {
    ...ImportDataSidepanel.components,
    ImportAllRows: lazyComponent("lead_management_import.ImportAllRows"),
};
ImportDataSidepanel.props = {
    ...ImportDataSidepanel.props,
    leadAllRows: { type: Array, optional: true },
    leadInBackground: { type: Boolean, optional: true },
};

patch(ImportDataContent.prototype, {
    get columnsLeftOut() {
        return this.props.columns.filter((column) => !this.props.isFieldSet(column));
    },

    get columnsText() {
        const all = this.props.columns.length;
        const left = this.columnsLeftOut;
        if (!left.length) {
            return _t("All %s columns will be imported.", all);
        }
        return _t("%(count)s of %(all)s columns will be imported; these stay out: %(titles)s.", {
            count: all - left.length,
            all,
            titles: left.map((column) => column.name || _t("Untitled")).join(", "),
        });
    },

    /** Keep what no field takes in the notes, under its title. */
    putIntoNotes() {
        for (const column of this.columnsLeftOut) {
            this.onFieldChanged(column, "description");
        }
    },
});

patch(ImportDataSidepanel.prototype, {
    setup() {
        super.setup(...arguments);
        onWillStart(async () => {
            this.mayAssignByRules =
                Boolean(this.props.options.lead_owner) &&
                (await user.hasGroup("sales_team.group_sale_salesman_all_leads"));
        });
    },
});

patch(ImportDataOptions.prototype, {
    get isOfLead() {
        return this.props.fieldInfo.model_name === "crm.lead";
    },

    get isVisible() {
        return super.isVisible || this.isOfLead;
    },

    async loadOptions() {
        const options = await super.loadOptions();
        if (!this.isOfLead || this.props.fieldInfo.required) {
            return options;
        }
        if (this.props.fieldInfo.type === "monetary" && user.isSystem) {
            options.push(["lead_activate_currencies", _t("Activate the currencies")]);
        }
        const known = new Set(options.map(([name]) => name));
        const more = [
            ["lead_notes_fields", _t("Leave empty, and put the text into the notes")],
            ["import_set_empty_fields", _t("Leave empty")],
            ["import_skip_records", _t("Skip the row")],
        ].filter(([name]) => !known.has(name));
        return [options[0], ...more, ...options.slice(1)];
    },

    onSelectionChanged(ev) {
        const choice = ev.target.value;
        const choicesOfLeads = [
            "lead_activate_currencies",
            "lead_notes_fields",
            "import_set_empty_fields",
            "import_skip_records",
            "prevent",
        ];
        if (this.isOfLead && choicesOfLeads.includes(choice)) {
            // What is prevented is nothing to be handled.
            return this.props.onOptionChanged(choice, choice, this.props.fieldInfo.fieldPath);
        }
        return super.onSelectionChanged(...arguments);
    },
});

patch(ImportAction.prototype, {
    /** Import the rows without problems; the others are kept as a file. */
    async importGoodRows() {
        this.model.importOptions = { lead_only_good: true };
        try {
            await this.handleImport(false);
        } finally {
            this.model.importOptions = { lead_only_good: false };
        }
    },

    get totalSteps() {
        return this.isTestingFirstRows ? 1 : super.totalSteps;
    },

    async handleImport(isTest = true) {
        if (!isTest && this.model.leadInBackground) {
            return this.importInBackground();
        }
        await super.handleImport(...arguments);
        if (!isTest && this.model.leadImportId && !this.state.isPaused) {
            this.notifyOfLeadImport();
        }
    },

    /**
     * Start a bulk job. What is wrong with a column, and duplicates, are seen in the first
     * rows: where nobody has tested the file, these are tested before.
     */
    async importInBackground() {
        if (!this.state.isTested && !this.importOptions.lead_only_good) {
            this.isTestingFirstRows = true;
            try {
                await this.handleImport(true);
            } finally {
                this.isTestingFirstRows = false;
            }
            if (!this.state.isTested || this.model.leadDuplicates.count) {
                return;
            }
        }
        this.model.block();
        let action;
        try {
            action = await this.model.startInBackground();
        } finally {
            this.model.unblock();
        }
        return this.actionService.doAction(action);
    },

    /** Say what became of duplicates, and where the import can be undone. */
    notifyOfLeadImport() {
        const duplicates = this.model.leadDuplicates;
        const groups = Object.values(duplicates.groups);
        const importId = this.model.leadImportId;
        const skipped = duplicates.countRows(groups, SKIP);
        const linked = duplicates.countRows(groups, LINK);
        const added = duplicates.countRows(groups, ADD);
        const leftOut = this.model.leadLeftOut;
        if (leftOut) {
            this.notification.add(
                _t(
                    "Rows left out: %s. They are kept as a file, with the reasons, to be corrected and imported.",
                    leftOut
                ),
                {
                    type: "warning",
                    sticky: true,
                    buttons: [
                        {
                            name: _t("Download them"),
                            onClick: () =>
                                download({
                                    url: "/web/content",
                                    data: {
                                        model: "crm.lead.import",
                                        id: importId,
                                        field: "left_out_file",
                                        filename_field: "left_out_name",
                                        download: true,
                                    },
                                }),
                        },
                    ],
                }
            );
        }
        this.notification.add(
            added
                ? _t(
                      "Rows skipped: %(skipped)s. Linked to an account: %(linked)s. Added to open leads: %(added)s.",
                      { skipped, linked, added }
                  )
                : skipped || linked
                  ? _t("Rows skipped: %(skipped)s. Linked to an account: %(linked)s.", {
                        skipped,
                        linked,
                    })
                  : _t("The import is remembered under Leads, Tools, Past Imports."),
            {
                type: "info",
                buttons: [
                    {
                        name: _t("Details and undo"),
                        onClick: () =>
                            this.actionService.doAction({
                                type: "ir.actions.act_window",
                                res_model: "crm.lead.import",
                                res_id: importId,
                                views: [[false, "form"]],
                            }),
                    },
                ],
            }
        );
    },
});
