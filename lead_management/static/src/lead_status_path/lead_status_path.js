import { formatDuration } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { StatusBarField } from "@web/views/fields/statusbar/statusbar_field";
import {
    StatusBarDurationField,
    statusBarDurationField,
} from "@mail/views/fields/statusbar_duration/statusbar_duration_field";

const { Duration } = luxon;
const DAY = 24 * 60 * 60;

/** In days from the first day on, as the hint below it: "3M" looks like "3m". */
function formatShort(seconds) {
    if (seconds < DAY) {
        return formatDuration(seconds, false);
    }
    const days = Math.floor(seconds / DAY);
    return Duration.fromObject({ days }).toHuman({ unitDisplay: "narrow" });
}

/**
 * The status path of a lead. The server knows what a move needs: it makes the move, or
 * answers with the dialog that asks for a lost reason or for the conversion. A refused
 * move leaves the lead as it was.
 */
export class LeadStatusPath extends StatusBarDurationField {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.action = useService("action");
    }

    /** Shows the time in each status where the parent shows the time in each stage. */
    getAllItems() {
        const durations = this.props.record.data.status_duration || {};
        return StatusBarField.prototype.getAllItems.call(this).map((item) => {
            const duration = durations[item.value] || 0;
            return {
                ...item,
                shortTimeInStage: duration && formatShort(duration),
                fullTimeInStage: duration && formatDuration(duration, true),
            };
        });
    }

    async selectItem(item) {
        const { record } = this.props;
        if (!(await record.save())) {
            return;
        }
        const action = await this.orm.call("crm.lead", "action_set_status", [
            [record.resId],
            item.value,
        ]);
        if (action) {
            await this.action.doAction(action, {
                additionalContext: { lead_in_form: true },
                onClose: () => record.load(),
            });
        } else {
            await record.load();
        }
    }
}

registry.category("fields").add("lead_status_path", {
    ...statusBarDurationField,
    component: LeadStatusPath,
    fieldDependencies: [{ name: "status_duration", type: "JSON" }],
});
