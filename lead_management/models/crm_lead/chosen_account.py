from odoo import api, fields, models


class CrmLead(models.Model):
    """The account and the contact that a person has chosen for a lead.

    `account_id` and `account_contact_id` say what the lead will be converted into.
    Unlike `partner_id`, they change no other value of the lead. Every way of converting
    it takes them, unless told otherwise.
    """

    _inherit = "crm.lead"

    account_id = fields.Many2one(
        "res.partner",
        domain="[('is_company', '=', True)]",
        index="btree_not_null",
        tracking=True,
        help="The existing account the lead is of, into which it will be converted",
    )
    account_contact_id = fields.Many2one(
        "res.partner",
        "Contact of the Account",
        domain="[('is_company', '=', False), ('parent_id', '=?', account_id)]",
        index="btree_not_null",
        tracking=True,
        help="The existing contact the lead is, into which it will be converted",
    )

    @api.depends("account_id")
    def _compute_commercial_partner_id(self):
        result = super()._compute_commercial_partner_id()
        for lead in self:
            if lead.account_id and not lead.partner_id:
                lead.commercial_partner_id = lead.account_id
        return result

    @api.onchange("account_id")
    def _onchange_account_id(self):
        if not self._get_chosen_contact():
            self.account_contact_id = False

    @api.onchange("commercial_partner_id")
    def _onchange_commercial_partner_id(self):
        # Native names the lead after its company; choosing an account changes nothing.
        if self.partner_id or not self.account_id:
            return super()._onchange_commercial_partner_id()
        return None

    @api.onchange("account_contact_id")
    def _onchange_account_contact_id(self):
        account = self.account_contact_id.commercial_partner_id
        if account.is_company:
            self.account_id = account

    def _get_chosen_contact(self):
        """Return the contact that was chosen, if it is one of the chosen account."""
        self.ensure_one()
        contact = self.account_contact_id
        if self.account_id and contact.commercial_partner_id != self.account_id:
            return contact.browse()
        return contact

    def _find_matching_partner(self):
        if self.partner_id:
            return super()._find_matching_partner()
        if contact := self._get_chosen_contact():
            return contact
        partner = super()._find_matching_partner()
        accounts = partner.commercial_partner_id
        is_open = accounts == accounts._filtered_access("read")
        is_matching = is_open and self._is_matching_partner(partner)
        return partner if is_matching else partner.browse()

    def _is_matching_partner(self, partner):
        """Tell whether a partner of the lead's e-mail address may be its customer.

        Where somebody said which account it is, the contact must be of that one; and of
        no other company than the lead, which Odoo would refuse.
        """
        account = self.account_id
        return self._is_of_company(partner) and (
            not account or partner.commercial_partner_id == account
        )

    def _create_customer(self, with_parent=None):
        lead = self
        if self.partner_name and not self._get_company_name():
            # Natively the placeholder would become a company.
            lead = self.new({"partner_name": False}, origin=self)
        return super(CrmLead, lead)._create_customer(
            with_parent=with_parent or self.account_id
        )

    def _merge_get_fields(self):
        return [*super()._merge_get_fields(), "account_id", "account_contact_id"]
