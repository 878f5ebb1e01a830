from markupsafe import Markup

from odoo import models
from odoo.tools import is_html_empty

from odoo.addons.lead_management.models.in_parts import do_in_parts

from ...tools import mail_address


class CrmLeadCaptureSubmission(models.Model):
    """Submissions of people of whom a lead is open: they become a message on it.

    Whether that is so, `crm.lead._get_leads_to_add_to` says; the main addon knows of no
    open leads. Of several submissions of one person in a batch, the first one becomes
    a lead, to which the others are added.

    The message holds all that was sent. Consents and files go to the lead; what it has
    none of is filled in, its owner stays, and a recycled lead is taken up again. Such a
    submission doesn't count to the day's limit, which is about leads, nor wait for it.
    The automatic answer, which is sent to the lead's address, is sent where that was
    typed, and says of long texts only what was typed now: what the lead's notes say is
    for colleagues.
    """

    _inherit = "crm.lead.capture.submission"

    def _sort_out_known(self, values_list):
        """Tell those that become leads from those that are added to one.

        :return: those that become leads, their values, and `(submission, lead or
            submission, values)` of those that are added: to the lead, or to that of the
            other submission
        """
        leads = self.env["crm.lead"].with_company(self.form_id.company_id)
        known = leads._get_leads_to_add_to(values_list, "visitor")
        firsts = leads._get_first_of_same(values_list, "visitor")
        new, new_values, added = self.browse(), [], []
        for position, (submission, values) in enumerate(
            zip(self, values_list, strict=True)
        ):
            first = firsts[position]
            # The first one may have a lead to which this one alone wouldn't lead.
            if lead := known[position] or known[first]:
                added.append((submission, lead, values))
            elif first == position:
                new |= submission
                new_values.append(values)
            else:
                added.append((submission, self[first], values))
        return new, new_values, added

    def _filter_known(self):
        """Return those, of one form, that would be added to leads there are."""
        known = self.browse()
        leads = self.env["crm.lead"].with_company(self.form_id.company_id)

        def find(submissions):
            lookups = submissions._get_lookups()
            values_list = [one._prepare_lead_values(lookups) for one in submissions]
            found = leads._get_leads_to_add_to(values_list, "visitor", only_asks=True)
            pairs = zip(submissions, found, strict=True)
            return self.browse().union(*(one for one, lead in pairs if lead))

        def keep(found):
            nonlocal known
            known |= found

        # What fails here fails as well when its turn has come.
        do_in_parts(self, find, after=keep)
        return known

    def _add_to_known(self, added, form):
        """Add submissions of one form to leads."""
        submissions, lead_ids, pairs = self.browse(), [], []
        described = set()
        for submission, target, values in added:
            lead = target if target._name == "crm.lead" else target.lead_id
            submissions |= submission
            lead_ids.append(lead.id)
            if lead in described or not is_html_empty(lead.description):
                submission.noted = False  # the message alone holds it
            described.add(lead)
            pairs.append((lead, values))
        # As many leads as submissions: one may be there several times.
        leads = self.env["crm.lead"].browse(lead_ids)
        # One message tells of all of them; see `_notify_about_leads`.
        quiet = [
            (lead.with_context(mail_auto_subscribe_no_notify=True), values)
            for lead, values in pairs
        ]
        leads._add_to_leads(quiet)
        submissions._record_consents(leads)
        submissions._hand_over_files(leads)
        submissions._post_on_leads(leads)
        for submission, lead_id in zip(submissions, lead_ids, strict=True):
            submission.write(
                {
                    "state": "lead",
                    "lead_id": lead_id,
                    "next_attempt": False,
                    "error": False,
                }
            )
            submission._note_outcome("added", lead=lead_id)
        known = leads.union()
        known._come_back()
        said = {one: values for one, _target, values in added}
        submissions.filtered(self._has_address_of_lead)._send_auto_response(said)
        self._notify_about_added(known, form)

    def _has_address_of_lead(self, submission):
        sent, known = (
            mail_address.mailbox(record.email_normalized or "")
            for record in (submission, submission.lead_id)
        )
        return sent == known

    def _post_on_leads(self, leads):
        """Tell in the chatter of leads what was sent, one message a lead."""
        lang = self.form_id.company_id.partner_id.lang or self.env.lang
        bodies = {}
        for submission, lead in zip(self.with_context(lang=lang), leads, strict=True):
            intro = submission.env._(
                "Sent again with the form “%s”:", self.form_id.name
            )
            bodies[lead.id] = bodies.get(lead.id, Markup()) + (
                Markup("<p>%s</p>%s") % (intro, submission._render_answers())
            )
        messages = leads.union()._message_log_batch(bodies=bodies)
        messages.write(
            {"subtype_id": self.env.ref("mail.mt_comment").id, "is_internal": False}
        )

    def _notify_about_added(self, leads, form):
        """Tell the owners of leads, and who wants to know of the form's leads."""
        users = form.notify_user_ids.filtered("active")
        self._notify_of(leads, form, users)
        for owner, owned in leads.grouped("user_id").items():
            self._notify_of(owned, form, owner.filtered("active") - users)
