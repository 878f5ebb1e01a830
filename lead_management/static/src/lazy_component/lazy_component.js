import { Component, xml } from "@odoo/owl";
import { LazyComponent, loadBundle } from "@web/core/assets";

const BUNDLE = "lead_management.assets_lazy";

/**
 * Return a component that loads another one when it is first shown.
 *
 * Only what every page may need is loaded with the web client; the rest is in a bundle of
 * its own (the folders `lazy`), where it is in the registry "lazy_components".
 *
 * @param {string} name the other one's, in that registry
 */
export function lazyComponent(name) {
    return class extends Component {
        static template = xml`<LazyComponent bundle="bundle" Component="name" props="props"/>`;
        static components = { LazyComponent };
        static props = ["*"];

        setup() {
            this.bundle = BUNDLE;
            this.name = name;
        }
    };
}

/** Load what such components are in, while what will show one is still asked for. */
export function loadAhead() {
    loadBundle(BUNDLE).catch(() => {}); // whoever needs it says so
}
