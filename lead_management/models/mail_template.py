import logging
import textwrap

from odoo import models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)

SHOWN_LETTERS = 300  # of an error


class MailTemplate(models.Model):
    """Templates in work on leads that must not fail with them."""

    _inherit = "mail.template"

    def _try_to_queue(self, res_ids, **kwargs):
        """Put e-mails about records into the mail queue, all of them or none.

        :return: why the template can't be used with the records; empty if it was
        :raise Exception: one after which the whole transaction is tried again
        """
        try:
            with self.env.cr.savepoint():
                self.send_mail_batch(res_ids, force_send=False, **kwargs)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:
            _logger.info("The email template %s was not sent: %s", self.id, error)
            return textwrap.shorten(str(error), SHOWN_LETTERS) or type(error).__name__
        return ""
