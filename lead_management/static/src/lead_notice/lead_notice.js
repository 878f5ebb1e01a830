import { registry } from "@web/core/registry";

const SHOWN_FOR = 10000; // long enough to read names and to think of Undo

/**
 * Say what was done, with buttons that open the results or take it back.
 *
 * The action's params: `message`, `type`, `buttons` (each has a `name` and either an
 * `action` to do, or a `method` to call on the records `ids` of a `model`), `next`.
 */
function leadNotice(env, { params }) {
    const { action, notification, orm } = env.services;
    const close = notification.add(params.message, {
        type: params.type || "success",
        className: "o_lead_notice",
        autocloseDelay: SHOWN_FOR,
        buttons: (params.buttons || []).map((button) => ({
            name: button.name,
            onClick: async () => {
                close();
                await action.doAction(
                    button.action ||
                        (await orm.call(button.model, button.method, [button.ids], {
                            context: { lead_notice: true },
                        }))
                );
            },
        })),
    });
    return params.next;
}

registry.category("actions").add("lead_notice", leadNotice);
