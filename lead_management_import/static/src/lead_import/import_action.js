import { ImportAction } from "@base_import/import_action/import_action";
import { ImportDataContent } from "@base_import/import_data_content/import_data_content";
import { ImportDataSidepanel } from "@base_import/import_data_sidepanel/import_data_sidepanel";
import { onWillStart } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { patch } from "@web/core/utils/patch";

import { lazyComponent } from "@lead_management/lazy_component/lazy_component";
import { LINK, SKIP } from "./lead_duplicates";

ImportDataContent.components = {
    ...ImportDataContent.components,
    ImportDuplicates: lazyComponent("lead_management_import.ImportDuplicates"),
};
ImportDataContent.props = {
    ...ImportDataContent.props,
    leadDuplicates: { type: Object, optional: true },
    leadLayout: { type: String, optional: true },
    onLeadDuplicatesChosen: { type: Function, optional: true },
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

patch(ImportAction.prototype, {
    async handleImport(isTest = true) {
        await super.handleImport(...arguments);
        if (!isTest && this.model.leadImportId && !this.state.isPaused) {
            this.notifyOfLeadImport();
        }
    },

    /** Say what became of duplicates, and where the import can be undone. */
    notifyOfLeadImport() {
        const duplicates = this.model.leadDuplicates;
        const groups = Object.values(duplicates.groups);
        const importId = this.model.leadImportId;
        const skipped = duplicates.countRows(groups, SKIP);
        const linked = duplicates.countRows(groups, LINK);
        this.notification.add(
            skipped || linked
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
