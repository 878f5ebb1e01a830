import { useEffect, useRef } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { PriorityField, priorityField } from "@web/views/fields/priority/priority_field";

const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, Home: -5, End: 5 };

/**
 * Native's stars, of which the keyboard sees one control: Tab reaches it once, the arrows
 * change it. To read only they are a picture, and no stop at all.
 */
export class LeadStarsField extends PriorityField {
    static template = "lead_management.LeadStarsField";

    setup() {
        super.setup();
        this.root = useRef("root");
        this.hasTyped = false;
        useEffect(
            () => {
                if (this.hasTyped) {
                    this.hasTyped = false;
                    this.root.el.querySelector("[tabindex='0']")?.focus();
                }
            },
            () => [this.value]
        );
    }

    /** How many stars the record has. */
    get value() {
        const { data } = this.props.record;
        return Math.max(
            this.options.findIndex(([value]) => value === data[this.props.name]),
            0
        );
    }

    async onKeydown(ev) {
        const step = STEPS[ev.key];
        if (!step || this.props.readonly) {
            return;
        }
        // Lists and cards move with the arrows, too.
        ev.preventDefault();
        ev.stopPropagation();
        const value = Math.min(Math.max(this.value + step, 0), this.options.length - 1);
        if (value !== this.value) {
            this.hasTyped = true;
            await this.updateRecord(this.options[value][0]);
        }
    }
}

registry.category("fields").add("lead_stars", { ...priorityField, component: LeadStarsField });
