from odoo import models

from ..lead_decision_mixin import Decision, Kind


class ResPartner(models.Model):
    """By what leads are thought to be of an account: told as it is now."""

    _name = "res.partner"
    _inherit = ["lead.decision.mixin", "res.partner"]

    def _get_decision_kinds(self):
        kinds = super()._get_decision_kinds()
        return kinds | {"match": Kind(self.env._("Found for leads"), False)}

    def _decide_again(self, kind):
        if kind != "match" or self.commercial_partner_id != self:
            return super()._decide_again(kind)
        traits = {
            "name": self.account_key,
            "website": self.account_domain,
            "email": self.account_email_domain,
            "vat": self.vat,
            "phone": self.phone_sanitized,
        }
        told = {name: text for name, text in traits.items() if text}
        return (Decision("traits", told=told), None) if told else None

    def _tell_decision(self, kind, code, told):
        if kind != "match":
            return super()._tell_decision(kind, code, told)
        texts = {
            "name": self.env._("name: %s", told.get("name")),
            "website": self.env._("website: %s", told.get("website")),
            "email": self.env._("email domain: %s", told.get("email")),
            "vat": self.env._("tax ID: %s", told.get("vat")),
            "phone": self.env._("phone: %s", told.get("phone")),
        }
        return "\n".join(
            [
                self.env._("Leads are compared with it by:"),
                *(f"• {text}" for name, text in texts.items() if name in told),
            ]
        )
