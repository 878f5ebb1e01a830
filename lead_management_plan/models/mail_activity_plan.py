from odoo import api, fields, models, tools
from odoo.exceptions import UserError


class MailActivityPlan(models.Model):
    """What ends a plan on a lead."""

    _name = "mail.activity.plan"
    _inherit = ["lead.cached.mixin", "mail.activity.plan"]

    stop_on_reply = fields.Boolean(
        "The person replies", default=True, help="By an email that a person wrote"
    )
    stop_on_call = fields.Boolean(
        "A call reaches somebody",
        default=True,
        help="A call with such an outcome is logged",
    )
    stop_on_meeting = fields.Boolean(
        "There is a meeting",
        default=True,
        help="One is planned with the person, or marked as held",
    )
    stop_on_converted = fields.Boolean(
        "The lead is converted",
        default=True,
        help="Otherwise the plan goes on with the opportunity. A lead that becomes an"
        " account alone is archived, which always ends it.",
    )
    stop_on_recycled = fields.Boolean(
        "The lead is recycled",
        default=True,
        help="Untick it for plans that keep in touch with recycled leads",
    )

    @tools.ormcache("self.env.uid", "tuple(self.env.companies.ids)")
    def _has_for_leads(self):
        """Return whether there is a plan that the user may start on leads. It is asked
        for each lead that is opened."""
        plans = self.with_context(active_test=True)
        domain = [
            ("res_model", "=", "crm.lead"),
            ("template_ids", "!=", False),
            # Everybody may read those of other companies.
            ("company_id", "in", [False, *self.env.companies.ids]),
        ]
        return bool(plans.search_count(domain, limit=1))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        """Refuse to delete plans that leads have or had, or that a rule starts."""
        for model in ("crm.lead.plan.run", "crm.lead.plan.rule"):
            users = self.env[model].sudo().with_context(active_test=False)
            plan = users.search([("plan_id", "in", self.ids)], limit=1).plan_id
            if plan:
                raise UserError(
                    self.env._(
                        "“%s” can't be deleted, as leads have or had it, or a rule"
                        " starts it. Archive it, and no lead gets it any more.",
                        plan.name,
                    )
                )
