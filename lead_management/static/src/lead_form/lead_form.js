import "@crm/views/crm_form/crm_form"; // registers the view this one extends
import { registry } from "@web/core/registry";
import { SIZES } from "@web/core/ui/ui_service";
import { useService } from "@web/core/utils/hooks";
import { loadAhead } from "../lazy_component/lazy_component";
import { arrangeForLeads } from "../lead_action_menu/lead_action_menu";

const crmFormView = registry.category("views").get("crm_form");

/**
 * Returns how large the screen is to a form: where it has room for a lead and its chatter
 * side by side, as large as mail wants it for that; beside a list of leads, smaller.
 */
function getFormSize(env, ui, root) {
    if (env.isLeadPane) {
        return Math.min(ui.size, SIZES.LG);
    }
    return root?.data?.type === "lead" && ui.size >= SIZES.XL ? SIZES.XXL : ui.size;
}

/**
 * A lead that was converted is there to be read: what goes on goes on in the account and
 * the opportunity. Undoing the conversion makes it a lead to work on again.
 */
class LeadFormRecord extends crmFormView.Model.Record {
    get isInEdition() {
        const { type, status_category: category } = this.data || {};
        return super.isInEdition && !(type === "lead" && category === "converted");
    }

    /**
     * The chatter saves and reloads a lead to show what follows from a message or an
     * activity. What can't be saved yet stays as it was typed.
     */
    async load() {
        if (!this.config.isRoot || !(await this.isDirty())) {
            return super.load();
        }
    }
}

class LeadFormModel extends crmFormView.Model {
    static Record = LeadFormRecord;
}

/**
 * What was said with a person is beside the lead, on laptops as on larger screens: to the
 * layout of mail, these are as wide as those.
 */
class LeadFormRenderer extends crmFormView.Renderer {
    setup() {
        super.setup();
        const ui = this.uiService;
        const getSize = () => getFormSize(this.env, ui, this.props.record);
        this.uiService = Object.create(ui, { size: { get: getSize } });
    }
}

/**
 * Reading a form changes nothing on the server, so that it can be read from a copy of the
 * database. That the owner has seen an unread lead is said in a call of its own, however
 * the lead came on the screen.
 */
class LeadFormController extends crmFormView.Controller {
    setup() {
        this.leadUnread = useService("lead_unread");
        super.setup();
    }

    get actionMenuItems() {
        const items = super.actionMenuItems;
        const isLead = this.model.root.data?.type === "lead";
        return isLead ? arrangeForLeads(items, { delete: 500 }) : items;
    }

    get className() {
        const className = super.className;
        const isWide = getFormSize(this.env, this.ui, this.model.root) === SIZES.XXL;
        className["o_xxl_form_view h-100"] = isWide && !this.env.inDialog;
        className.o_lead_form_wide = isWide && !this.env.inDialog;
        return className;
    }

    /** Most buttons open a dialog. */
    async beforeExecuteActionButton(clickParams) {
        if (clickParams.type === "object") {
            loadAhead();
        }
        return super.beforeExecuteActionButton(clickParams);
    }

    get modelParams() {
        const params = super.modelParams;
        params.hooks.onRootLoaded = (root) => this.leadUnread.opened(root.resId, root.data);
        return params;
    }
}

registry.category("views").add("lead_form", {
    ...crmFormView,
    Controller: LeadFormController,
    Model: LeadFormModel,
    Renderer: LeadFormRenderer,
});
