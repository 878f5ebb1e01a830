import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { lazyComponent } from "@lead_management/lazy_component/lazy_component";

registry.category("fields").add("lead_bulk_changes", {
    component: lazyComponent("lead_management_bulk.LeadBulkChangesField"),
    displayName: _t("Fields of a mass update"),
    supportedTypes: ["json"],
});
registry.category("fields").add("lead_bulk_progress", {
    component: lazyComponent("lead_management_bulk.LeadBulkProgressField"),
    displayName: _t("Progress of a bulk job"),
    supportedTypes: ["float"],
    fieldDependencies: [
        { name: "state", type: "selection" },
        { name: "done_count", type: "integer" },
        { name: "total", type: "integer" },
        { name: "failed_count", type: "integer" },
        { name: "time_left", type: "char" },
        { name: "is_waiting", type: "boolean" },
    ],
});
