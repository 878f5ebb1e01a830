from odoo import fields, models
from odoo.fields import Domain

STARS = [
    ("0", "No stars"),
    ("1", "1 star"),
    ("2", "2 stars"),
    ("3", "3 stars"),
    ("4", "4 stars"),
    ("5", "5 stars"),
]


class CrmLeadStarRule(models.Model):
    """Rule that gives leads their stars.

    SPECIFICATION

    Which rule applies and how it is asked: see `lead.rule.mixin`. The rule of a lead
    gives its stars. A lead that meets none has no stars.

    Which leads are rated: leads, not opportunities, whose stars nobody set by hand.

    When the rules run:

      * on new leads;
      * on leads that are written, when an active rule uses one of the written fields;
      * on leads whose stars are reset;
      * on all open leads, by the button.

    How they run: with one write per number of stars.
    """

    _name = "crm.lead.star.rule"
    _inherit = ["lead.rule.mixin", "lead.guard.mixin"]
    _description = "Star Rule"
    _gives = "stars"

    active = fields.Boolean(help="Archived rules are kept but don't rate leads")
    domain = fields.Char(
        help="Leads that meet this filter, and no filter of a rule above, get the"
        " stars",
    )
    stars = fields.Selection(
        STARS, default="1", required=True, help="How many stars the leads get"
    )
    company_id = fields.Many2one(
        help="Rate only the leads of this company. Leave it empty to rate leads of"
        " every company and leads without one.",
    )

    def _get_open_lead_domain(self):
        return Domain([("type", "=", "lead"), ("stars_manual", "=", False)])

    def _apply_again(self, leads):
        # One line in the chatter of every lead would tell nobody anything.
        return len(leads.with_context(mail_notrack=True)._apply_star_rules())

    def _tell_applied(self, count, total):
        return self.env._(
            "Open leads that got other stars: %(changed)s of %(count)s.",
            changed=count,
            count=total,
        )

    def _get_own_trigger_fields(self):
        return {"type", "stars_manual"}
