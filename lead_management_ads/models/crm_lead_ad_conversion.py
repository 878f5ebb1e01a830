import datetime

from odoo import api, fields, models

from ..tools import ad_platform

MAX_ATTEMPTS = 6


class CrmLeadAdConversion(models.Model):
    """A lead that an ad platform is told of, and whether it has been."""

    _name = "crm.lead.ad.conversion"
    _description = "Ad Conversion"
    _inherit = ["lead.guard.mixin"]
    _order = "date desc, id desc"

    _is_about_leads = True  # see crm.lead.conversion

    goal_id = fields.Many2one(
        "crm.lead.ad.goal", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    lead_id = fields.Many2one(
        "crm.lead", required=True, readonly=True, index=True, ondelete="cascade"
    )
    date = fields.Datetime(
        "Reached On", required=True, readonly=True, help="When the lead got the status"
    )
    click_name = fields.Char("Kind of Click", required=True, readonly=True)
    click_id = fields.Char(required=True, readonly=True)
    state = fields.Selection(
        [
            ("ready", "To Report"),
            ("done", "Reported"),
            ("failed", "Refused"),
            ("withdrawn", "Consent Withdrawn"),
        ],
        default="ready",
        required=True,
        readonly=True,
        index=True,
    )
    done_date = fields.Datetime("Reported On", readonly=True)
    reason = fields.Char(readonly=True, help="What the platform says")
    attempts = fields.Integer(readonly=True, aggregator=None)
    next_attempt = fields.Datetime(readonly=True)
    is_due = fields.Boolean(compute="_compute_is_due")

    _goal_lead_uniq = models.UniqueIndex(
        "(goal_id, lead_id)", "The lead is a conversion of this goal already."
    )

    @api.depends("next_attempt")
    def _compute_is_due(self):
        now = fields.Datetime.now()
        for conversion in self:
            due = conversion.next_attempt
            conversion.is_due = not due or due <= now

    @api.depends("lead_id")
    def _compute_display_name(self):
        for conversion in self:
            conversion.display_name = conversion.lead_id.display_name

    def action_hand_out_again(self):
        """Put conversions back among those to hand out: the platform has lost them, or
        what it refused was put right."""
        self.check_access("read")
        self.goal_id.check_access("write")
        self.sudo().write(
            {
                "state": "ready",
                "reason": False,
                "attempts": 0,
                "next_attempt": False,
                "done_date": False,
            }
        )

    def _set_done(self):
        self.write(
            {"state": "done", "done_date": fields.Datetime.now(), "reason": False}
        )

    def _put_off(self, why):
        """Try again later, each time later; after some times, a person has to."""
        now = fields.Datetime.now()
        for attempts, conversions in self.grouped("attempts").items():
            vals = {"attempts": attempts + 1, "reason": why}
            if attempts + 1 >= MAX_ATTEMPTS:
                vals["state"] = "failed"
            else:
                vals["next_attempt"] = now + datetime.timedelta(hours=2**attempts)
            conversions.write(vals)

    def _move(self, leads, target):
        """Let conversions of leads that are merged be the target's: what the platform
        was told once, it isn't told again."""
        conversions = self.sudo().search([("lead_id", "in", leads.ids)], order="id")
        if not conversions:
            return
        known = self.sudo().search([("lead_id", "=", target.id)]).goal_id
        for goal, of_goal in conversions.grouped("goal_id").items():
            if goal not in known:
                told = of_goal.filtered(lambda c: c.state == "done")
                (told or of_goal)[0].lead_id = target

    def _get_rows(self):
        """Return what the platform is told, in their order."""
        return [
            ad_platform.Row(
                event_id=str(conversion.id),
                goal=conversion.goal_id.name,
                date=conversion.date,
                click=ad_platform.Click(conversion.click_name, conversion.click_id),
                clicked=conversion.lead_id.create_date,
                email=conversion.lead_id.email_normalized or "",
                value=conversion.goal_id.value,
                currency=conversion.goal_id.currency_id.name,
            )
            for conversion in self
        ]
