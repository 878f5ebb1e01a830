import { beforeEach } from "@odoo/hoot";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { assets } from "@web/core/assets";

/** In tests, all scripts are loaded: the bundle of the rest is not asked for. */
export function haveAllLoaded() {
    beforeEach(() => patchWithCleanup(assets, { loadBundle: async () => {} }));
}
