from odoo import models

from ..tools.automatic_mail import is_automatic


class MailThread(models.AbstractModel):
    # Whether an e-mail that comes in was written by a person, for leads to know; and
    # notices of what happened by itself. A docstring would become that of every model
    # with a chatter, and stay when the addon goes.
    _inherit = "mail.thread"

    def _notify_in_their_language(self, users, get_subject, get_body):
        """Notify users of what happened by itself or by somebody else's action, by the
        mail queue.

        :param users: the `res.users`, each of whom gets it in their own language
        :param get_subject: returns the subject, given an environment in a language
        :param get_body: returns the HTML text, given the same
        """
        for lang, alike in users.grouped("lang").items():
            threads = self.with_context(lang=lang, mail_notify_force_send=False)
            threads.message_notify(
                partner_ids=alike.partner_id.ids,
                subject=get_subject(threads.env),
                body=get_body(threads.env),
            )

    def _message_route_process(self, message, message_dict, routes):
        # Only here are the headers and the threads that get the e-mail at hand.
        threads = self
        if is_automatic(message):
            threads = self.with_context(lead_automatic_mail=True)
        return super(MailThread, threads)._message_route_process(
            message, message_dict, routes
        )
