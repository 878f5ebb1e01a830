from operator import methodcaller

from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.lead_management.models.in_parts import do_all

BATCH_SIZE = 200


class CrmLeadPlanRun(models.Model):
    """The steps that are due are taken, each once.

    A step, the activity or email that it is, and what is next belong to one
    transaction: after a crash it is taken again, or was. Who meets another one at the
    same plan is tried again, as both write the same rows.
    """

    _inherit = "crm.lead.plan.run"

    def _cron_plans(self):
        """Take the steps that are due, and come back when the next one is."""
        domain = Domain("next_date", "<=", fields.Datetime.now())
        do_all(self, domain, methodcaller("_take_steps"), BATCH_SIZE)
        # What has failed is named in the log, and tried again within the hour.
        [[moment]] = self._read_group(
            [("next_date", ">", fields.Datetime.now())],
            aggregates=["next_date:min"],
        )
        self._wake_for_plans(moment)

    def _take_steps(self, with_mails=True):
        """Take the steps that are due: also the next one, if that is due with it.

        :param bool with_mails: emails as well; they are left to the scheduled action
            otherwise, so that who starts a plan by mistake can stop it
        """
        runs = self.filtered(lambda run: run.state == "running")
        # Who starts a plan doesn't see that somebody else archives the lead right then.
        gone = runs.filtered(lambda run: not run.lead_id.active)
        gone._stop("archived")
        runs -= gone
        while runs:
            steps = runs._get_due_steps()
            mails = steps.filtered("is_mail")
            if with_mails:
                mails._send_mails()
            (steps - mails)._plan_activities()
            runs = (steps if with_mails else steps - mails).run_id
            runs._schedule_next()

    def _get_due_steps(self):
        now = fields.Datetime.now()
        return self.filtered(lambda run: run.next_date and run.next_date <= now).step_id
