from odoo import api, fields, models
from odoo.exceptions import UserError

# The context key under which the dialog is opened to convert, also where native would
# propose to merge
CONVERT_FIRST = "lead_convert_first"
# Of computed fields: saving the wizard keeps what it shows.
KEPT = {"store": True, "compute_sudo": False, "readonly": False}


class CrmLead2opportunityPartner(models.TransientModel):
    """The native wizard, asking in the order in which one decides: account, contact,
    opportunity. The accounts and contacts to choose from are in
    `crm_lead_to_opportunity_choice.py`, the opportunities in `…_existing.py`. What will
    be written is in `…_review.py`, what of it somebody has to decide in `…_decide.py`,
    and what becomes of the lead, in words, in `…_preview.py`. What is done then is in
    `…_apply.py`, and what a merge does in `…_merge.py`.

    Native fields keep their meaning: `commercial_partner_id` is the account to link,
    `action` and `partner_id` choose the contact. The mass wizard inherits this one.

    * Accounts that match the lead are offered. The best one is chosen beforehand if it
      is as good as sure, unless a contact has the lead's e-mail address: then that one
      and its account are.
    * Contacts of the account are offered that have the lead's e-mail address or name.
      A contact of another account who has the e-mail address is the same person: it can
      be linked, account and all, or a new contact is created that refers to it.
    """

    _name = "crm.lead2opportunity.partner"
    _inherit = ["lead.guard.mixin", "crm.lead2opportunity.partner"]

    lead_company_id = fields.Many2one(
        related="lead_id.company_id", string="Company of the Lead"
    )
    # Account
    account_matches = fields.Json(
        compute="_compute_account_matches",
        help="The accounts to choose from, see _get_account_matches",
        **KEPT,
    )
    is_new_account = fields.Boolean(
        help="Somebody wants a new account, whichever ones match"
    )
    account_id = fields.Many2one(
        "res.partner", compute="_compute_account_id", help="The account to link"
    )
    # Contact
    contact_matches = fields.Json(
        compute="_compute_contact_matches",
        help="The contacts to choose from, see _get_contact_matches",
        **KEPT,
    )
    contact_id = fields.Many2one(
        "res.partner", compute="_compute_account_id", help="The contact to link"
    )
    same_person_id = fields.Many2one(
        "res.partner",
        help="The contact of another account who is the same person as the new one",
    )
    primary_contact_id = fields.Many2one(
        related="account_id.primary_contact_id", string="Primary Contact Now"
    )
    is_primary = fields.Boolean(
        "Make it the primary contact",
        help="An account that has no primary contact gets this one anyway",
    )
    refusal = fields.Text(
        compute="_compute_refusal", help="Why the lead can't be converted"
    )
    is_refused = fields.Boolean(
        compute="_compute_refusal", help="Not possible, whatever you choose here"
    )

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        # A label of the field would do in English only: native's translations would
        # stay.
        descriptions = super().fields_get(allfields, attributes)
        for name, labels in self._get_option_labels().items():
            description = descriptions.get(name, {})
            if "selection" in description:
                description["selection"] = [
                    (value, labels.get(value, label))
                    for value, label in description["selection"]
                ]
        return descriptions

    def _get_option_labels(self):
        """Return what native options are called here, by field and value.

        There needn't be an opportunity, as native's says.
        """
        return {"name": {"convert": self.env._("Convert")}}

    @api.model
    def default_get(self, fields):
        result = super().default_get(fields)
        self._check_open(self.env["crm.lead"].browse(result.get("lead_id")))
        return result

    def _check_open(self, lead):
        """Refuse a lead of an account that the dialog can't show."""
        for reason in lead._get_hidden_account_refusals().values():
            raise UserError(reason)

    @api.depends("duplicated_lead_ids")
    def _compute_name(self):
        """Convert if nothing else is chosen: a merge can't be taken back."""
        if self.env.context.get(CONVERT_FIRST):
            for wizard in self:
                wizard.name = wizard.name or "convert"
        return super()._compute_name()

    @api.depends("lead_id")
    def _compute_account_matches(self):
        for wizard in self:
            wizard.account_matches = wizard.lead_id and wizard._get_account_matches()

    @api.depends("lead_id", "commercial_partner_id")
    def _compute_contact_matches(self):
        for wizard in self:
            wizard.contact_matches = wizard.lead_id and wizard._get_contact_matches()

    def _compute_user_id(self):
        result = super()._compute_user_id()
        for wizard in self:
            if wizard.user_id and not wizard.user_id.active:
                wizard.user_id = wizard.lead_id._get_successor()
        return result

    @api.depends("user_id", "lead_id")
    def _compute_team_id(self):
        """Propose a team of the lead's company."""
        result = None
        for wizard in self:
            company = wizard.lead_id._within_company(wizard.user_id).env.companies
            narrowed = wizard.with_context(allowed_company_ids=company.ids)
            result = super(CrmLead2opportunityPartner, narrowed)._compute_team_id()
        return result

    @api.depends("lead_id", "account_matches")
    def _compute_commercial_partner_id(self):
        """Propose the account that was chosen for the lead, or is as good as sure. The
        account of a contact that is linked goes before it."""
        empty = self.filtered(lambda wizard: not wizard.commercial_partner_id)
        result = super(
            CrmLead2opportunityPartner, empty
        )._compute_commercial_partner_id()
        for wizard in self:
            account = wizard.commercial_partner_id
            if wizard.partner_id.commercial_partner_id.is_company:
                account = wizard.partner_id.commercial_partner_id
            elif not (wizard.partner_id or account or wizard.is_new_account):
                account = wizard._get_proposed_account()
            wizard.commercial_partner_id = account
        return result

    @api.depends("action", "partner_id", "commercial_partner_id", "lead_id")
    def _compute_account_id(self):
        for wizard in self:
            linked = wizard._get_linked_partner(wizard.lead_id)
            account = linked.commercial_partner_id
            wizard.contact_id = False if linked.is_company else linked
            wizard.account_id = (
                account if account.is_company else wizard.commercial_partner_id
            )

    @api.depends("lead_id", "account_id", "is_new_account", "account_matches")
    def _compute_refusal(self):
        for wizard in self:
            lead = wizard.lead_id._origin
            refusals = lead._get_conversion_refusals() or lead._get_bant_refusals()
            refusal = refusals.get(lead, False)
            wizard.is_refused = bool(refusal)
            if lead and not refusal:
                refusal = wizard._get_account_refusal()
            wizard.refusal = refusal

    @api.onchange("commercial_partner_id")
    def _onchange_commercial_partner_id(self):
        """Choose a contact of the account: the one who is the lead, else a new one, who
        may be the same person as one of another account."""
        account = self.commercial_partner_id
        self.is_new_account = not account
        linked = self._get_linked_partner(self.lead_id)
        own_account = linked.commercial_partner_id.filtered("is_company")
        if not self.lead_id or (linked and own_account == account):
            return
        matches = self.contact_matches["matches"]
        own = [match for match in matches if match["account_id"] == account.id]
        same = [match["id"] for match in matches if match["is_same_email"]]
        sure = [match["id"] for match in own if match["is_sure"]]
        partner = account.browse(sure[:1] if account else ())
        proposed = {
            "action": "exist" if partner else "create",
            "partner_id": partner,
            "same_person_id": partner.browse(() if partner else same[:1]),
        }
        # All that follows from a field is computed anew when it is assigned.
        self.update({n: value for n, value in proposed.items() if self[n] != value})
        self._leave_foreign_opportunity()

    @api.onchange("action", "partner_id")
    def _onchange_partner_id(self):
        if self.action == "exist" and not self.partner_id and self.lead_id:
            self.action = "create"  # nobody is chosen any more
        if self.action == "exist":
            self.same_person_id = False
        self._leave_foreign_opportunity()
