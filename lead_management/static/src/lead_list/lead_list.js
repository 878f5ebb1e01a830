import { useSubEnv } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { extractFieldsFromArchInfo } from "@web/model/relational_model/utils";
import { listView } from "@web/views/list/list_view";
import { arrangeForLeads } from "../lead_action_menu/lead_action_menu";
import { getUnseenFields } from "./unseen_fields";

/** Reads what is shown. Native reads hidden columns as well, which are most of them. */
class LeadListController extends listView.Controller {
    setup() {
        super.setup();
        useSubEnv({
            leadColumns: {
                viewKey: this.viewKey,
                isUnseen: (name) => this.unseen.has(name),
                show: (name) => this.showColumn(name),
            },
        });
    }

    get modelParams() {
        const params = super.modelParams;
        const names = Object.keys(this.extractFields().activeFields);
        // The key under which the browser keeps the columns is that of all of them.
        this.viewKey = listView.Renderer.prototype.createViewKey.call({
            env: this.env,
            props: { list: { fieldNames: [...names], resModel: this.props.resModel } },
        });
        const { config } = params;
        if (this.props.state?.modelState?.config) {
            this.unseen = new Set(names.filter((name) => !(name in config.activeFields)));
        } else {
            const stored = browser.localStorage.getItem(`optional_fields,${this.viewKey}`);
            this.shown = stored === null ? null : new Set(stored.split(","));
            this.unseen = getUnseenFields(this.props, (column) =>
                this.shown ? this.shown.has(column.name) : column.optional === "show"
            );
            config.activeFields = this.extractFields(this.unseen).activeFields;
        }
        return params;
    }

    get actionMenuItems() {
        return arrangeForLeads(super.actionMenuItems);
    }

    extractFields(unseen = new Set()) {
        const { fieldNodes, widgetNodes } = this.archInfo;
        const nodes = Object.entries(fieldNodes).filter(([, node]) => !unseen.has(node.name));
        return extractFieldsFromArchInfo(
            { fieldNodes: Object.fromEntries(nodes), widgetNodes },
            this.props.fields
        );
    }

    /** Read a column that is going to be shown, and what it needs. */
    async showColumn(name) {
        if (!this.unseen.has(name)) {
            return true;
        }
        if (!(await this.model.root.leaveEditMode())) {
            return false;
        }
        const unseen = getUnseenFields(
            this.props,
            (column) => column.name === name || !this.unseen.has(column.name)
        );
        const { activeFields } = this.model.config;
        for (const [key, field] of Object.entries(this.extractFields(unseen).activeFields)) {
            activeFields[key] ??= field;
        }
        this.unseen = unseen;
        this.model.useSampleModel = false;
        await this.model.load();
        return true;
    }
}

class LeadListRenderer extends listView.Renderer {
    createViewKey() {
        return this.env.leadColumns.viewKey;
    }

    getActiveColumns() {
        // Another tab may have shown one meanwhile.
        const { isUnseen } = this.env.leadColumns;
        return super.getActiveColumns().filter((column) => !isUnseen(column.name));
    }

    async toggleOptionalField(fieldName) {
        const isShown = this.optionalActiveFields[fieldName];
        if (isShown || (await this.env.leadColumns.show(fieldName))) {
            await super.toggleOptionalField(fieldName);
        }
    }
}

registry.category("views").add("lead_list", {
    ...listView,
    Controller: LeadListController,
    Renderer: LeadListRenderer,
});
