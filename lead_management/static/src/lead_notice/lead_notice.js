import { registry } from "@web/core/registry";

const SHOWN_FOR = 10000; // long enough to read names and to think of Undo

/**
 * Say what was done, with buttons that open the results or take it back.
 *
 * The action's params: `message`, `type`, `sticky`, `buttons` (each has a `name` and either an
 * `action` to do, or a `method` to call on the records `ids` of a `model`, perhaps with
 * a `context`), `next`. The bus of the client hears of it, with what takes it back: that
 * returns the action it answers with, and `isTakenBack` tells whether it was pressed.
 */
function leadNotice(env, { params }) {
    const { action, notification, orm } = env.services;
    const press = async (button) => {
        close();
        notice.isTakenBack ||= button === undo;
        const answer =
            button.action ||
            (await orm.call(button.model, button.method, [button.ids], {
                context: { lead_notice: true, ...button.context },
            }));
        await action.doAction(answer);
        return answer;
    };
    const undo = (params.buttons || []).find((button) => button.method);
    const notice = { message: params.message, undo: undo && (() => press(undo)) };
    env.bus.trigger("LEAD-NOTICE", notice);
    const close = notification.add(params.message, {
        type: params.type || "success",
        className: "o_lead_notice",
        autocloseDelay: SHOWN_FOR,
        sticky: Boolean(params.sticky),
        buttons: (params.buttons || []).map((button) => ({
            name: button.name,
            onClick: () => press(button),
        })),
    });
    return params.next;
}

registry.category("actions").add("lead_notice", leadNotice);
