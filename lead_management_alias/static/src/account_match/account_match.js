import { onWillStart } from "@odoo/owl";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";

import { AccountMatch } from "@lead_management/account_match/account_match";
import { refuseAccountName } from "./refusal";

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
        await refuseAccountName(this, match, this.companyName, () => this.askAgain());
        await this.askAgain();
    },

    askAgain() {
        this.asked = undefined;
        return this.ask();
    },
});
