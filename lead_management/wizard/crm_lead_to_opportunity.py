from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.crm_lead.conversion_plan import Plan
from ..models.lead_notice import WITH_NOTICE

# The context key under which the dialog is opened to convert, also where native would
# propose to merge
CONVERT_FIRST = "lead_convert_first"


class CrmLead2opportunityPartner(models.TransientModel):
    """The native wizard, asking in the order in which one decides: account, contact,
    opportunity. What will be written is in `crm_lead_to_opportunity_review.py`, what a
    merge does in `crm_lead_to_opportunity_merge.py`.

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

    # Account
    account_matches = fields.Json(
        compute="_compute_account_matches",
        store=True,
        compute_sudo=False,
        readonly=False,  # saving the wizard keeps what it shows
        help="The accounts to choose from, see _get_account_matches",
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
        store=True,
        compute_sudo=False,
        readonly=False,
        help="The contacts to choose from, see _get_contact_matches",
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
    # Opportunity
    result = fields.Selection(
        [
            ("opportunity", "New opportunity"),
            ("existing", "Into an existing opportunity"),
            ("account", "No opportunity yet"),
        ],
        "Opportunity",
        default="opportunity",
        required=True,
        help="Without an opportunity, the lead becomes an account with a contact,"
        " and is archived",
    )
    opportunity_id = fields.Many2one(
        "crm.lead",
        "Existing Opportunity",
        domain="[('type', '=', 'opportunity'), ('won_status', '=', 'pending'),"
        " '|', ('partner_id', '=', False),"
        " ('partner_id', 'child_of', [account_id or contact_id])]",
    )
    has_opportunities = fields.Boolean(
        compute="_compute_has_opportunities",
        store=True,
        compute_sudo=False,
        readonly=False,
        help="There are open opportunities of the account, or of the lead's person or"
        " company",
    )
    refusal = fields.Text(
        compute="_compute_refusal", help="Why the lead can't be converted"
    )
    is_refused = fields.Boolean(
        compute="_compute_refusal", help="It can't be, whatever one chooses here"
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

    @api.model
    def _get_option_labels(self):
        """Return what native options are called here, by field and value.

        There needn't be an opportunity, as native's says.
        """
        return {"name": {"convert": self.env._("Convert")}}

    @api.depends("duplicated_lead_ids")
    def _compute_name(self):
        """Convert if nothing else is chosen: a merge can't be taken back."""
        if self.env.context.get(CONVERT_FIRST):
            for wizard in self:
                wizard.name = wizard.name or "convert"
        return super()._compute_name()

    @api.depends("lead_id", "account_id", "contact_id")
    def _compute_has_opportunities(self):
        for wizard in self:
            wizard.has_opportunities = bool(
                wizard.lead_id and wizard._find_own_opportunities(limit=1)
            )

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
            refusal = wizard._get_lead_refusal() if lead else False
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

    @api.onchange("result")
    def _onchange_result(self):
        """Choose the opportunity if there is just one to choose."""
        if self.result == "existing" and not self.opportunity_id:
            own = self._find_own_opportunities(limit=2)
            self.opportunity_id = own if len(own) == 1 else False

    def _leave_foreign_opportunity(self):
        """Choose no opportunity of an account that was left."""
        opportunity = self.opportunity_id
        if not opportunity:
            return
        own_account = opportunity.partner_id.commercial_partner_id
        account = self.account_id or self.contact_id.commercial_partner_id
        if own_account and own_account != account:
            self.opportunity_id = False
            if not self.has_opportunities:
                self.result = "opportunity"

    # ------------------------------------------------------------
    # WHAT THERE IS TO CHOOSE
    # ------------------------------------------------------------

    def _get_account_matches(self):
        """Return the accounts to choose from, as JSON.

        :return: `{"new": name, "matches": matches, "hidden": n}`: the name of a new
            account, if there can be one; matches as of
            `res.partner.find_account_matches`, with `is_usable`, whether the lead's
            company may deal with them, and `is_sure`, whether they are linked without
            asking; and how many more there are that the user may not read
        """
        lead = self.lead_id
        partners = self.env["res.partner"]
        if customer := lead.partner_id.commercial_partner_id:
            match = self._prepare_match(
                customer, self.env._("known contact of the lead")
            )
            matches = [match] if customer.is_company else []
            return {"new": False, "matches": matches, "hidden": 0}
        found = {"matches": [], "hidden": 0}
        if lead._get_company_name():
            question = lead._get_account_question(lead._get_match_values())
            found = partners._find_account_matches_batch([question])[0]
        matches = found["matches"]
        chosen = lead.account_id
        if chosen and chosen.id not in [match["id"] for match in matches]:
            matches.append(
                self._prepare_match(chosen, self.env._("chosen for the lead"))
            )
        accounts = partners.browse([match["id"] for match in matches])
        writable = accounts._filtered_access("write")
        _threshold, sure = partners._get_account_match_thresholds()
        for match, account in zip(matches, accounts, strict=True):
            match["is_usable"] = account in writable and lead._is_of_company(account)
            match["is_sure"] = (
                match["score"] >= sure
                and match["is_usable"]
                and lead._is_linked_by_itself(account)
            )
            if not lead._is_of_company(account):
                match["reasons"].append(
                    self.env._("belongs to %s", account.company_id.display_name)
                )
        companies = set(accounts.filtered("is_company")._ids)
        return {
            "new": lead._get_company_name(),
            "matches": [match for match in matches if match["id"] in companies],
            "hidden": found["hidden"],
        }

    def _get_contact_matches(self):
        """Return the contacts to choose from, as JSON.

        :return: `{"new": name, "matches": matches, "hidden": n}` as of
            `_get_account_matches`; matches have the `account_id` and the name of the
            `account` the contact is of, `is_same_email`, and `is_sure`, whether nothing
            speaks against it
        """
        lead = self.lead_id
        new = lead._get_contact_name()
        if lead.partner_id:
            return {"new": False, "matches": [], "hidden": 0}
        values = {**lead._get_match_values(), "account_contact_id": False}
        values["account_id"] = self.commercial_partner_id.id
        [found] = lead._find_possible_contacts([values], [{"matches": []}], 5)
        for match in found["matches"]:
            contact = self.env["res.partner"].browse(match["id"])
            account = contact.commercial_partner_id.sudo()
            email = contact.email_normalized
            match.update(
                display_name=contact.name,
                account_id=account.is_company and account.id,
                account=account.is_company and account.name,
                is_same_email=email == lead.email_normalized,
                is_sure=email in (lead.email_normalized or email, False),
                is_usable=lead._is_of_company(contact),
            )
        return {"new": new, **found}

    @api.model
    def _prepare_match(self, account, reason):
        return {
            "id": account.id,
            "display_name": account.display_name,
            "score": 1.0,
            "reasons": [reason],
            "is_usable": True,
            "is_sure": False,
        }

    def _get_proposed_account(self):
        """Return the account to link if nobody says otherwise, perhaps none."""
        if self.lead_id.account_id or not self.lead_id._is_auto_link_on():
            return self.lead_id.account_id
        matches = (self.account_matches or {}).get("matches", ())
        sure = [match["id"] for match in matches if match["is_sure"]]
        return self.env["res.partner"].browse(sure[:1])

    def _find_own_opportunities(self, limit=None):
        """Return the open opportunities that the lead is most likely to belong to."""
        return self.env["crm.lead"].search(
            self.lead_id._get_own_opportunity_domain(self.account_id, self.contact_id),
            limit=limit,
        )

    def _get_lead_refusal(self):
        """Return why the lead can't be converted, whatever is chosen, or False."""
        lead = self.lead_id._origin
        refusals = lead._get_conversion_refusals() or lead._get_bant_refusals()
        return refusals.get(lead, False)

    def _get_account_refusal(self):
        """Return why there can be no new account, if one is chosen, or False."""
        partners = self.env["res.partner"]
        if (
            not self.account_id
            and any(match["is_sure"] for match in self.account_matches["matches"])
            and partners._get_duplicate_policy() == "block"
            and partners._is_bound_by_duplicate_policy()
        ):
            return self.env._(
                "“%(name)s” is there already: choose the existing account, or ask a"
                " sales manager to create a second one.",
                name=self.lead_id.partner_name,
            )
        return False

    # ------------------------------------------------------------
    # CONVERT
    # ------------------------------------------------------------

    def action_apply(self):
        if self.name == "merge" or self.result == "opportunity":
            action = super().action_apply()
        else:
            self._action_convert()
            action = self.lead_id.conversion_id.action_open_result()
        if not self.env.context.get(WITH_NOTICE):
            return action
        conversion = self.lead_id.conversion_id
        return conversion._get_notice(action) if conversion else action

    def _convert_and_allocate(self, leads, user_ids, team_id=False):
        """Convert the leads among the records as one batch, through the ledger, and
        leave the rest to the native wizard."""
        convertible = leads.filtered(
            lambda lead: (
                lead.type == "lead" and lead.active and lead.won_status != "lost"
            )
        )
        if self.action == "exist":
            # To link a customer and name none: native converts without one.
            convertible = convertible.filtered(self._get_linked_partner)
        rest = leads - convertible
        self._check_not_converted(rest)
        if self.lead_id and team_id:
            for lead in convertible:
                lead._check_team(self.env["crm.team"].browse(team_id))
        result = super()._convert_and_allocate(rest, user_ids, team_id=team_id)
        if convertible:
            convertible = self._convert_leads(
                convertible.with_context(default_user_id=self.user_id.id)
            )
        allocated = convertible.filtered(
            lambda lead: self.force_assignment or not lead.user_id
        )
        self._allocate(allocated, user_ids, team_id)
        return result

    def _allocate(self, leads, user_ids, team_id):
        """Give leads to salespeople in turns, as native does, each in its company."""
        team = self.env["crm.team"].browse(team_id or [])
        for index, user in enumerate(self.env["res.users"].browse(user_ids)):
            share = leads[index :: len(user_ids)]
            for same in share.grouped("company_id").values():
                own_team = same[0]._is_of_company(team.sudo()) and team.id
                # What is theirs already would be scored once more if it was written.
                if own_team and all(
                    lead.user_id == user and lead.team_id == team for lead in same
                ):
                    continue
                same = same._within_company(user)
                same._handle_salesmen_assignment(user.ids, team_id=own_team)
                same._recompute_recordset(["team_id"])

    def _check_not_converted(self, leads):
        """Say who converted the lead: this is a second click, or somebody was faster.

        :raise UserError: the lead is converted
        """
        done = leads.filtered(lambda lead: lead == lead.conversion_id.lead_id)
        for reason in done._get_conversion_refusals().values():
            raise UserError(reason)

    def _convert_leads(self, leads):
        """Convert the leads as one batch; return them."""
        return leads._execute_conversions(self._get_plans(leads)).lead_id

    def _get_linked_partner(self, lead):
        """Return the customer a lead is converted with, unless one is created.

        As in the native wizard: the one that was chosen, else the lead's.
        """
        return self.partner_id or lead.partner_id

    def _get_plan(self):
        """Return the `Plan` of the lead as it was chosen, not as it was reviewed."""
        contact = self.contact_id._origin
        account = self.account_id._origin or contact.commercial_partner_id
        existing = self.opportunity_id if self.result == "existing" else False
        plan = Plan(
            # Who the opportunity is assigned to owns account and contact as well.
            lead=self.lead_id._origin.with_context(default_user_id=self.user_id.id),
            target="account" if self.result == "account" else "opportunity",
            account=account,
            contact=contact,
            opportunity=existing or self.env["crm.lead"],
            overrides={},
            same_person=self.same_person_id,
            is_primary=self.is_primary,
        )
        self._name_contacts([plan])
        return plan

    def _get_plans(self, leads):
        """Return the plan of each lead, from what was chosen."""
        chosen = self._get_plan() if self.lead_id else None
        plans = leads._plan_conversions(
            "account" if self.result == "account" else "opportunity",
            self.account_id.id,
            self.contact_id.id,
            self.opportunity_id.id if self.result == "existing" else False,
            {},
        )
        for plan in plans:
            plan.is_primary = self.is_primary
            plan.same_person = self.same_person_id
            # What was reviewed isn't what is left of a merge.
            if chosen and plan.lead == chosen.lead and self.name != "merge":
                plan.account = chosen.account
                plan.contact = chosen.contact
                plan.overrides = self._get_overrides()
            plan.looked_up = self.create_date
            if self.is_new_account:
                shown = (self.account_matches or {}).get("matches", ())
                plan.declined = plan.account.browse([match["id"] for match in shown])
        return self._name_contacts(plans)

    @api.model
    def _name_contacts(self, plans):
        """Name contacts of leads that know no name after the lead, as native does."""
        for plan in plans:
            if not (plan.has_account or plan.has_contact):
                plan.contact_name = plan.lead.name
        return plans
