import { beforeEach } from "@odoo/hoot";
import { fields, models, patchWithCleanup } from "@web/../tests/web_test_helpers";
import { assets } from "@web/core/assets";

/** In tests, all scripts are loaded: the bundle of the rest is not asked for. */
export function haveAllLoaded() {
    beforeEach(() => patchWithCleanup(assets, { loadBundle: async () => {} }));
}

const selection = [
    ["unknown", "Unknown"],
    ["no", "No"],
    ["partly", "Partly"],
    ["yes", "Yes"],
];

/** A lead with the five questions; tests say which answers their leads have. */
export class QualifiedLead extends models.Model {
    _name = "crm.lead";

    bant_contact = fields.Selection({ selection });
    bant_need = fields.Selection({ selection });
    bant_budget = fields.Selection({ selection });
    bant_authority = fields.Selection({ selection });
    bant_timing = fields.Selection({ selection });
    bant_score = fields.Integer();
}
