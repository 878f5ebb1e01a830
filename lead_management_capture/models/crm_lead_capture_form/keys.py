from odoo import api, fields, models


class CrmLeadCaptureForm(models.Model):
    """Programs that send leads to the address of the form."""

    _inherit = "crm.lead.capture.form"

    key_ids = fields.One2many(
        "crm.lead.capture.key",
        "form_id",
        "Keys",
        groups="sales_team.group_sale_manager",
    )
    program_example = fields.Text(
        "Example", compute="_compute_program_example", help="A call with one lead"
    )

    @api.depends("token")
    def _compute_program_example(self):
        for form in self:
            url = form.get_base_url() + form._get_post_path()
            form.program_example = "\n".join(
                (
                    f"curl {url} \\",
                    '  --header "Authorization: Bearer YOUR_KEY" \\',
                    '  --header "Content-Type: application/json" \\',
                    '  --data \'{"last_name": "Doe", "email": "jane@example.com"}\'',
                )
            )

    def action_new_key(self):
        """Make a key, and show it."""
        self.ensure_one()
        keys = self.env["crm.lead.capture.key"]
        _record, key = keys._new_key(self, self.env._("Program"))
        return keys._show(key)

    def _check_key(self, open_form, key):
        """Return the id of a key that a program has sent, None when it isn't right."""
        keys = self.env["crm.lead.capture.key"]
        key_id, end = open_form.keys.get(keys._get_digest(key), (None, None))
        if not key_id or (end and end <= fields.Datetime.now()):
            return None
        keys._note_use(key_id)
        return key_id
