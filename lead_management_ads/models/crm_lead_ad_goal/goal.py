from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import ad_platform


class CrmLeadAdGoal(models.Model):
    """What an ad platform counts as a success of its ads, so that it shows them to more
    people of that kind.

    SPECIFICATION

    A *conversion* is a lead that came by a click on an ad of the platform and has
    reached one of the goal's statuses since the goal's first day. It is listed once,
    with the time at which it was there, and stays listed whatever becomes of the lead.
    A lead that was there for less than the hour between two looks is listed with the
    time of its last change of status, if it is no older than the goal.

    Only with consent: the address of the lead must have agreed to the goal's purpose
    when the conversion is listed, and again when it is handed out. Who withdraws in
    between is left out; what the platform knows by then it keeps.

    Handed out is a conversion by a file in the format of the platform, or, where the
    goal has a token of the platform, by a call of its API. What the platform has is not
    handed out again, unless a person asks for it.
    """

    _name = "crm.lead.ad.goal"
    _description = "Ad Conversion Goal"
    _inherit = ["lead.picklist.mixin", "mail.thread", "lead.guard.mixin"]
    _order = "name, id"
    _is_replaceable = False

    name = fields.Char(
        required=True,
        tracking=True,
        help="As the platform names the conversion, letter by letter",
    )
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    platform = fields.Selection(
        [
            ("google", "Google Ads"),
            ("microsoft", "Microsoft Advertising"),
            ("meta", "Meta Ads"),
            ("linkedin", "LinkedIn Ads"),
        ],
        required=True,
        default="google",
        tracking=True,
    )
    status_ids = fields.Many2many(
        "crm.lead.status",
        string="Statuses",
        required=True,
        help="A lead that gets one of them is a conversion",
    )
    date_from = fields.Date(
        "Since",
        required=True,
        default=lambda self: fields.Date.today(),
        help="Leads that got the status before are left out",
    )
    purpose_id = fields.Many2one(
        "crm.lead.consent.purpose",
        required=True,
        index=True,
        ondelete="cascade",  # see _get_usage_fields of the purpose
        tracking=True,
        domain="[('company_id', 'in', (company_id, False))]",
        help="Only leads whose email address has agreed to this are told of",
    )
    value = fields.Monetary(help="What a conversion is worth to you; 0 tells no value")
    currency_id = fields.Many2one(related="company_id.currency_id")
    api_target = fields.Char(
        "Sent To",
        help="At Meta, the number of the dataset; at LinkedIn, of the conversion",
    )
    api_token = fields.Char(
        "Access Token",
        copy=False,
        help="With it, conversions are sent by themselves. Without it, download the"
        " file and upload it at the platform.",
    )
    takes_token = fields.Boolean(compute="_compute_takes_token")
    conversion_ids = fields.One2many("crm.lead.ad.conversion", "goal_id", "Conversions")
    ready_count = fields.Integer("To Report", compute="_compute_counts")
    done_count = fields.Integer("Reported", compute="_compute_counts")
    failed_count = fields.Integer("Refused", compute="_compute_counts")

    def _get_usage_fields(self):
        # What a platform was told of people is kept.
        return [*super()._get_usage_fields(), ("crm.lead.ad.conversion", "goal_id")]

    @api.depends("platform")
    def _compute_takes_token(self):
        for goal in self:
            goal.takes_token = goal.platform in ad_platform.SENDERS

    @api.depends("conversion_ids.state")
    def _compute_counts(self):
        counts = {
            (goal, state): count
            for goal, state, count in self.env["crm.lead.ad.conversion"]._read_group(
                [("goal_id", "in", self.ids)], ["goal_id", "state"], ["__count"]
            )
        }
        for goal in self:
            goal.ready_count = counts.get((goal._origin, "ready"), 0)
            goal.done_count = counts.get((goal._origin, "done"), 0)
            goal.failed_count = counts.get((goal._origin, "failed"), 0)

    @api.constrains("api_token", "api_target", "platform")
    def _check_target(self):
        for goal in self:
            if not goal.api_token or not goal.takes_token:
                continue
            if not (goal.api_target or "").isdigit():
                raise ValidationError(
                    self.env._(
                        "“%s” has an access token, but does not say where to send to:"
                        " enter the number of the dataset or conversion.",
                        goal.name,
                    )
                )

    @api.constrains("purpose_id", "company_id")
    def _check_purpose(self):
        for goal in self:
            company = goal.purpose_id.company_id
            if company and company != goal.company_id:
                raise ValidationError(
                    self.env._(
                        "The purpose “%(purpose)s” is one of %(other)s. Choose one of"
                        " %(company)s, or of all companies, for “%(goal)s”.",
                        purpose=goal.purpose_id.name,
                        other=company.name,
                        company=goal.company_id.name,
                        goal=goal.name,
                    )
                )

    def action_open_conversions(self):
        """Show the conversions of goals.

        The part that a button counts is in the context, as `conversion_state`.
        """
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_management_ads.crm_lead_ad_conversion_action"
        )
        domain = [("goal_id", "in", self.ids)]
        if state := self.env.context.get("conversion_state"):
            domain.append(("state", "=", state))
        return {**action, "domain": domain, "context": {}}
