"""An addon that exists for a class of tests only."""

from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.orm.model_classes import add_to_registry
from odoo.tools import SQL

# What its overrides of leads saw, in the database so that what is taken back is no more
CALLS = "throwaway_call"


def _see(leads, method, values):
    told = {
        name: "now" if isinstance(value, datetime) else value
        for name, value in sorted(values.items())
    }
    leads.env.cr.execute_values(
        f"INSERT INTO {CALLS} (lead_id, method, vals) VALUES %s",
        [(lead_id, method, repr(told)) for lead_id in leads.ids],
    )


class ThrowawayLead(models.Model):
    """Leads as another addon may extend them, in all the ways at once."""

    _module = None
    _name = "crm.lead"
    _inherit = ["crm.lead"]

    throwaway_note = fields.Char(tracking=True)
    throwaway_count = fields.Integer(copy=False)
    throwaway_worth = fields.Float(compute="_compute_throwaway_worth", store=True)

    @api.depends("user_id", "expected_revenue", "tag_ids")
    def _compute_throwaway_worth(self):
        for lead in self:
            lead.throwaway_worth = (
                lead.expected_revenue + len(lead.tag_ids) + 10 * bool(lead.user_id)
            )

    @api.constrains("user_id", "queue_id", "city")
    def _check_throwaway(self):
        for lead in self:
            if lead.city == "Nowhere" and lead.user_id:
                raise ValidationError(f"Nobody is to have lead {lead.id}")

    def write(self, vals):
        _see(self, "write", dict(vals))
        result = super().write(vals)
        for lead in self:
            note = f"{lead.import_id.id or ''} {lead.user_id.name or ''} {lead.city}"
            super(ThrowawayLead, lead).write(
                {
                    "throwaway_count": lead.throwaway_count + 1,
                    "throwaway_note": note,
                }
            )
        return result

    def _track_subtype(self, initial_values):
        if "throwaway_note" in initial_values and self.city == "Posted":
            return self.env.ref("crm.mt_lead_stage")
        return super()._track_subtype(initial_values)

    def _message_log_batch(self, bodies, **kwargs):
        _see(self, "_message_log_batch", {})
        return super()._message_log_batch(bodies, **kwargs)

    def _message_post_after_hook(self, message, msg_vals):
        _see(self, "_message_post_after_hook", {"subtype": message.subtype_id.id})
        return super()._message_post_after_hook(message, msg_vals)


def install(test_class):
    """Add the addon to the registry and the database, until the class is done.

    Its columns are gone with the transaction that the tests of the class share.
    """
    registry, cr = test_class.registry, test_class.env.cr
    model = registry[ThrowawayLead._name]
    test_class.addClassCleanup(setattr, model, "_base_classes__", model._base_classes__)
    add_to_registry(registry, ThrowawayLead)
    registry._setup_models__(cr, [])
    registry.init_models(cr, [ThrowawayLead._name], {"module": "throwaway"})
    cr.execute(
        SQL(
            "CREATE TABLE %s (id SERIAL, lead_id INTEGER, method TEXT, vals TEXT)",
            SQL.identifier(CALLS),
        )
    )
    test_class.env.invalidate_all()
