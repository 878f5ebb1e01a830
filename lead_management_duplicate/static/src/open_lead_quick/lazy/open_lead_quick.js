import { Component, useEffect, useState } from "@odoo/owl";
import { quickHints } from "@lead_management/lead_home/lazy/lead_quick_addition";
import { sayHidden, sayWhat, sayWhy } from "@lead_management_duplicate/open_lead/open_lead";
import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

const DELAY = 200;
const NOTHING = { leads: [], hidden: 0 };

/** The open leads of who is being typed into the box of the home page. */
export class OpenLeadsQuick extends Component {
    static template = "lead_management_duplicate.OpenLeadsQuick";
    static props = { values: Object, onTakenOver: Function };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.keepLast = new KeepLast();
        this.values = useState(this.props.values);
        this.state = useState({ answer: NOTHING });
        this.askSoon = useDebounced(() => this.ask(), DELAY);
        useEffect(
            () => {
                this.askSoon();
            },
            () => [JSON.stringify(this.asked)]
        );
        Object.assign(this, { sayWhat, sayWhy });
    }

    get asked() {
        const { contact_name, partner_name, email_from, phone } = this.values;
        return { contact_name, partner_name, email_from, phone };
    }

    get hiddenLeads() {
        return sayHidden(this.state.answer);
    }

    async ask() {
        const { asked } = this;
        const answer =
            asked.partner_name || asked.email_from || asked.phone
                ? this.orm.silent.call("crm.lead", "find_open_leads_of_form", [asked])
                : Promise.resolve(NOTHING);
        this.state.answer = { ...NOTHING, ...(await this.keepLast.add(answer)) };
    }

    open({ id }) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.lead",
            res_id: id,
            views: [[false, "form"]],
            target: "new",
        });
    }

    async addTo(match) {
        const values = { type: "lead", ...this.asked };
        if (this.values.source_id) {
            values.source_id = Number(this.values.source_id);
        }
        const action = await this.orm.call("crm.lead", "add_typed_values", [[match.id], values]);
        this.state.answer = NOTHING;
        this.notification.add(_t("Added to %s.", match.display_name), {
            type: "success",
            buttons: [{ name: _t("Open"), onClick: () => this.action.doAction(action) }],
        });
        this.props.onTakenOver();
    }
}

quickHints.add("lead_open_leads", OpenLeadsQuick);
