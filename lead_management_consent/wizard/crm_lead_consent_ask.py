from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.lead_management.models.lead_notice import get_notification


class CrmLeadConsentAsk(models.TransientModel):
    """Ask leads or contacts by e-mail for their consent."""

    _name = "crm.lead.consent.ask"
    _description = "Ask for a Consent"
    _inherit = ["lead.guard.mixin"]

    purpose_id = fields.Many2one(
        "crm.lead.consent.purpose",
        required=True,
        default=lambda self: self.env["crm.lead.consent.purpose"].search([], limit=1),
    )
    text = fields.Text(related="purpose_id.text")
    address_count = fields.Integer("Addresses", compute="_compute_address_count")

    @api.depends_context("active_model", "active_ids")
    def _compute_address_count(self):
        self.address_count = len(self._get_persons()._get_langs_by_email())

    def _get_persons(self):
        """Return the leads or contacts to ask, as far as the user may read them."""
        model = self.env.context.get("active_model")
        ids = self.env.context.get("active_ids") or []
        if not isinstance(self.env.get(model), self.pool["lead.consent.mixin"]):
            model, ids = "crm.lead", []
        return self.env[model].browse(ids).exists()._filtered_access("read")

    def action_ask(self):
        """Put the e-mails into the mail queue, and say how many.

        :raise UserError: there is nobody to ask, and why
        """
        self.ensure_one()
        langs = self._get_persons()._get_langs_by_email()
        if not langs:
            raise UserError(
                self.env._("None of them has an email address. Add one, and ask again.")
            )
        states = self.env["crm.lead.consent.state"]
        asked = states._request(self.purpose_id, langs)
        if not asked:
            raise UserError(
                self.env._(
                    "Nobody is asked for “%s”: they have agreed already, or withdrawn."
                    " Whoever has withdrawn has to check the box of a web form again.",
                    self.purpose_id.name,
                )
            )
        return get_notification(
            self.env._(
                "Asked by email: %(asked)s. Left out, because they have agreed or"
                " withdrawn: %(left)s.",
                asked=len(asked),
                left=len(langs) - len(asked),
            )
        )
