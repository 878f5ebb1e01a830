from odoo import models

from ..tools.automatic_mail import is_automatic


class MailThread(models.AbstractModel):
    """Whether an e-mail that comes in was written by a person, for leads to know."""

    _inherit = "mail.thread"

    def _message_route_process(self, message, message_dict, routes):
        # Only here are the headers and the threads that get the e-mail at hand.
        if is_automatic(message):
            self = self.with_context(lead_automatic_mail=True)
        return super()._message_route_process(message, message_dict, routes)
