import { _t } from "@web/core/l10n/translation";

/**
 * Says of an account that it is another company than that of a name, and tells the user,
 * who may take it back.
 *
 * @param {{ orm: Object, notification: Object }} services
 * @param {{ id: number, display_name: string }} account
 * @param {string} name
 * @param {() => any} onUndone
 */
export async function refuseAccountName({ orm, notification }, account, name, onUndone) {
    const alias = await orm.call("res.partner", "refuse_account_name", [[account.id], name]);
    const close = notification.add(
        _t("“%(account)s” is not shown to you any more for “%(name)s”.", {
            account: account.display_name,
            name,
        }),
        {
            type: "success",
            buttons: [
                {
                    name: _t("Undo"),
                    onClick: async () => {
                        close();
                        await orm.call("crm.account.alias", "action_forget", [[alias]]);
                        await onUndone();
                    },
                },
            ],
        }
    );
}
