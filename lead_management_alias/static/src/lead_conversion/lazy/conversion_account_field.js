import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";

import { ConversionAccountField } from "@lead_management/lead_conversion/lazy/conversion_account_field";
import { refuseAccountName } from "@lead_management_alias/account_match/refusal";

/**
 * An account that is offered for a lead can be said to be another company.
 *
 * It is offered no more; the server knows nevertheless that it was, as whoever may make no
 * second account of a company may not do so by saying that it is another.
 */
patch(ConversionAccountField.prototype, {
    setup() {
        super.setup(...arguments);
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.state.refused = [];
    },

    get choices() {
        const choices = super.choices;
        const matches = choices.matches.filter(({ id }) => !this.state.refused.includes(id));
        return { ...choices, matches };
    },

    get options() {
        const { matches, new: newName } = this.choices;
        const found = matches.map(({ id }) => id);
        const canRefuse = Boolean(newName) && !this.props.readonly;
        return super.options.map((option) =>
            canRefuse && found.includes(option.key) ? { ...option, canRefuse } : option
        );
    },

    async refuse(option) {
        const account = { id: option.key, display_name: option.title };
        await refuseAccountName(this, account, this.choices.new, () => {
            this.state.refused = this.state.refused.filter((id) => id !== account.id);
        });
        this.state.refused.push(account.id);
        if (option.isChosen) {
            await this.choose(this.options.find(({ key }) => key === "new"));
        }
    },
});
