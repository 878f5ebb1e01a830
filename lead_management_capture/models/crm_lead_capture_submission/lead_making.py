from markupsafe import Markup

from odoo import api, models
from odoo.fields import Command

from ...tools import capture_fields
from ...tools.capture_values import ValueRefusedError, convert

# Which part of a visit names which record of the lead
UTM_MODELS = {
    "utm_campaign": ("campaign_id", "utm.campaign"),
    "utm_source": ("source_id", "utm.source"),
    "utm_medium": ("medium_id", "utm.medium"),
}


class CrmLeadCaptureSubmission(models.Model):
    """What a lead is made of: the answers, and what the form says.

    An answer that no field of the lead takes any more (an industry that was deleted, a
    state Odoo doesn't know) goes to the lead's notes as text, so nothing is lost.
    """

    _inherit = "crm.lead.capture.submission"

    def _create_leads(self):
        """Create the leads of submissions of one form, and all that comes with them.

        How many queries that takes doesn't depend on how many leads there are.
        """
        form = self.form_id
        lookups = self._get_lookups()
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
            .create([submission._prepare_lead_values(lookups) for submission in self])
        )
        self._record_consents(leads)
        self._assign(leads, form)
        self._count_leads(leads)
        self._send_auto_response()
        self._notify_about_leads(leads, form)
        self.env.flush_all()

    def _count_leads(self, leads):
        """Write which lead each has become, and its number of the day."""
        form = self.form_id
        today, counted = form._get_today(), self._count_today(form)
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

    # ------------------------------------------------------------
    # VALUES
    # ------------------------------------------------------------

    def _prepare_lead_values(self, lookups):
        """Return the values of the lead of one submission.

        :param dict lookups: see `_get_lookups`
        """
        self.ensure_one()
        form = self.form_id
        values = {
            "company_id": form.company_id.id,
            "capture_form_id": form.id,
            "capture_touches": self.touches,
            # Not the scheduled action's user, who is nobody's salesperson
            "user_id": False,
            "team_id": False,
            "stage_id": lookups["stage"],
            "tag_ids": [Command.set(form.tag_ids.ids)],
            **self._get_utm_values(lookups),
        }
        left_over = []
        for key, text in self._get_sorted_answers():
            field = capture_fields.FIELDS.get(key)
            value = field and self._convert_answer(field, text, lookups)
            if value:
                values[field.lead_field] = value
            else:
                left_over.append((key, text))
        if lang := lookups["lang"].get(self.lang):
            values["lang_id"] = lang
        values["description"] = self._get_description(left_over)
        if not any(
            values.get(name)
            for name in ("name", "partner_name", "contact_last_name", "email_from")
        ):
            values["name"] = form.name
        return values

    def _convert_answer(self, field, text, lookups):
        """Return what a field of the lead takes for an answer, None for nothing."""
        if field.kind == "multiline":
            return text
        if field.kind == "country":
            code = self.env["res.country"]._find_named_code(text)
            return lookups["country"].get(code)
        if field.kind == "state":
            country = self.env["res.country"]._find_named_code(
                self.answers.get("country", "")
            )
            return lookups["state"].get((country, text.casefold()))
        if field.kind == "option":
            return int(text) if int(text) in lookups[field.lead_field] else None
        try:
            return convert(field, text, self.form_id.company_id.currency_id.name)
        except ValueRefusedError:
            return None

    def _get_description(self, left_over):
        """Return the lead's notes: the visitor's message, and what fits nowhere."""
        message = (self.answers or {}).get("message", "")
        labels = self.form_id._get_input_labels() if left_over else {}
        lines = [f"{labels.get(key, key)}: {text}" for key, text in left_over]
        paragraphs = [message] if message else []
        if lines:
            paragraphs.append("\n".join(lines))
        if not paragraphs:
            return False
        return Markup("").join(
            Markup("<p>%s</p>") % Markup("<br/>").join(paragraph.split("\n"))
            for paragraph in paragraphs
        )

    def _get_utm_values(self, lookups):
        """Return campaign, source and medium: the form's, or else those of the
        visitor's last way here, where Odoo has them. None is created: everybody can
        write into an address what they like."""
        form, touches = self.form_id, self.touches or {}
        values = {}
        for part, (field_name, model) in UTM_MODELS.items():
            name = touches.get(f"last_{part}") or touches.get(f"first_{part}") or ""
            values[field_name] = (
                form[field_name].id or lookups[model].get(name.casefold()) or False
            )
        return values

    def _get_lookups(self):
        """Return what the values of a batch need from the database: one query a
        model."""
        lookups = {
            model: self._find_by_name(model, f"_{part}")
            for part, (_name, model) in UTM_MODELS.items()
        }
        # Each lead would look for its stage itself.
        stage = self.env["crm.lead"]._stage_find(domain=[("fold", "=", False)])
        lookups["stage"] = stage.id
        answers = [submission.answers or {} for submission in self]
        find_country = self.env["res.country"]._find_named_code
        codes = {
            find_country(values["country"]) for values in answers if "country" in values
        }
        countries = self.env["res.country"].search([("code", "in", list(codes))])
        lookups["country"] = {country.code: country.id for country in countries}
        lookups["state"] = {}
        if any("state" in values for values in answers):
            for state in countries.state_ids:
                for name in (state.name, state.code):
                    lookups["state"][state.country_id.code, name.casefold()] = state.id
        for field in capture_fields.FIELDS.values():
            if field.kind == "option":
                lookups[field.lead_field] = self._find_options(field)
        langs = {lang for lang in self.mapped("lang") if lang}
        lookups["lang"] = (
            {
                lang.code: lang.id
                for lang in self.env["res.lang"].search([("code", "in", list(langs))])
            }
            if langs
            else {}
        )
        return lookups

    def _find_by_name(self, model, part):
        """Return the ids of the UTM records that visits name, by folded name."""
        names = {
            value
            for submission in self
            for name, value in (submission.touches or {}).items()
            if name.endswith(part)
        }
        if not names:
            return {}
        records = self.env[model].search([("name", "in", list(names))])
        return {record.name.casefold(): record.id for record in records}

    def _find_options(self, field):
        """Return the ids among the answers to a question that forms offer."""
        ids = {
            int(submission.answers[field.key])
            for submission in self
            if field.key in (submission.answers or {})
        }
        if not ids:
            return set()
        # Others are larger than any id of the database.
        ids = [record_id for record_id in ids if record_id < 2**31]
        fields = self.env["crm.lead.capture.field"]
        return set(fields._find_options(field, [("id", "in", ids)]).ids)

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

    @api.model
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

    @api.model
    def _give_to_owner(self, leads, form):
        values = self._get_owner_values(form)
        if leads and values:
            # One message tells of all of them; see `_notify_about_leads`.
            leads.with_context(
                mail_notrack=True, mail_auto_subscribe_no_notify=True
            ).write(values)

    @api.model
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
