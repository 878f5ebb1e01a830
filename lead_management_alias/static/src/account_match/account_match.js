import { onWillStart } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";

import { AccountMatch } from "@lead_management/account_match/account_match";

/** An account that is shown for a lead, or for a new account, can be said to be another
 * company. */
patch(AccountMatch.prototype, {
    setup() {
        super.setup(...arguments);
        this.notification = useService("notification");
        onWillStart(async () => {
            // Accounts are made by others as well, who may not say anything of names.
            this.isSalesperson =
                this.isLead || (await user.hasGroup("sales_team.group_sale_salesman"));
        });
    },

    get companyName() {
        return this.isLead ? this.values.partner_name : this.values.name;
    },

    get canRefuse() {
        return this.isSalesperson && !this.props.readonly && Boolean(this.companyName);
    },

    async refuse(match) {
        const name = this.companyName;
        const alias = await this.orm.call("res.partner", "refuse_account_name", [[match.id], name]);
        await this.askAgain();
        const close = this.notification.add(
            _t("“%(account)s” is not shown to you any more for “%(name)s”.", {
                account: match.display_name,
                name,
            }),
            {
                type: "success",
                buttons: [
                    {
                        name: _t("Undo"),
                        onClick: async () => {
                            close();
                            await this.orm.call("crm.account.alias", "action_forget", [[alias]]);
                            await this.askAgain();
                        },
                    },
                ],
            }
        );
    },

    askAgain() {
        this.asked = undefined;
        return this.ask();
    },
});
