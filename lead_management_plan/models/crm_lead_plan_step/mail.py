import textwrap
from collections import defaultdict

from odoo import models

from odoo.addons.lead_management.models.in_parts import do_in_parts

SHOWN_LETTERS = 300  # of an error
MAIL_QUEUE = "mail.ir_cron_mail_scheduler_action"


def _get_text(error):
    """Return what is told of an error: native wraps what went wrong in a template."""
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__
    return textwrap.shorten(str(error), SHOWN_LETTERS) or type(error).__name__


class CrmLeadPlanStep(models.Model):
    """The emails of steps."""

    _inherit = "crm.lead.plan.step"

    def _send_mails(self):
        """Put the emails of steps into the mail queue, and skip those that may not be
        sent, or can't be made."""
        todo = self
        for reason, steps in self._get_skipped().items():
            (steps & todo)._end("skipped", reason)
            todo -= steps
        by_mail = todo.grouped(
            lambda step: (step.mail_template_id, step.run_id.lead_id.user_id)
        )
        for steps in by_mail.values():
            failures = do_in_parts(steps, lambda part: part._queue_mails())
            failed = steps.browse(step.id for step in failures)
            (steps - failed)._end("done")
            for step, error in failures.items():
                step._end("skipped", "failed", _get_text(error))
        if todo and (cron := self.env.ref(MAIL_QUEUE, raise_if_not_found=False)):
            cron._trigger()
        self._tell_skipped()

    def _get_skipped(self):
        """Return the steps whose email is not to be sent, by the reason, one of
        `skip_reason`; the first reason of a step counts."""
        skipped = defaultdict(self.browse)
        skipped["no_template"] = self.filtered(lambda step: not step.mail_template_id)
        leads = {step: step.run_id.lead_id for step in self}
        for reason, refused in self.run_id.lead_id._get_leads_not_to_mail().items():
            skipped[reason] |= self.filtered(
                lambda step, refused=refused: leads[step] in refused
            )
        return skipped

    def _queue_mails(self):
        """Put the emails of steps with one template and one owner into the queue."""
        template = self.mail_template_id
        leads = self.run_id.lead_id
        owner = leads.user_id.filtered("active")
        values = {"is_notification": True}  # so that it stays in the chatter
        if owner:
            values["author_id"] = owner.partner_id.id
            if not template.email_from:
                values["email_from"] = owner.email_formatted
        mails = template.send_mail_batch(
            leads.ids, force_send=False, email_values=values
        )
        self._add_unsubscribe_links(mails)

    def _tell_skipped(self):
        """Say in the chatter which emails were not sent, and why."""
        skipped = self.filtered(lambda step: step.state == "skipped")
        labels = dict(self._fields["skip_reason"]._description_selection(self.env))
        skipped.run_id.lead_id._message_log_batch(
            bodies={
                step.run_id.lead_id.id: self.env._(
                    "Step %(number)s of the plan was skipped: %(reason)s",
                    number=step.number,
                    reason=": ".join(
                        filter(None, (labels[step.skip_reason], step.detail))
                    ),
                )
                for step in skipped
            }
        )
