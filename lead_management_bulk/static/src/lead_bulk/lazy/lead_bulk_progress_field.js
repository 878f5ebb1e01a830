import { Component, onWillUnmount, useEffect, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formatInteger } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const INTERVAL = 1500;
const WATCHED = [
    "state",
    "is_waiting",
    "done_count",
    "total",
    "progress",
    "failed_count",
    "time_left",
];

/**
 * How far a bulk job is, in a bar that moves by itself. While the job is in progress
 * the server is asked every moment, silently, and not at all in a hidden tab. When the
 * job is over, the record is read anew, so that the rest of the view follows.
 */
export class LeadBulkProgressField extends Component {
    static template = "lead_management_bulk.LeadBulkProgressField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm").silent;
        this.job = useState({});
        // Another page of the list, or the next record of the form
        useEffect(
            () => this.follow(),
            () => [this.props.record.resId, this.props.record.data.state]
        );
        onWillUnmount(() => clearTimeout(this.timer));
    }

    follow() {
        const { data } = this.props.record;
        Object.assign(this.job, Object.fromEntries(WATCHED.map((name) => [name, data[name]])));
        this.wait();
    }

    wait() {
        clearTimeout(this.timer);
        if (this.job.state === "open") {
            this.timer = setTimeout(() => this.update(), INTERVAL);
        }
    }

    async update() {
        const { resModel, resId } = this.props.record;
        if (!document.hidden) {
            try {
                const jobs = await this.orm.call(resModel, "get_progress", [[resId]]);
                if (resId !== this.props.record.resId) {
                    return;
                }
                Object.assign(this.job, jobs[0]);
            } catch {
                // The server may be starting again: the job goes on, and so do we.
            }
            if (this.job.state !== "open") {
                return this.props.record.load();
            }
        }
        this.wait();
    }

    get percent() {
        return Math.floor(this.job.progress || 0);
    }

    get text() {
        const { done_count, is_waiting, total, state, time_left } = this.job;
        if (is_waiting) {
            return _t("Waiting for its turn");
        }
        const counts = _t("%(done)s of %(total)s", {
            done: formatInteger(done_count || 0),
            total: formatInteger(total || 0),
        });
        return state === "open" && time_left
            ? _t("%(counts)s, %(time)s left", { counts, time: time_left })
            : counts;
    }
}

registry
    .category("lazy_components")
    .add("lead_management_bulk.LeadBulkProgressField", LeadBulkProgressField);
