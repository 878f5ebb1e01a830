import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

// Somebody was faster: that is news, no error to be confirmed in a dialog.
registry
    .category("error_notifications")
    .add("odoo.addons.lead_management_assignment.exceptions.ClaimRefused", {
        title: _t("Not yours"),
        type: "warning",
    });
