import { serializeDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const { DateTime } = luxon;
const keys = registry.category("lead_triage_keys");

for (const stars of ["1", "2", "3", "4", "5"]) {
    keys.add(
        stars,
        {
            // Told once for all five
            label: stars === "1" ? _t("Stars") : "",
            shown: "1–5",
            run: async (triage, lead) => {
                const { stars: before, stars_manual: isManual } = lead;
                if (await triage.write(lead, { stars })) {
                    triage.remember(lead, _t("Stars: %s", stars), ({ orm }) =>
                        isManual
                            ? orm.write("crm.lead", [lead.id], { stars: before })
                            : orm.call("crm.lead", "action_reset_stars", [[lead.id]])
                    );
                }
            },
        },
        { sequence: 10 }
    );
}

keys.add(
    "q",
    { label: _t("Qualify"), run: (triage) => triage.focusIn(".o_bant_answers [tabindex='0']") },
    { sequence: 30 }
);

keys.add(
    "v",
    {
        label: _t("Convert"),
        run: (triage, lead) => triage.call(lead, "action_open_convert"),
    },
    { sequence: 50 }
);

keys.add(
    "r",
    {
        label: _t("Recycle"),
        run: async (triage, lead) => {
            const [before] = lead.status_id;
            const [[statusId], [status]] = await Promise.all([
                triage.orm.search("crm.lead.status", [["category", "=", "recycled"]], {
                    limit: 1,
                }),
                triage.orm.read("crm.lead.status", [before], ["next_status_ids"]),
            ]);
            if (!status.next_status_ids.includes(statusId)) {
                // Says where it can go; managers, who may do this, are asked for the day.
                return triage.call(lead, "action_set_status", [statusId]);
            }
            const recycle = async (span) => {
                const recycle_date = serializeDate(DateTime.now().plus(span));
                if (await triage.write(lead, { status_id: statusId, recycle_date })) {
                    triage.remember(lead, _t("Recycled"), ({ orm }) =>
                        orm.write("crm.lead", [lead.id], { status_id: before })
                    );
                }
            };
            triage.choose(
                _t("Until when?"),
                [
                    { label: _t("In a week"), run: () => recycle({ weeks: 1 }) },
                    { label: _t("In a month"), run: () => recycle({ months: 1 }) },
                    { label: _t("In three months"), run: () => recycle({ months: 3 }) },
                ],
                () => triage.call(lead, "action_set_status", [statusId])
            );
        },
    },
    { sequence: 60 }
);

keys.add(
    "d",
    {
        label: _t("Dead"),
        run: async (triage, lead) => {
            const reasons = await triage.orm
                .cache()
                .searchRead("crm.lost.reason", [], ["display_name"], { limit: 9 });
            const lose = async (reason) => {
                const values = { lost_reason_id: reason.id };
                if (await triage.call(lead, "action_set_lost", [], values)) {
                    triage.remember(lead, _t("Dead"), ({ orm }) =>
                        orm.call("crm.lead", "action_restore", [[lead.id]])
                    );
                }
            };
            triage.choose(
                _t("Why?"),
                reasons.map((reason) => ({
                    label: reason.display_name,
                    run: () => lose(reason),
                })),
                () => triage.call(lead, "action_open_lost")
            );
        },
    },
    { sequence: 70 }
);

keys.add("n", { label: _t("Next"), run: (triage) => triage.move(1) }, { sequence: 80 });
keys.add("p", { label: _t("Previous"), run: (triage) => triage.move(-1) }, { sequence: 81 });
keys.add("z", { label: _t("Undo the last"), run: (triage) => triage.undo() }, { sequence: 90 });
