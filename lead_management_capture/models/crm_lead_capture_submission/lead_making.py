from odoo import models

from .process import TakenNumberError


class CrmLeadCaptureSubmission(models.Model):
    """How submissions become leads, many at once, and what follows."""

    _inherit = "crm.lead.capture.submission"

    def _create_leads(self):
        """Create the leads of submissions of one form, and all that comes with them.

        How many queries that takes doesn't depend on how many leads there are. What is
        of a person who has a lead already may be added to that one, see
        `added_to_lead.py`.
        """
        form = self.form_id
        lookups = self._get_lookups()
        values_list = [submission._prepare_lead_values(lookups) for submission in self]
        new, new_values, added = self._sort_out_known(values_list)
        if new:
            new._create_new_leads(new_values, lookups)
        if added:
            self._add_to_known(added, form)
        self.env.flush_all()

    def _create_new_leads(self, values_list, lookups):
        form = self.form_id
        leads = (
            self.env["crm.lead"]
            .with_company(form.company_id)
            .with_context(
                default_type="lead",
                # Notifications wait for the mail queue.
                mail_notify_force_send=False,
                mail_create_nosubscribe=True,
                # Said for all of them at once, below
                mail_create_nolog=True,
            )
            .create(values_list)
        )
        self._record_consents(leads)
        self._hand_over_files(leads)
        self._assign(leads, form)
        self._set_properties(leads, lookups)
        self._count_leads(leads)
        self._send_auto_response()
        self._notify_about_leads(leads, form)

    def _count_leads(self, leads):
        """Write which lead each has become, and its number of the day."""
        form = self.form_id
        today, counted = form._get_today(), self._count_today(form)
        if counted + len(leads) > form.daily_limit:
            # The clock was set back to a full day since the room was asked for.
            raise TakenNumberError
        for number, (submission, lead) in enumerate(
            zip(self, leads, strict=True), counted + 1
        ):
            submission.write(
                {
                    "state": "lead",
                    "lead_id": lead.id,
                    "counted_on": today,
                    "counted_number": number,
                    "next_attempt": False,
                    "error": False,
                }
            )
            submission._note_outcome("new", number=number, limit=form.daily_limit)

    # ------------------------------------------------------------
    # WHAT FOLLOWS
    # ------------------------------------------------------------

    def _record_consents(self, leads):
        """Record on the leads what their visitors agreed to."""
        known = self.form_id.consent_ids
        self.env["crm.lead.consent"].create(
            [
                {
                    "lead_id": lead.id,
                    "consent_id": consent["id"]
                    if consent["id"] in known.ids
                    else False,
                    "form_id": submission.form_id.id,
                    "name": consent["name"],
                    "text": consent["text"],
                    "policy_url": consent.get("policy_url"),
                    "agreed_date": submission.create_date,
                }
                for submission, lead in zip(self, leads, strict=True)
                for consent in submission.consents or ()
            ]
        )

    def _assign(self, leads, form):
        """Let the assignment rules take leads; what no entry takes goes to whom the
        form names."""
        if not form.use_assignment_rules:
            self._give_to_owner(leads, form)
            leads._log_creation()
            return
        leads._log_creation()
        leads.run_assignment_rules()
        self._give_to_owner(
            leads.filtered(lambda lead: not lead.assignment_entry_id), form
        )

    def _give_to_owner(self, leads, form):
        values = self._get_owner_values(form)
        if leads and values:
            # One message tells of all of them; see `_notify_about_leads`.
            leads.with_context(
                mail_notrack=True, mail_auto_subscribe_no_notify=True
            ).write(values)

    def _get_owner_values(self, form):
        """Return who gets the leads of a form, by its settings. Who has left or moved
        to another company meanwhile gets none, and doesn't stop the others."""
        company = form.company_id
        values = {
            name: form[name].id
            for name in ("queue_id", "team_id")
            if form[name].active and form[name].company_id in (company, company[:0])
        }
        if form.user_id.active and company in form.user_id.company_ids:
            values.pop("queue_id", None)
            values["user_id"] = form.user_id.id
            # Each lead would look for the team of its owner itself.
            values.setdefault(
                "team_id",
                self.env["crm.team"]
                .with_company(company)
                ._get_default_team_id(form.user_id.id, [("use_leads", "=", True)])
                .id,
            )
        return values
