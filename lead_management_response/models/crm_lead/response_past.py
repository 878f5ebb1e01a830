from odoo import api, models
from odoo.fields import Domain

FILLED_AT_ONCE = 5000
# The id from which on nothing of the past is left to take over
PAST_PARAMETER = "lead_management.response_past"


class CrmLead(models.Model):
    """Leads that somebody worked on before there was a clock: their first touch is
    taken for the answer, so that reports have a past.

    The newest are taken over at installing. Where there are more, the scheduled action
    goes on from there, batch by batch, until none is left.
    """

    _inherit = "crm.lead"

    def _cron_response(self):
        result = super()._cron_response()
        parameters = self.env["ir.config_parameter"].sudo()
        while (before := parameters.get_param(PAST_PARAMETER, "")).isdigit():
            leads = self._take_over_answers(int(before))
            if not self.env["ir.cron"]._commit_progress(len(leads)):
                self._wake_for_response(self.env.cr.now())
                break
        return result

    @api.model
    def _take_over_answers(self, before=None):
        """Take over the answers of the newest leads, and note where to go on.

        :param int before: of leads with smaller ids than this
        """
        domain = Domain("date_first_touch", "!=", False)
        domain &= Domain("response_answered", "=", False)
        if before:
            domain &= Domain("id", "<", before)
        leads = (
            self.sudo()
            .with_context(active_test=False)
            .search(domain, order="id DESC", limit=FILLED_AT_ONCE)
        )
        if leads:
            self._fill_answers(leads)
        is_last = len(leads) < FILLED_AT_ONCE
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param(PAST_PARAMETER, False if is_last else leads[-1].id)
        return leads

    def _fill_answers(self, leads):
        times = leads._get_working_times_of_leads(
            dict.fromkeys(leads, self.env["crm.lead.response.policy"]),
            min(leads.mapped("create_date")),
        )
        minutes = [
            (lead.id, int(time.between(lead.create_date, lead.date_first_touch)))
            for lead, time in times.items()
        ]
        self.env.cr.execute_values(
            """
            UPDATE crm_lead
               SET response_answered = date_first_touch,
                   response_minutes = given.minutes,
                   response_user_id = crm_lead.user_id
              FROM (VALUES %s) AS given (id, minutes)
             WHERE crm_lead.id = given.id
            """,
            minutes,
        )
        self.env.invalidate_all()
