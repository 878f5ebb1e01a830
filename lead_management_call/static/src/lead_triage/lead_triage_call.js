import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

registry.category("lead_triage_keys").add(
    "c",
    {
        label: _t("Log a call"),
        run: (triage, lead) => triage.call(lead, "action_log_call"),
    },
    { sequence: 20 }
);
