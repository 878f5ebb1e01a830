import { BaseImportModel } from "@base_import/import_model";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";

import { LeadDuplicates } from "./lead_duplicates";

/** Choices for what can't be read that are told as the fields they are made for. */
const LISTS_OF_FIELDS = ["lead_notes_fields", "lead_activate_currencies"];

/**
 * The import of leads has an owner to choose, and duplicates that a test has found.
 * `lead_duplicates` and `lead_import_id` of what the server answers are kept here.
 */
patch(BaseImportModel.prototype, {
    setResModel(resModel) {
        super.setResModel(resModel);
        if (resModel === "crm.lead") {
            this.leadDuplicates = new LeadDuplicates();
            this.leadImportId = false;
            this.leadLayout = "";
            this.leadAllRows = [];
            this.leadInBackground = false;
            this.formattingOptionsValues.encoding.options.push("utf-8-sig", "mac_roman", "cp850");
            Object.assign(this.importOptionsValues, {
                lead_owner: { value: "file" },
                lead_all_rows: { value: {} },
                // In which row the titles are: 0 to guess it
                lead_title_row: { value: 0, reloadParse: true },
                lead_skip: { value: [] },
                lead_link: { value: {} },
                lead_add: { value: {} },
                lead_only_good: { value: false },
            });
            this.leadProblems = new Set();
            this.leadLeftOut = 0;
        }
    },

    get importOptions() {
        const options = super.importOptions;
        if (this.leadDuplicates) {
            for (const choice of LISTS_OF_FIELDS) {
                options[choice] = Object.keys(this.fieldsToHandle).filter(
                    (name) => this.fieldsToHandle[name]?.optionName === choice
                );
            }
        }
        return options;
    },

    set importOptions(options) {
        super.importOptions = options;
    },

    async executeImport(isTest) {
        this.leadImportId = false;
        this.leadProblems?.clear();
        this.leadLeftOut = 0;
        if (isTest) {
            this.leadDuplicates?.clear();
        }
        return super.executeImport(...arguments);
    },

    async updateData(fileChanged = false) {
        this.leadDuplicates?.reset();
        if (fileChanged && this.leadDuplicates) {
            this.importOptionsValues.lead_title_row.value = 0;
        }
        const result = await super.updateData(...arguments);
        this.applyLeadChoices();
        return result;
    },

    _onLoadSuccess(res) {
        super._onLoadSuccess(...arguments);
        if (this.leadDuplicates) {
            this.leadLayout = res.lead_layout || "";
            this.leadAllRows = res.lead_all_rows || [];
            this.leadInBackground = res.lead_in_background || false;
        }
    },

    _updateComments() {
        super._updateComments(...arguments);
        if (!this.leadDuplicates) {
            return;
        }
        for (const column of this.columns) {
            const isNote = column.fieldInfo?.fieldPath === "description";
            for (const comment of column.comments.filter((comment) => comment.fieldName)) {
                comment.content = isNote
                    ? _t("Several columns are kept there, each under its title:")
                    : _t("Of several columns the best is taken, and the rest kept in the notes:");
            }
        }
    },

    setColumnField() {
        super.setColumnField(...arguments);
        this.leadDuplicates?.reset();
        this.applyLeadChoices();
    },

    /**
     * Choose what is to become of duplicates.
     *
     * @param {Object[]} groups
     * @param {string} choice
     */
    chooseLeadDuplicates(groups, choice) {
        this.leadDuplicates.choose(groups, choice);
        this.applyLeadChoices();
    },

    applyLeadChoices() {
        if (this.leadDuplicates) {
            this.importOptions = this.leadDuplicates.options;
        }
    },

    /**
     * Start a bulk job for the file.
     *
     * @returns {Promise<Object>} the action that shows the job
     */
    startInBackground() {
        return this.orm.silent.call(
            "base_import.import",
            "start_in_background",
            [
                this.id,
                this.columns.map((column) => column.fieldInfo?.fieldPath || false),
                this.columns.map((column) => column.name.trim().toLowerCase()),
                this.formattedImportOptions,
            ],
            {
                context: {
                    ...this.context,
                    tracking_disable: this.importOptions.tracking_disable,
                },
            }
        );
    },

    async _callImport(dryrun) {
        const result = await super._callImport(...arguments);
        if (this.leadDuplicates && !result.error) {
            if (dryrun) {
                this.leadDuplicates.add(result.lead_duplicates || []);
                this.applyLeadChoices();
            }
            this.leadImportId = result.lead_import_id || this.leadImportId;
            this.leadLeftOut = result.lead_left_out || this.leadLeftOut;
            for (const message of result.messages || []) {
                if (message.type === "error" && message.number) {
                    this.leadProblems.add(message.number);
                }
            }
        }
        return result;
    },
});
