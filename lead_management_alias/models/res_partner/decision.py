from odoo import models
from odoo.tools import format_date

from odoo.addons.lead_management.models.lead_decision_mixin import Decision, Kind


class ResPartner(models.Model):
    """By which other names an account is known, or is not: told as it is now."""

    _inherit = "res.partner"

    def _get_decision_kinds(self):
        kinds = super()._get_decision_kinds()
        return kinds | {"names": Kind(self.env._("Learned names"), False)}

    def _decide_again(self, kind):
        if kind != "names":
            return super()._decide_again(kind)
        lines = self.env["crm.account.alias"].search([("partner_id", "=", self.id)])
        return (Decision("lines", told={"lines": lines.ids}), None) if lines else None

    def _tell_decision(self, kind, code, told):
        if kind != "names":
            return super()._tell_decision(kind, code, told)
        lines = self.env["crm.account.alias"].browse(told["lines"]).exists()
        labels = dict(lines._fields["kind"]._description_selection(self.env))
        origins = dict(lines._fields["origin"]._description_selection(self.env))
        return "\n".join(
            self.env._(
                "%(kind)s: “%(name)s” (%(origin)s, %(user)s, %(date)s)",
                kind=labels[line.kind],
                name=line.name,
                origin=origins[line.origin],
                user=self._get_told_name("res.users", line.user_id.id)
                if line.user_id
                else self.env._("somebody who left"),
                date=format_date(self.env, line.create_date),
            )
            for line in lines
        )
