from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.lead_management_capture.tools import mail_address


class CrmLeadConsentState(models.Model):
    """Whether an e-mail address has agreed to a purpose.

    SPECIFICATION

    A consent belongs to an address and a purpose, whatever leads and contacts have the
    address. What may happen to it, and what follows, is a table in
    `tools/consent_rule.py`; all of it goes through `_record`, which also keeps the
    proof. Leads and contacts only show it, so that a merge, an import or a conversion
    can't change it, but for one thing: where those of several addresses become one, a
    withdrawal of one is a withdrawal of all (`_carry_withdrawals`).

    Whoever is to confirm gets an e-mail with a link (`asking.py`). The link holds a key
    of this one request, which a later withdrawal deletes: what was sent before can't
    revive the consent.
    """

    _name = "crm.lead.consent.state"
    _description = "Consent of an Email Address"
    _order = "purpose_id, email_normalized, id"

    _is_about_leads = True  # see crm.lead.conversion

    # Personal data goes by this name in the privacy lookup
    email_normalized = fields.Char("Email", required=True, readonly=True)
    mailbox = fields.Char(
        compute="_compute_mailbox",
        store=True,
        index=True,
        help="What all spellings of the address have in common",
    )
    purpose_id = fields.Many2one(
        "crm.lead.consent.purpose",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    state = fields.Selection(
        [
            ("asked", "Not confirmed yet"),
            ("given", "Agreed"),
            ("confirmed", "Confirmed"),
            ("withdrawn", "Withdrawn"),
        ],
        default="asked",
        required=True,
        readonly=True,
    )
    date = fields.Datetime("Since", required=True, readonly=True)
    text = fields.Text(readonly=True, help="What the person was asked for last")
    lang = fields.Char("Language", readonly=True)
    form_id = fields.Many2one(
        "crm.lead.capture.form",
        "Web Form",
        readonly=True,
        index="btree_not_null",
        help="The form with which the person agreed last",
    )
    ask_due = fields.Boolean("To Be Asked", readonly=True)
    asked_date = fields.Datetime(
        "Asked On", readonly=True, help="When the last email with a link was sent"
    )
    expires_date = fields.Datetime(
        "Link Valid until", readonly=True, help="Until when the link works"
    )
    asked_key = fields.Char(readonly=True, groups="base.group_system")
    event_ids = fields.One2many("crm.lead.consent.event", "state_id", "Proof")

    _email_purpose_uniq = models.UniqueIndex("(email_normalized, purpose_id)")
    _ask_due_idx = models.Index("(id) WHERE ask_due IS TRUE")
    _asked_key_idx = models.Index("(asked_key) WHERE asked_key IS NOT NULL")
    _asked_date_idx = models.Index("(asked_date) WHERE asked_date IS NOT NULL")

    @api.depends("purpose_id", "state")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for state in self:
            state.display_name = f"{state.purpose_id.name}: {labels.get(state.state)}"

    @api.depends("email_normalized")
    def _compute_mailbox(self):
        for state in self:
            state.mailbox = mail_address.mailbox(state.email_normalized or "")

    def _get_company(self):
        """Return the company in whose name the person is asked."""
        company = self.purpose_id.company_id or self.form_id.company_id
        return company[:1] or self.env.company

    def _get_agreed_domain(self, purpose):
        """Return which consents allow to write for a purpose."""
        states = ["confirmed"] if purpose.needs_confirmation else ["given", "confirmed"]
        return [("purpose_id", "=", purpose.id), ("state", "in", states)]

    def _get_agreed_emails(self, purpose, emails):
        """Return those of the addresses that have agreed to a purpose, and confirmed it
        where the purpose asks for that."""
        found = self.sudo()._read_group(
            [
                *self._get_agreed_domain(purpose),
                ("email_normalized", "in", list(emails)),
            ],
            ["email_normalized"],
        )
        return {email for (email,) in found}

    def _filter_withdrawable(self):
        """Return those that are not withdrawn, or whose person is asked again."""
        return self.filtered(
            lambda state: (
                state.state != "withdrawn" or state.ask_due or state.sudo().asked_key
            )
        )

    def action_withdraw(self):
        """Withdraw consents, because the person has told a user so.

        :raise AccessError: the user may not read them
        :raise UserError: they are withdrawn already
        """
        self.check_access("read")
        left = self._filter_withdrawable()
        if not left:
            raise UserError(
                self.env._(
                    "“%s” is withdrawn already.",
                    self[:1].purpose_id.name or self._description,
                )
            )
        left._withdraw(how="user", user_id=self.env.uid)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
