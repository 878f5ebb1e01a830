import { registry } from "@web/core/registry";

const SHOWN_FOR = 10000; // long enough to read names and to think of Undo

/**
 * Say what was done, with buttons that open the results or take it back.
 *
 * The action's params: `message`, `type`, `buttons` (each has a `name` and either an
 * `action` to do, or a `method` to call on the records `ids` of a `model`), `next`.
 * The bus of the client hears of it, with what takes it back.
 */
function leadNotice(env, { params }) {
    const { action, notification, orm } = env.services;
    const press = async (button) => {
        close();
        await action.doAction(
            button.action ||
                (await orm.call(button.model, button.method, [button.ids], {
                    context: { lead_notice: true },
                }))
        );
    };
    const undo = (params.buttons || []).find((button) => button.method);
    env.bus.trigger("LEAD-NOTICE", {
        message: params.message,
        undo: undo && (() => press(undo)),
    });
    const close = notification.add(params.message, {
        type: params.type || "success",
        className: "o_lead_notice",
        autocloseDelay: SHOWN_FOR,
        buttons: (params.buttons || []).map((button) => ({
            name: button.name,
            onClick: () => press(button),
        })),
    });
    return params.next;
}

registry.category("actions").add("lead_notice", leadNotice);
