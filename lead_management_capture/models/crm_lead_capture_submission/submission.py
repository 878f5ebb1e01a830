from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.lead_management.models.lead_notice import RELOAD, get_notification

from ...tools import capture_fields

# Which of them can still become a lead, and are not purged
OPEN_STATES = ("new", "waiting", "failed")


class CrmLeadCaptureSubmission(models.Model):
    """What a visitor sent with a web form, from the moment it was taken.

    SPECIFICATION

    Nothing that was taken is lost. The request stores one row and answers; a scheduled
    action makes leads of the rows, batch by batch. The state says where a row is:

    * `new`: taken, about to become a lead. It is tried again when the server stops
      halfway, and set to `failed` when that happens five times;
    * `lead`: became a lead, counted to a day (`counted_on`) with a number of that day.
      A number is given once, so a form never makes more leads a day than its limit;
    * `waiting`: the form had its leads of the day. Goes back to `new` when a day begins
      on which there is room, the oldest first, before what is sent on that day;
    * `quarantine`: suspicious, for the reason in `reason`. A person releases or
      deletes it; what is released is not checked again. When there are more than a
      form's quarantine holds, the oldest in it are deleted;
    * `failed`: Odoo refused the lead, for the reason in `error`. A person retries it.

    The same answers to the same form within five minutes are one row (`dedup_key` is
    unique and given up after that time).
    """

    _name = "crm.lead.capture.submission"
    _description = "Submission of a Web Form"
    _inherit = ["lead.guard.mixin"]
    _order = "id desc"

    _is_about_leads = True  # see crm.lead.conversion

    form_id = fields.Many2one(
        "crm.lead.capture.form",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    create_date = fields.Datetime("Received", readonly=True)
    # Personal data goes by these names in the privacy lookup
    name = fields.Char("Sender", readonly=True)
    email_normalized = fields.Char("Email", readonly=True, index="btree_not_null")
    answers = fields.Json(
        readonly=True, help="What was typed, by the names of the inputs"
    )
    noted = fields.Json(
        readonly=True,
        help="Names of the inputs whose answers went to the notes of the lead, because"
        " no field takes them, or not all of them",
    )
    unknown = fields.Json(
        "Unknown Inputs",
        readonly=True,
        help="Names of inputs that were sent and that the form doesn't have",
    )
    touches = fields.Json(
        readonly=True, help="Where the visitor came from, the first and the last time"
    )
    consents = fields.Json(
        readonly=True, help="What the visitor agreed to, as it read at that moment"
    )
    answers_html = fields.Html("What Was Sent", compute="_compute_answers_html")
    lang = fields.Selection("_get_languages", "Language", readonly=True)
    address_hash = fields.Char(
        readonly=True,
        help="Keyed hash of the visitor's network address. Tells whether two"
        " submissions came from one address, not which one it was.",
    )
    state = fields.Selection(
        [
            ("new", "Received"),
            ("lead", "Lead"),
            ("waiting", "Waiting"),
            ("quarantine", "Quarantined"),
            ("failed", "Failed"),
        ],
        "Outcome",
        default="new",
        required=True,
        readonly=True,
    )
    reason = fields.Selection(
        [
            ("honeypot", "Filled in the hidden field"),
            ("too_fast", "Filled in too quickly"),
            ("forged_time", "Page older than a day, or its time was forged"),
            ("rate", "Too many submissions from one address"),
            ("recaptcha_missing", "No reCAPTCHA answer"),
            ("recaptcha_expired", "reCAPTCHA answer expired or used before"),
            ("recaptcha_invalid", "Invalid reCAPTCHA answer"),
            ("recaptcha_score", "Low reCAPTCHA score"),
            ("recaptcha_down", "reCAPTCHA could not be reached"),
        ],
        readonly=True,
        help="Why it is in quarantine",
    )
    released = fields.Boolean(readonly=True, help="Somebody took it out of quarantine")
    error = fields.Text(readonly=True, help="Why Odoo could not create the lead")
    attempts = fields.Integer(default=0, required=True, readonly=True, aggregator=None)
    next_attempt = fields.Datetime(readonly=True)
    lead_id = fields.Many2one("crm.lead", readonly=True, index="btree_not_null")
    counted_on = fields.Date(
        "Counted for",
        readonly=True,
        help="Day whose limit the lead counts toward",
    )
    counted_number = fields.Integer(readonly=True, aggregator=None)
    answered_date = fields.Datetime(
        readonly=True, help="When the automatic answer was put into the mail queue"
    )
    dedup_key = fields.Char(readonly=True)
    recaptcha_token = fields.Char(readonly=True)
    recaptcha_score = fields.Float(readonly=True, aggregator="avg", digits=(2, 1))

    _dedup_key_uniq = models.UniqueIndex("(dedup_key)")
    _counted_uniq = models.UniqueIndex(
        "(form_id, counted_on, counted_number) WHERE counted_number IS NOT NULL"
    )
    _new_idx = models.Index("(attempts, id) WHERE state = 'new'")
    _open_idx = models.Index("(form_id, id) WHERE state IN ('new', 'waiting')")
    _quarantine_idx = models.Index("(form_id, id) WHERE state = 'quarantine'")
    _answered_idx = models.Index(
        "(form_id, answered_date) WHERE answered_date IS NOT NULL"
    )
    _address_idx = models.Index("(form_id, address_hash, create_date)")
    _unknown_idx = models.Index("(form_id, create_date) WHERE unknown IS NOT NULL")
    _create_date_idx = models.Index("(create_date)")

    @api.depends("form_id", "create_date", "name")
    def _compute_display_name(self):
        for submission in self:
            submission.display_name = submission.name or submission.form_id.name

    @api.depends("answers", "noted", "consents", "touches", "form_id")
    @api.depends_context("lang")
    def _compute_answers_html(self):
        for submission in self:
            submission.answers_html = submission._render_answers()

    def _get_languages(self):
        """Return all languages: what was sent stays when one is switched off."""
        languages = self.env["res.lang"].with_context(active_test=False).search([])
        return [(language.code, language.name) for language in languages]

    def _render_answers(self):
        """Return what was sent as a table, everything in it escaped."""
        self.ensure_one()
        labels = self.form_id._get_input_labels()
        noted = Markup('%s <span class="text-warning-emphasis small">(%s)</span>')
        rows = []
        for name, text in self._get_sorted_answers():
            shown = self._get_shown_answer(name, text)
            if name in (self.noted or ()):
                shown = noted % (shown, self.env._("in the lead's notes as typed"))
            rows.append((labels.get(name, name), shown))
        rows += [
            (consent["name"], self.env._("Agreed: %s", consent["text"]))
            for consent in self.consents or ()
        ]
        rows += self.form_id._describe_touches(self.touches)
        row = Markup(
            '<tr><th class="pe-4" style="width: min(16rem, 40%%)">%s</th>'
            '<td style="white-space: pre-wrap; overflow-wrap: anywhere">%s</td></tr>'
        )
        return Markup('<table class="table table-sm"><tbody>%s</tbody></table>') % (
            Markup("").join(row % cells for cells in rows)
        )

    def _get_shown_answer(self, key, text):
        """Return an answer as people read it: what was chosen from a list is sent as a
        code or an id."""
        line = self.form_id._get_lines().get(key)
        field = line._get_safe_field() if line else capture_fields.FIELDS.get(key)
        if not field:
            return text
        if field.files:
            return text.replace("\n", ", ")
        if field.kind in ("choice", "choices", "options"):
            options = dict(line._get_options())
            return ", ".join(options.get(part, part) for part in text.split("\n"))
        if field.kind == "checkbox" and text == capture_fields.CONSENT_VALUE:
            return self.env._("Yes")
        if field.kind not in ("country", "option"):
            return text
        comodel = self.env["crm.lead"]._fields[field.lead_field].comodel_name
        if field.kind == "country":
            domain = [("code", "=", self.env["res.country"]._find_named_code(text))]
        elif self._is_id(text):
            domain = [("id", "=", int(text))]
        else:
            return text
        return self.env[comodel].search(domain, limit=1).display_name or text

    def _get_sorted_answers(self):
        """Return the pairs of name and answer in the order of the form: the database
        keeps none."""
        answers = self.answers or {}
        names = self.form_id.sudo().field_ids.sorted("sequence").mapped("name")
        names = dict.fromkeys([*names, *capture_fields.FIELDS])
        known = [(name, answers[name]) for name in names if name in answers]
        return known + [one for one in answers.items() if one[0] not in names]

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_retry(self):
        """Try again to make leads of what failed.

        :raise UserError: none of them has failed
        """
        self.check_access("write")
        failed = self.filtered(lambda submission: submission.state == "failed")
        if not failed:
            raise UserError(self.env._("None of these submissions has failed."))
        failed.sudo().write({"error": False})
        failed.sudo()._put_back()
        self._trigger_processing()
        return get_notification(
            self.env._("%s tried again. Leads follow in a moment.", len(failed)),
            next_action=RELOAD,
        )

    def _put_back(self):
        """Let submissions become leads at the next occasion."""
        self.write({"state": "new", "attempts": 0, "next_attempt": False})

    def action_delete(self):
        """Delete submissions that are not wanted, and go back to the list."""
        self.unlink()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "lead_management_capture.crm_lead_capture_submission_action"
        )

    def action_open_lead(self):
        """Open the lead that a submission became.

        :raise UserError: there is none (any more)
        """
        self.ensure_one()
        if not self.lead_id:
            raise UserError(
                self.env._("“%s” has not become a lead.", self.display_name)
            )
        return self.lead_id._get_records_action(
            name=self.lead_id.display_name, context={}
        )

    def _trigger_processing(self):
        # Due by the clocks of this server and of the database, which may be behind.
        now = min(fields.Datetime.now(), self.env.cr.now().replace(microsecond=0))
        self.env.ref("lead_management_capture.ir_cron_capture").sudo()._trigger(now)
