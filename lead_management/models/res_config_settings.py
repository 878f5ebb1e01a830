from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .crm_lead.bant import DEFAULT_THRESHOLD, DEFAULT_WEIGHT
from .crm_lead.neglect import DEFAULT_ESCALATION_DAYS, DEFAULT_NEGLECT_DAYS
from .crm_lead.recycle import DEFAULT_RECYCLE_DAYS
from .crm_lead_conversion.undo_plan import DEFAULT_UNDO_DAYS
from .res_partner.account_judgment import DEFAULT_SURE
from .res_partner.account_judgment import DEFAULT_THRESHOLD as DEFAULT_MATCH_THRESHOLD

# The native storage of numbers takes 0 for not set and would bring the default back.
NUMBER_SETTINGS = {
    "lead_bant_weight_contact": DEFAULT_WEIGHT,
    "lead_bant_weight_need": DEFAULT_WEIGHT,
    "lead_bant_weight_budget": DEFAULT_WEIGHT,
    "lead_bant_weight_authority": DEFAULT_WEIGHT,
    "lead_bant_weight_timing": DEFAULT_WEIGHT,
    "lead_bant_threshold": DEFAULT_THRESHOLD,
    "lead_undo_days": DEFAULT_UNDO_DAYS,
    "lead_neglect_days": DEFAULT_NEGLECT_DAYS,
    "lead_escalation_days": DEFAULT_ESCALATION_DAYS,
    "lead_recycle_days": DEFAULT_RECYCLE_DAYS,
    "lead_account_match_threshold": DEFAULT_MATCH_THRESHOLD,
    "lead_account_match_sure": DEFAULT_SURE,
}

WEIGHT_SETTINGS = [name for name in NUMBER_SETTINGS if "_weight_" in name]


class ResConfigSettings(models.TransientModel):
    """The policies of lead management. They hold for every company, so that a stage,
    a score and a report mean the same everywhere."""

    _inherit = "res.config.settings"

    lead_require_first_name = fields.Boolean(
        "First name required",
        config_parameter="lead_management.require_first_name",
        help="Ask for the contact's first name when a lead is created in its form",
    )
    lead_require_last_name = fields.Boolean(
        "Last name required",
        config_parameter="lead_management.require_last_name",
        help="Ask for the contact's last name when a lead is created in its form",
    )
    lead_require_company = fields.Boolean(
        "Company required",
        config_parameter="lead_management.require_company",
        help="Ask for the company's name when a lead is created in its form",
    )
    lead_target_country_group_id = fields.Many2one(
        "res.country.group",
        "Target region",
        config_parameter="lead_management.target_country_group_id",
        help="The countries your business targets, for use in star rules. While it is"
        " empty, a lead is in the target region when it is in the country of its"
        " company. After a change, apply the star rules to all leads.",
    )
    lead_undo_days = fields.Integer(
        "Days to undo",
        help="For how many days a conversion can be undone, by who converted the lead"
        " and by sales managers",
    )
    lead_neglect_days = fields.Integer(
        "Neglected after",
        help="Days without a change, a message or an activity after which an open lead"
        " is neglected and its owner gets an activity; 0 for never",
    )
    lead_escalation_days = fields.Integer(
        "Tell the team leader after",
        help="Days after which the leader of the lead's team gets an activity too; 0"
        " for never",
    )
    lead_recycle_days = fields.Integer(
        "Recycled for",
        help="Days until a recycled lead is reopened, unless the salesperson chooses"
        " another day",
    )
    lead_bant_weight_contact = fields.Integer(
        "Contact verified", help="What a verified contact counts in the score"
    )
    lead_bant_weight_need = fields.Integer(
        "Need", help="What a concrete need counts in the score"
    )
    lead_bant_weight_budget = fields.Integer(
        "Budget", help="What a budget counts in the score"
    )
    lead_bant_weight_authority = fields.Integer(
        "Authority", help="What talking to the decision-maker counts in the score"
    )
    lead_bant_weight_timing = fields.Integer(
        "Timing", help="What a known time of purchase counts in the score"
    )
    lead_bant_share_contact = fields.Float(compute="_compute_lead_bant_shares")
    lead_bant_share_need = fields.Float(compute="_compute_lead_bant_shares")
    lead_bant_share_budget = fields.Float(compute="_compute_lead_bant_shares")
    lead_bant_share_authority = fields.Float(compute="_compute_lead_bant_shares")
    lead_bant_share_timing = fields.Float(compute="_compute_lead_bant_shares")
    lead_bant_threshold = fields.Integer(
        "Qualified from a score of", help="From 0 to 100"
    )
    lead_bant_gate = fields.Boolean(
        "Convert qualified leads only",
        config_parameter="lead_management.bant_gate",
        help="Refuse to make an opportunity of a lead whose score is below the"
        " threshold, except to sales managers",
    )
    lead_duplicate_policy = fields.Selection(
        [
            ("off", "Do nothing"),
            ("warn", "Show the existing account"),
            ("block", "Refuse a second account"),
        ],
        "Duplicate accounts",
        default="warn",
        required=True,
        config_parameter="lead_management.duplicate_policy",
        help="What happens when a salesperson creates an account that exists already."
        " Sales managers can always create a second one; its chatter says so.",
    )

    lead_account_match_threshold = fields.Integer(
        "Shown from a score of",
        help="From 1 to 100. Accounts with a lower score are not shown. A lower value"
        " finds more accounts, but also more that are different companies.",
    )
    lead_account_match_sure = fields.Integer(
        "Considered certain from",
        help="From the score above to 100. Equal names alone are 96, names that are"
        " alike 50 to 90, the same website 93, the same phone 80.",
    )
    lead_auto_link = fields.Selection(
        [("sure", "When considered certain"), ("never", "Never: people choose")],
        "Link accounts when converting",
        default="sure",
        required=True,
        config_parameter="lead_management.auto_link",
        help="Whether the account that matches a lead is linked without anybody"
        " choosing it. The wizard offers it in any case.",
    )
    lead_account_key_status = fields.Char(
        "Contacts ready for matching", compute="_compute_lead_account_key_status"
    )

    def _compute_lead_account_key_status(self):
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        pending = partners._count_pending_account_keys()
        total = partners.search_count([]) if pending else 0
        for settings in self:
            settings.lead_account_key_status = (
                self.env._(
                    "%(ready)s of %(total)s",
                    ready=total - pending,
                    total=total,
                )
                if pending
                else self.env._("All contacts are ready")
            )

    @api.depends(*WEIGHT_SETTINGS)
    def _compute_lead_bant_shares(self):
        for settings in self:
            total = sum(settings[name] for name in WEIGHT_SETTINGS)
            for name in WEIGHT_SETTINGS:
                share = settings[name] / total if total > 0 else 0
                settings[name.replace("_weight_", "_share_")] = share

    @api.constrains("lead_account_match_threshold", "lead_account_match_sure")
    def _check_lead_account_match(self):
        for settings in self:
            shown = settings.lead_account_match_threshold
            if not 0 < shown <= settings.lead_account_match_sure <= 100:
                raise ValidationError(
                    self.env._(
                        "Scores go from 1 to 100, and a match can't be considered"
                        " certain from a lower score than the one it is shown from."
                    )
                )

    @api.constrains("lead_neglect_days", "lead_escalation_days", "lead_recycle_days")
    def _check_lead_days(self):
        for settings in self:
            neglect = settings.lead_neglect_days
            escalation = settings.lead_escalation_days
            if neglect < 0 or escalation < 0 or settings.lead_recycle_days < 1:
                raise ValidationError(
                    self.env._(
                        "Days can't be negative, and recycled leads come back after one"
                        " day at the earliest."
                    )
                )
            if escalation and escalation < neglect:
                raise ValidationError(
                    self.env._(
                        "The team leader can't be told of a neglected lead before its"
                        " owner: enter at least %(days)s, or 0.",
                        days=neglect,
                    )
                )

    @api.constrains("lead_undo_days")
    def _check_lead_undo_days(self):
        if any(settings.lead_undo_days < 0 for settings in self):
            raise ValidationError(
                self.env._("The days to undo a conversion can't be negative.")
            )

    @api.constrains(*WEIGHT_SETTINGS, "lead_bant_threshold")
    def _check_lead_bant_settings(self):
        for settings in self:
            weights = [settings[name] for name in WEIGHT_SETTINGS]
            if min(weights) < 0 or not any(weights):
                raise ValidationError(
                    self.env._(
                        "The weights of the qualification questions can't be negative,"
                        " and at least one must count."
                    )
                )
            if not 0 <= settings.lead_bant_threshold <= 100:
                raise ValidationError(
                    self.env._("Leads are qualified from a score between 0 and 100 on.")
                )

    def _get_number_settings(self):
        """Return the fields that hold whole numbers, and their defaults. The parameter
        of `lead_x` is `lead_management.x`. An addon adds its own."""
        return NUMBER_SETTINGS

    @api.model
    def get_values(self):
        get_number = self.env["ir.config_parameter"]._get_lead_number
        is_auto_link_on = self.env["crm.lead"]._is_auto_link_on()
        return {
            **super().get_values(),
            **{
                name: get_number(name.replace("lead_", "lead_management.", 1), default)
                for name, default in self._get_number_settings().items()
            },
            # As they are used: a text that is no choice would keep the page from
            # being opened.
            "lead_duplicate_policy": self.env["res.partner"]._get_duplicate_policy(),
            "lead_auto_link": "sure" if is_auto_link_on else "never",
        }

    def set_values(self):
        result = super().set_values()
        parameters = self.env["ir.config_parameter"].sudo()
        weights = self.env["crm.lead"]._get_bant_weights()
        for name in self._get_number_settings():
            parameters.set_param(
                name.replace("lead_", "lead_management.", 1), str(self[name])
            )
        if self.env["crm.lead"]._get_bant_weights() != weights:
            self.env["crm.lead"]._recompute_bant_scores()
        return result
