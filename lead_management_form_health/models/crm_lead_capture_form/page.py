from odoo import models
from odoo.tools.json import scriptsafe


class CrmLeadCaptureForm(models.Model):
    """The script of the page that tells how far visitors get."""

    _inherit = "crm.lead.capture.form"

    def _render_template(self, name, values):
        # Neither a preview nor a file for webmasters has visitors; both have no nonce.
        if name == "capture_page" and values.get("nonce") and self.count_visitors:
            is_first = not (values["wrong"] or values["error"])
            address = f"/lead/visit/{self.token}"
            arguments = [f"{self._get_prefix()}form", address, is_first]
            values = {**values, "visits": scriptsafe.dumps(arguments)}
        return super()._render_template(name, values)

    def _get_page_policy(self, nonce):
        policy = super()._get_page_policy(nonce)
        if not self.count_visitors:
            return policy
        if not any(rule.startswith("script-src ") for rule in policy):
            policy.append(f"script-src 'nonce-{nonce}'")
        if any(rule.startswith("connect-src ") for rule in policy):
            return [
                f"{rule} 'self'" if rule.startswith("connect-src ") else rule
                for rule in policy
            ]
        return [*policy, "connect-src 'self'"]
