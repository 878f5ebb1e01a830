from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import ad_platform

BATCH = 1000


class CrmLeadAdGoal(models.Model):
    """Which leads are conversions."""

    _inherit = "crm.lead.ad.goal"

    def _cron_collect(self):
        """List the conversions of all goals, then send those that can be sent."""
        goals = self.search([])
        progress = self.env["ir.cron"]
        progress._commit_progress(remaining=len(goals))
        for goal in goals:
            goal._collect()
            goal._send_ready()
            if not progress._commit_progress(1):
                return

    def action_collect(self):
        """Look for conversions now."""
        self.check_access("write")
        self._collect()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _collect(self):
        """List the leads that have become conversions, and put away those whose people
        have withdrawn their consent."""
        for goal in self.sudo():
            while leads := goal._find_leads():
                self.env["crm.lead.ad.conversion"].sudo().create(
                    [goal._get_conversion_values(lead) for lead in leads]
                )
                if len(leads) < BATCH:
                    break
            goal._take_ready()

    def _find_leads(self):
        """Return leads that are conversions and aren't listed yet, a batch of them."""
        # A date would begin when that day does for whoever runs this.
        since = fields.Datetime.to_datetime(self.date_from)
        return (
            self.env["crm.lead"]
            .sudo()
            .with_context(active_test=False)
            .search(
                (
                    Domain(
                        [
                            ("status_id", "in", self.status_ids.ids),
                            ("date_status_update", ">=", since),
                        ]
                    )
                    | Domain("create_date", ">=", since)
                    & Domain.custom(to_sql=self._get_passed_sql)
                )
                & (
                    Domain("company_id", "=", self.company_id.id)
                    | Domain(
                        [
                            ("company_id", "=", False),
                            ("capture_form_id.company_id", "=", self.company_id.id),
                        ]
                    )
                )
                & Domain.custom(to_sql=self._get_clicked_sql)
                & Domain.custom(to_sql=self._get_agreed_sql)
                & Domain.custom(to_sql=self._get_unlisted_sql),
                order="id",
                limit=BATCH,
            )
        )

    def _get_passed_sql(self, model, alias, query):
        """Return the condition that a lead has had one of the statuses, and went on
        before anybody looked."""
        return SQL(
            "%s ?| %s",
            model._field_to_sql(alias, "status_seconds", query),
            [str(status_id) for status_id in self.status_ids.ids],
        )

    def _get_clicked_sql(self, model, alias, query):
        """Return the condition that a lead came by a click on the platform's ads."""
        touches = model._field_to_sql(alias, "capture_touches", query)
        keys = ad_platform.touch_names(self.platform)
        return SQL("%s ?| %s", touches, list(keys))

    def _get_agreed_sql(self, model, alias, query):
        """Return the condition that the address of a lead has agreed to the purpose."""
        states = self.env["crm.lead.consent.state"].sudo()
        agreed = states._search(states._get_agreed_domain(self.purpose_id))
        email = model._field_to_sql(alias, "email_normalized", query)
        column = states._field_to_sql(states._table, "email_normalized", agreed)
        return SQL("%s IN %s", email, agreed.subselect(column))

    def _get_unlisted_sql(self, model, alias, query):
        """Return the condition that a lead is no conversion of the goal yet."""
        return SQL(
            "NOT EXISTS (SELECT FROM crm_lead_ad_conversion"
            " WHERE goal_id = %s AND lead_id = %s)",
            self.id,
            SQL.identifier(alias, "id"),
        )

    def _get_conversion_values(self, lead):
        click = ad_platform.find_click(self.platform, lead.capture_touches)
        return {
            "goal_id": self.id,
            "company_id": self.company_id.id,
            "lead_id": lead.id,
            "date": lead.date_status_update or fields.Datetime.now(),
            "click_name": click.name,
            "click_id": click.value,
        }
