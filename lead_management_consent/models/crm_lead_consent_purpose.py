from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmLeadConsentPurpose(models.Model):
    """What people may agree to, as newsletters or calls."""

    _name = "crm.lead.consent.purpose"
    _description = "Consent Purpose"
    _inherit = ["lead.guard.mixin"]
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True, help="Nobody is asked for an archived purpose any more"
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Leave it empty for a purpose of all companies: who withdraws it has"
        " withdrawn it everywhere.",
    )
    text = fields.Text(
        required=True,
        translate=True,
        help="What people agree to. Each consent keeps the text as it was then.",
    )
    needs_confirmation = fields.Boolean(
        default=True,
        help="Double opt-in: nothing is agreed to before the person has confirmed by"
        " the link in an email. After a withdrawal this is always so.",
    )
    link_days = fields.Integer(
        "Link Valid for", default=7, required=True, help="Days until the link expires"
    )
    template_id = fields.Many2one(
        "mail.template",
        "Email",
        domain=[("model", "=", "crm.lead.consent.state")],
        index="btree_not_null",
        default=lambda self: self._get_default_template(),
        help="Email that asks for the confirmation",
    )
    mail_limit = fields.Integer(
        "Emails per Hour",
        default=60,
        help="How many people are asked in an hour, so that nobody can use a web form"
        " to send mail in your name. The others are asked later. 0 means no limit.",
    )
    mail_error = fields.Char(
        readonly=True, system=True, copy=False, help="Why the last email was not sent"
    )
    confirmed_count = fields.Integer("Agreed", compute="_compute_confirmed_count")

    _check_link_days = models.Constraint(
        "CHECK(link_days BETWEEN 1 AND 365)",
        "A link must be valid for 1 to 365 days.",
    )
    _check_mail_limit = models.Constraint(
        "CHECK(mail_limit >= 0)", "The number of emails per hour can't be negative."
    )

    def _compute_confirmed_count(self):
        states = self.env["crm.lead.consent.state"]
        counted = states._read_group(
            [("purpose_id", "in", self.ids), ("state", "in", ("given", "confirmed"))],
            ["purpose_id"],
            ["__count"],
        )
        counts = {purpose.id: count for purpose, count in counted}
        for purpose in self:
            purpose.confirmed_count = counts.get(purpose.id, 0)

    def _get_default_template(self):
        return self.env.ref(
            "lead_management_consent.mail_template_consent", raise_if_not_found=False
        )

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        if not (default or {}).get("name"):
            for purpose, vals in zip(self, vals_list, strict=True):
                vals["name"] = self.env._("%s (copy)", purpose.name)
        return vals_list

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        """Refuse to delete purposes for which there are consents."""
        for model, name in self._get_usage_fields():
            used = self.env[model].sudo().search([(name, "in", self.ids)], limit=1)
            for purpose in used[name]:
                raise UserError(
                    self.env._(
                        "“%s” can't be deleted, as it is in use. Archive it, and nobody"
                        " is asked for it any more.",
                        purpose.name,
                    )
                )

    def _get_usage_fields(self):
        """Return the models and fields in which a purpose is in use, as long as it may
        not be deleted. Extend for more. Their columns don't refuse it themselves, so
        that the addon can be uninstalled."""
        return [
            ("crm.lead.consent.state", "purpose_id"),
            ("crm.lead.capture.consent", "purpose_id"),
        ]

    def action_open_states(self):
        """Open who has agreed to the purpose, and who has not.

        Without a click on the filter, the list is of those that are counted.
        """
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "lead_management_consent.crm_lead_consent_state_action"
            ),
            "domain": [("purpose_id", "=", self.id)],
            "context": {"search_default_agreed": 1},
        }
