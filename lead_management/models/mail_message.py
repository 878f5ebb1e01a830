from odoo import api, models
from odoo.fields import Command

TOLD = "tracking_value_ids"


class MailMessage(models.Model):
    # Messages that are created together, with the values that they tell of; native
    # writes those of each message by themselves.
    _inherit = "mail.message"

    # Activities done on leads, for the reports
    _lead_activity_idx = models.Index(
        "(res_id) WHERE model = 'crm.lead' AND mail_activity_type_id IS NOT NULL"
    )

    @api.model_create_multi
    def create(self, vals_list):
        told = [vals.get(TOLD) or () for vals in vals_list]
        if sum(map(bool, told)) < 2 or not all(
            len(command) == 3 and command[0] == Command.CREATE
            for commands in told
            for command in commands
        ):
            return super().create(vals_list)
        messages = super().create(
            [
                {name: value for name, value in vals.items() if name != TOLD}
                for vals in vals_list
            ]
        )
        self.env["mail.tracking.value"].sudo().create(
            [
                {**command[2], "mail_message_id": message.id}
                for message, commands in zip(messages, told, strict=True)
                for command in commands
            ]
        )
        return messages
