import { Component, onMounted, onWillUnmount, useRef, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Widths at which the page is laid out, whatever room there is to show it. */
const WIDTHS = { desktop: 860, phone: 390 };

/**
 * A page as it looks on a computer or a phone. Nothing in it runs and nothing can be
 * sent: the frame may only show it. Where it was scrolled to stays when it changes.
 */
export class CapturePreviewField extends Component {
    static template = "lead_management_capture.CapturePreviewField";
    static props = { ...standardFieldProps };

    setup() {
        this.room = useRef("room");
        this.frame = useRef("frame");
        this.state = useState({ device: "desktop", room: 0 });
        this.scrolled = 0;
        const observer = new ResizeObserver(() => this.measure());
        onMounted(() => {
            this.measure();
            // Shrunk to a phone's screen, a computer's page can't be read.
            if (this.state.room < WIDTHS.desktop / 2) {
                this.show("phone");
            }
            observer.observe(this.room.el);
        });
        onWillUnmount(() => observer.disconnect());
    }

    get page() {
        return this.props.record.data[this.props.name] || "";
    }

    get scale() {
        return Math.min(1, this.state.room / WIDTHS[this.state.device]) || 1;
    }

    get frameStyle() {
        const width = WIDTHS[this.state.device];
        return `width: ${width}px; height: ${100 / this.scale}%; transform: scale(${this.scale})`;
    }

    measure() {
        this.state.room = this.room.el.clientWidth;
    }

    show(device) {
        this.state.device = device;
    }

    onLoad() {
        const shown = this.frame.el.contentWindow;
        shown.scrollTo(0, this.scrolled);
        shown.addEventListener("scroll", () => (this.scrolled = shown.scrollY));
    }
}

registry
    .category("lazy_components")
    .add("lead_management_capture.CapturePreviewField", CapturePreviewField);
