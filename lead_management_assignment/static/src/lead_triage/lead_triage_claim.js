import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

registry.category("lead_triage_keys").add(
    "m",
    {
        label: _t("Claim"),
        // The message that it gets offers Undo, which the key for that takes, too.
        run: (triage, lead) =>
            triage.call(lead, "action_claim", [], { context: { lead_notice: true } }),
    },
    { sequence: 40 }
);
