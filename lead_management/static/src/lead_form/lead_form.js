import "@crm/views/crm_form/crm_form"; // registers the view this one extends
import { registry } from "@web/core/registry";

const crmFormView = registry.category("views").get("crm_form");

/**
 * A lead that was converted is there to be read: what goes on goes on in the account and
 * the opportunity. Undoing the conversion makes it a lead to work on again.
 */
class LeadFormRecord extends crmFormView.Model.Record {
    get isInEdition() {
        const { type, status_category: category } = this.data || {};
        return super.isInEdition && !(type === "lead" && category === "converted");
    }
}

class LeadFormModel extends crmFormView.Model {
    static Record = LeadFormRecord;
}

registry.category("views").add("lead_form", { ...crmFormView, Model: LeadFormModel });
