import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

const CHANNEL = "lead_management_response/new_leads";

/** Tells the user of leads that somebody else has just given them, wherever they are. */
export const newLeadService = {
    dependencies: ["action", "bus_service", "notification"],
    start(env, { action, bus_service: bus, notification }) {
        bus.subscribe(CHANNEL, ({ count, id, name }) => {
            const close = notification.add(
                count > 1 ? _t("%s new leads are yours.", count) : _t("“%s” is yours.", name),
                {
                    title: count > 1 ? _t("New leads") : _t("New lead"),
                    type: "info",
                    autocloseDelay: 15000,
                    className: "o_new_lead",
                    buttons: [
                        {
                            name: _t("Open"),
                            primary: true,
                            onClick: () => {
                                close();
                                if (count > 1) {
                                    return action.doAction(
                                        "lead_management.crm_lead_action_unread"
                                    );
                                }
                                return action.doAction("lead_management.crm_lead_action_all", {
                                    viewType: "form",
                                    props: { resId: id },
                                });
                            },
                        },
                    ],
                }
            );
        });
        bus.start();
    },
};

registry.category("services").add("lead_new", newLeadService);
