import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

registry.category("lead_triage_keys").add(
    "m",
    {
        label: _t("Claim"),
        run: async (triage, lead) => {
            const { orm } = triage;
            const [{ queue_id: queue }] = await orm.read("crm.lead", [lead.id], ["queue_id"]);
            await triage.call(lead, "action_claim", [], { context: { lead_notice: true } });
            triage.remember(lead, _t("Claim"), () =>
                orm.write(
                    "crm.lead",
                    [lead.id],
                    queue ? { queue_id: queue[0] } : { user_id: false }
                )
            );
        },
    },
    { sequence: 40 }
);
