import { registry } from "@web/core/registry";
import { SelectionField, selectionField } from "@web/views/fields/selection/selection_field";
import { formView } from "@web/views/form/form_view";

/**
 * The web form, with its preview beside it: what was written about it goes below, as on
 * smaller screens, whatever room there is.
 */
class CaptureFormRenderer extends formView.Renderer {
    mailLayout() {
        const layout = super.mailLayout(...arguments);
        return layout === "SIDE_CHATTER" ? "BOTTOM_CHATTER" : layout;
    }
}

class CaptureFormController extends formView.Controller {
    get className() {
        // Without the chatter's room beside it
        return { ...super.className, "o_xxl_form_view h-100": false };
    }
}

registry.category("views").add("lead_capture_form", {
    ...formView,
    Controller: CaptureFormController,
    Renderer: CaptureFormRenderer,
});

/** What a line of the form may ask for: nothing that another line asks for already. */
class CaptureKeyField extends SelectionField {
    get options() {
        const { record, name } = this.props;
        const lines = record._parentRecord?.data.field_ids?.records || [];
        const used = new Set(
            lines.filter((line) => line !== record).map((line) => line.data[name])
        );
        return super.options.filter(
            ([value]) => !used.has(value) || /^(own_|lead_field$)/.test(value)
        );
    }
}

registry.category("fields").add("lead_capture_key", {
    ...selectionField,
    component: CaptureKeyField,
});
