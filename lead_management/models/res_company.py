from odoo import fields, models
from odoo.tools import ormcache

# What the checklist of the home page keeps
SETUP_FIELDS = {"lead_setup_closed", "lead_setup_ticked"}


class ResCompany(models.Model):
    """What became of the checklist on the lead home page; see `setup_steps.py` of
    `crm.lead`."""

    _inherit = "res.company"

    lead_setup_closed = fields.Boolean(
        "Lead Checklist Closed",
        help="The checklist for setting up leads is no longer on the home page",
    )
    lead_setup_ticked = fields.Json(
        "Lead Checklist Ticked", help="Which of its steps somebody ticked off by hand"
    )

    def write(self, vals):
        result = super().write(vals)
        if SETUP_FIELDS & vals.keys():
            self.env.registry.clear_cache()
        return result

    @ormcache("self.env.company.id")
    def _get_lead_setup(self):
        """Return whether the checklist of the current company is closed, and the names
        of the steps that were ticked off by hand. The home page asks each time."""
        company = self.env.company.sudo()
        return company.lead_setup_closed, frozenset(company.lead_setup_ticked or ())
