import datetime
import secrets
import textwrap

from odoo import fields, models
from odoo.fields import Command

from odoo.addons.lead_management.models.in_parts import do_in_parts

BATCH = 100
KEY_BYTES = 16
SHOWN_LETTERS = 300  # of an error
LIMIT_TIME = datetime.timedelta(hours=1)
# One mailbox gets no more than one e-mail for a purpose within that time
PAUSE = datetime.timedelta(days=1)


class CrmLeadConsentState(models.Model):
    """How people are asked to confirm: by a scheduled action, so that an e-mail that
    can't be written holds up no lead.

    What one person is asked for at one time is one e-mail. Nobody can flood mailboxes
    through a web form: a mailbox, whatever is added to its address, is asked for a
    purpose once a day; and of one purpose no more people an hour than it says. The
    others wait.
    """

    _inherit = "crm.lead.consent.state"

    def _cron_ask(self):
        """Ask whoever is to be asked, as far as the hour has room."""
        now = fields.Datetime.now()
        progress = self.env["ir.cron"]
        last_id = 0
        due = [("ask_due", "=", True)]
        while states := self.search(
            [*due, ("id", ">", last_id)], order="id", limit=BATCH
        ):
            last_id = states[-1].id
            states._ask(now)
            if not progress._commit_progress(len(states)):
                break
        progress._commit_progress(remaining=0)

    def _ask(self, now):
        """Send e-mails for consents that are due, to those who may get one now."""
        left = self.filtered("purpose_id.active")
        (self - left).ask_due = False
        asked = left.filtered(lambda state: state._is_link_open(now))
        asked.ask_due = False  # they have the e-mail
        left = left._filter_mailboxes(now) - asked
        for purpose, states in left.grouped("purpose_id").items():
            left -= states[states._count_room(purpose, now) :]
        letters = left.grouped(
            lambda state: (
                state.email_normalized,
                state.purpose_id.template_id,
                state.purpose_id.link_days,
                state._get_company(),
            )
        )
        first = self.browse()
        for states in letters.values():
            states.write(
                {
                    "asked_key": secrets.token_urlsafe(KEY_BYTES),
                    "asked_date": now,
                    "expires_date": now
                    + datetime.timedelta(days=states[0].purpose_id.link_days),
                    "ask_due": False,
                }
            )
            first |= states[0]
        by_template = first.grouped(lambda state: state.purpose_id.template_id)
        for template, states in by_template.items():
            failures = do_in_parts(states, lambda part, t=template: part._send(t))
            purposes = states._get_all_asked().purpose_id
            error = next(iter(failures.values()), False)
            purposes.mail_error = error and (
                textwrap.shorten(str(error), SHOWN_LETTERS) or type(error).__name__
            )
            failed = self.browse().union(*failures)._get_all_asked()
            failed.write({"ask_due": True, "asked_key": False, "asked_date": False})

    def _is_link_open(self, now):
        return bool(
            self.asked_key
            and self.state == "asked"
            and self.expires_date > now
            and self.asked_date > now - PAUSE
        )

    def _filter_mailboxes(self, now):
        """Return those whose mailbox was not asked for the same purpose within a day,
        one of each mailbox."""
        recent = self._read_group(
            [
                ("asked_date", ">", now - PAUSE),
                ("mailbox", "in", self.mapped("mailbox")),
                ("purpose_id", "in", self.purpose_id.ids),
            ],
            ["mailbox", "purpose_id"],
        )
        seen, kept = set(recent), self.browse()
        for state in self:
            key = (state.mailbox, state.purpose_id)
            if key not in seen:
                seen.add(key)
                kept |= state
        return kept

    def _count_room(self, purpose, now):
        """Return how many people may still be asked for a purpose within this hour."""
        if not purpose.mail_limit:
            return len(self)
        asked = self.search_count(
            [("purpose_id", "=", purpose.id), ("asked_date", ">", now - LIMIT_TIME)]
        )
        return max(purpose.mail_limit - asked, 0)

    def _get_all_asked(self):
        """Return the consents that are asked for in the same e-mails as these."""
        keys = [key for key in self.mapped("asked_key") if key]
        return self.search([("asked_key", "in", keys)]) if keys else self.browse()

    def _send(self, template):
        """Put an e-mail for each into the mail queue."""
        template = template or self.purpose_id._get_default_template()
        if not template:
            raise ValueError(self.env._("The purpose has no email. Choose one."))
        mails = template.sudo().send_mail_batch(self.ids, force_send=False)
        for state, mail in zip(self, mails, strict=True):
            url = state._get_asked_together()._get_withdraw_url()
            mail.write(
                {
                    "headers": repr(
                        {
                            "List-Unsubscribe": f"<{url}>",
                            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                        }
                    ),
                    # Nobody else is the person, whatever the template says; nor is
                    # who reads the consent.
                    "email_to": state.email_normalized,
                    "email_cc": False,
                    "recipient_ids": [Command.clear()],
                    "model": False,
                    "res_id": False,
                    "auto_delete": True,
                }
            )
