import binascii

from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.mail import append_content_to_html, email_normalize_all
from odoo.tools.misc import hash_sign, verify_hash_signed

SCOPE = "lead_management.plan_unsubscribe"
PATH = "/lead/plan/unsubscribe/"
MAX_TOKEN = 2000
LINK = Markup(
    '<p style="font-size: 12px; color: #6c757d;">'
    '<a href="%(url)s" style="color: #6c757d;">%(text)s</a></p>'
)


class CrmLeadPlanStep(models.Model):
    """The link by which whoever gets an email of a plan gets no more of them.

    It puts the address on Odoo's blacklist, which emails of plans and mailings ask, and
    stops the plan. The chatter has the email without it, as whoever has the link is the
    person.
    """

    _inherit = "crm.lead.plan.step"

    def _add_unsubscribe_links(self, mails):
        """Add the link to emails in the queue, for people and for mail programs, which
        have a button of their own for it (RFC 8058).

        :param mails: the `mail.mail` of these steps, of one template
        """
        steps = {step.run_id.lead_id.id: step for step in self}
        template = self.mail_template_id
        by_lang = template._classify_per_lang(list(steps))
        texts = {
            lead_id: translated.env._("Unsubscribe from these emails")
            for translated, lead_ids in by_lang.values()
            for lead_id in lead_ids
        }
        urls = self._get_unsubscribe_urls(
            [(steps[mail.res_id], self._get_addresses_of_mail(mail)) for mail in mails]
        )
        for mail, url in zip(mails, urls, strict=True):
            if not url:
                continue
            link = LINK % {"url": url, "text": texts[mail.res_id]}
            mail.write(
                {
                    "body_html": append_content_to_html(
                        mail.body_html, link, plaintext=False
                    ),
                    "headers": repr(
                        {
                            "List-Unsubscribe": f"<{url}>",
                            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                        }
                    ),
                }
            )

    def _get_addresses_of_mail(self, mail):
        """Return the addresses outside that an email goes to."""
        people = mail.recipient_ids.filtered(
            lambda partner: all(user.share for user in partner.user_ids)
        )
        return sorted(
            {
                *email_normalize_all(mail.email_to or ""),
                *people.mapped("email_normalized"),
            }
            - {False}
        )

    def _get_unsubscribe_urls(self, asked):
        """Return the links by which addresses get no more emails; they don't expire.
        Only the system makes them: whoever has one is the person.

        :param list asked: pairs of a step and a list of normalized addresses
        :return: a link for each, empty where there are no addresses
        :raise UserError: there are more addresses than a link can hold
        """
        return [
            "".join(
                (
                    step.run_id.lead_id.get_base_url(),
                    PATH,
                    self._sign_unsubscribe_token(step, addresses),
                )
            )
            if self.env.su and addresses
            else ""
            for step, addresses in asked
        ]

    def _sign_unsubscribe_token(self, step, addresses):
        token = hash_sign(self.env, SCOPE, [step.id, *addresses])
        if len(token) > MAX_TOKEN:
            recipients = self.env["mail.message"]._fields["partner_ids"]
            label = recipients._description_string(self.env)
            reason = f"{label} ({len(addresses)})"
            raise UserError(reason)
        return token

    def _read_unsubscribe_token(self, token):
        """Return the step of a link, in sudo, and its addresses; none of them when it
        was forged."""
        steps = self.sudo()
        if len(token) > MAX_TOKEN:
            return steps.browse(), []
        try:
            values = verify_hash_signed(steps.env, SCOPE, token)
        except (binascii.Error, OverflowError, TypeError, UnicodeError, ValueError):
            values = None
        step_id, *addresses = values or [False]
        return steps.browse(step_id).exists(), addresses

    def _unsubscribe(self, addresses):
        """Put addresses on the blacklist, and stop the plan that the lead has. In
        sudo."""
        # The button pressed twice at once: whoever comes second finds the first's.
        self.env["crm.account.key"]._lock(addresses)
        blacklist = self.env["mail.blacklist"]
        note = self.env._("By the link in an email of a follow-up plan.")
        for address in addresses:
            blacklist._add(address, message=note)
        self.run_id.lead_id._stop_plans("unsubscribed")
