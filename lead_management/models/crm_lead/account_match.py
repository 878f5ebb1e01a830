from itertools import compress

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, email_normalize

from ...tools import person_name, web_domain
from ...tools.account_key import company_key
from ...tools.placeholder import is_placeholder_of_person

NOTHING = {
    "accounts": [],
    "account_count": 0,
    "contacts": [],
    "contact_count": 0,
    "hidden": 0,
}
SHOWN = 3  # matches, in a form
COUNTED = 20  # matches, at most


class CrmLead(models.Model):
    """The accounts and contacts a lead may be of, before it is converted.

    * A lead that is linked to no customer is compared with the accounts, by
      `res.partner.find_account_matches`. Contacts of the same e-mail, and of the same
      name under one of these accounts, are shown likewise.
    * A person chooses one: `account_id` and `account_contact_id` say what the lead will
      be converted into. Unlike `partner_id`, they change no other value of the lead.
      Every way of converting the lead takes them, unless told otherwise.
    * The list's column and filter find leads by what is stored and indexed on both
      sides, in one query for all leads. They miss what only resembles.
    * What a user may not read is counted and never named.
    """

    _inherit = "crm.lead"

    account_id = fields.Many2one(
        "res.partner",
        domain="[('is_company', '=', True)]",
        index="btree_not_null",
        ondelete="set null",
        tracking=True,
        help="The existing account the lead is of, into which it will be converted",
    )
    account_contact_id = fields.Many2one(
        "res.partner",
        "Contact of the Account",
        domain="[('is_company', '=', False), ('parent_id', '=?', account_id)]",
        index="btree_not_null",
        ondelete="set null",
        tracking=True,
        help="The existing contact the lead is, into which it will be converted",
    )
    account_key = fields.Char(
        compute="_compute_account_key",
        store=True,
        index="btree_not_null",
        help="What spellings of the company's name have in common",
    )
    account_domain = fields.Char(
        "Web Domain",
        compute="_compute_account_domain",
        store=True,
        index="btree_not_null",
        help="The company's domain, taken from the website, else the email address",
    )
    possible_account_ids = fields.Many2many(
        "res.partner",
        string="Possible Accounts",
        compute="_compute_possible_account_ids",
    )
    possible_account_count = fields.Integer(compute="_compute_possible_account_ids")
    possible_contact_ids = fields.Many2many(
        "res.partner",
        string="Possible Contacts",
        compute="_compute_possible_account_ids",
    )
    possible_contact_count = fields.Integer(compute="_compute_possible_account_ids")
    has_possible_account = fields.Boolean(
        "Possible Duplicate Account",
        compute="_compute_has_possible_account",
        search="_search_has_possible_account",
        help="There is an account of this name or website, and the lead is linked to"
        " none",
    )

    @api.depends("partner_name")
    def _compute_account_key(self):
        for lead in self:
            lead.account_key = company_key(lead.partner_name) or False

    @api.depends("website", "email_from")
    def _compute_account_domain(self):
        for lead in self:
            lead.account_domain = self._get_account_domain(
                lead.website, lead.email_from
            )

    @api.model
    def _get_account_domain(self, website, email):
        return web_domain.domain(website) or web_domain.domain(email) or False

    def _compute_possible_account_ids(self):
        # No dependencies: what is typed is asked about by the form's banner.
        possible = [
            lead._get_match_values() if lead.type == "lead" and lead._origin else {}
            for lead in self
        ]
        found_list = self._find_possible(possible, limit=COUNTED)
        for lead, found in zip(self, found_list, strict=True):
            lead.possible_account_ids = [match["id"] for match in found["accounts"]]
            lead.possible_contact_ids = [match["id"] for match in found["contacts"]]
            lead.possible_account_count = found["account_count"]
            lead.possible_contact_count = found["contact_count"]

    def _compute_has_possible_account(self):
        found = set()
        if lead_ids := self._origin.ids:
            self.env.cr.execute(self._get_possible_account_query(lead_ids))
            found = {lead_id for (lead_id,) in self.env.cr.fetchall()}
        for lead in self:
            lead.has_possible_account = lead._origin.id in found

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

    def _search_has_possible_account(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("id", "in", self._get_possible_account_query())

    @api.model
    def _get_possible_account_query(self, lead_ids=None):
        """Return the query of the leads for which there may be an account.

        :param lead_ids: the leads to look at; None for all
        """
        evidence = ("account_key", "account_domain")
        self.flush_model(["partner_id", "account_id", *evidence])
        self.env["res.partner"].flush_model(["is_company", *evidence])
        queries = [
            SQL(
                """
                SELECT lead.id
                  FROM crm_lead lead
                  JOIN res_partner account ON account.%(column)s = lead.%(column)s
                 WHERE account.is_company
                   AND lead.partner_id IS NULL
                   AND lead.account_id IS NULL
                   AND %(leads)s
                """,
                column=SQL.identifier(column),
                leads=SQL("TRUE")
                if lead_ids is None
                else SQL("lead.id = ANY(%s)", list(lead_ids)),
            )
            for column in evidence
        ]
        return SQL(" UNION ").join(queries)

    # ------------------------------------------------------------
    # MATCHES
    # ------------------------------------------------------------

    @api.model
    @api.readonly
    def find_possible_accounts(self, values):
        """Return the accounts and contacts a lead may be of, as its form shows them.

        :param dict values: what the form has: `partner_name, contact_name, email_from,
            phone, company_phone, website, country_id, partner_id, account_id,
            account_contact_id`, and `contact_first_name, contact_last_name`, which win
            over the name
        :return: `{"accounts": matches, "account_count": n, "contacts": matches,
            "contact_count": n, "hidden": n}`: the best three of each, as of
            `res.partner.find_account_matches`; how many there are, up to 20; and how
            many more the user may not read. Nothing when the policy is off.
        :raise UserError: the values are no dictionary
        """
        self.check_access("read")
        if not isinstance(values, dict):
            raise UserError(
                self.env._("Say what the form has in a dictionary of values.")
            )
        if self.env["res.partner"]._get_duplicate_policy() == "off":
            return NOTHING
        return self._find_possible([values])[0]

    def action_view_possible_accounts(self):
        """Return the action that lists the accounts this lead may be of."""
        return self._get_possible_action(
            self.env._("Possible accounts"), self.possible_account_ids
        )

    def action_view_possible_contacts(self):
        """Return the action that lists the contacts this lead may be."""
        return self._get_possible_action(
            self.env._("Possible contacts"), self.possible_contact_ids
        )

    def _get_possible_action(self, name, partners):
        action = {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "res.partner",
            "context": {"active_test": False, "create": False},
        }
        if len(partners) == 1:
            return {**action, "views": [(False, "form")], "res_id": partners.id}
        return {
            **action,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", partners.ids)],
        }

    def _get_match_values(self):
        """Return the values of a lead by which it is compared."""
        self.ensure_one()
        names = ("partner_name", "contact_name", "email_from", "phone", "website")
        links = ("country_id", "partner_id", "account_id", "account_contact_id")
        if "vat" in self._fields:  # of the OCA's crm_lead_vat
            names += ("vat",)
        return {
            **{name: self[name] for name in (*names, "company_phone")},
            **{name: self[name].id for name in links},
        }

    @api.model
    def _find_possible(self, values_list, limit=SHOWN):
        """Find the accounts and contacts of many leads, set-based.

        :param values_list: dictionaries as `find_possible_accounts` takes them
        :param int limit: how many matches of a kind to return, of all that are counted
        :return: for each, what `find_possible_accounts` returns
        """
        open_list = [
            {} if values.get("partner_id") else dict(values) for values in values_list
        ]
        found = self._find_possible_accounts(open_list, COUNTED)
        ids = {match["id"] for accounts in found for match in accounts["matches"]}
        companies = self.env["res.partner"].browse(ids).filtered("is_company")._ids
        contacts = self._find_possible_contacts(open_list, found, COUNTED)
        result = []
        for accounts, people in zip(found, contacts, strict=True):
            known = {match["id"] for match in people["matches"]}
            # A person without a company is an account too, and a lead's contact.
            persons = [
                match
                for match in accounts["matches"]
                if match["id"] not in companies and match["id"] not in known
            ]
            matches = [m for m in accounts["matches"] if m["id"] in companies]
            persons = people["matches"] + persons
            result.append(
                {
                    "accounts": matches[:limit],
                    "account_count": len(matches),
                    "contacts": persons[:limit],
                    "contact_count": len(persons),
                    "hidden": accounts["hidden"] + people["hidden"],
                }
            )
        return result

    @api.model
    def _find_possible_accounts(self, values_list, limit):
        """Return the matches of each lead that has a company and no account yet."""
        is_asked = [
            bool(company_key(values.get("partner_name")))
            and not values.get("account_id")
            for values in values_list
        ]
        asked = [
            self._get_account_question(values)
            for values in compress(values_list, is_asked)
        ]
        answers = iter(
            self.env["res.partner"]._find_account_matches_batch(asked, limit=limit)
            if asked
            else ()
        )
        return [
            next(answers) if asks else {"matches": [], "hidden": 0} for asks in is_asked
        ]

    @api.model
    def _get_account_question(self, values):
        """Return a lead's values as `res.partner.find_account_matches` takes them."""
        return {
            "name": values["partner_name"],
            "email": values.get("email_from"),
            "phone": values.get("company_phone") or values.get("phone"),
            "website": values.get("website"),
            "vat": values.get("vat"),
            "country_id": values.get("country_id"),
        }

    @api.model
    def _find_possible_contacts(self, values_list, accounts_list, limit):
        """Return the contacts of the same e-mail, then those of the same name under
        the account or a possible one."""
        asked = []
        domains = []
        for values, accounts in zip(values_list, accounts_list, strict=True):
            email = email_normalize(values.get("email_from") or "")
            name = person_name.join(
                values.get("contact_first_name"), values.get("contact_last_name")
            )
            name = " ".join((name or values.get("contact_name") or "").split())
            account_ids = [match["id"] for match in accounts["matches"]]
            if values.get("account_id"):
                account_ids.append(values["account_id"])
            if is_placeholder_of_person(name):
                name = ""
            if values.get("account_contact_id"):
                email, name = False, ""
            asked.append((email, name.casefold(), set(account_ids)))
            if email:
                domains.append(Domain("email_normalized", "=", email))
            if name and account_ids:
                escaped = name.replace("\\", "\\\\").replace("%", r"\%")
                domains.append(
                    Domain("parent_id", "in", account_ids)
                    & Domain("name", "=ilike", escaped.replace("_", r"\_"))
                )
        partners = self.env["res.partner"]
        contacts = partners.sudo()
        if domains:
            contacts = contacts.with_context(active_test=False).search_fetch(
                Domain.OR(domains)
                & Domain("is_company", "=", False)
                & Domain("type", "in", ("contact", "other")),
                ["name", "email_normalized", "parent_id"],
                limit=100 * len(values_list),
            )
        readable = set(partners.browse(contacts.ids)._filtered_access("read").ids)
        return [
            self._rank_contacts(contacts, readable, *person, limit) for person in asked
        ]

    @api.model
    def _rank_contacts(self, contacts, readable, email, name, account_ids, limit):
        """Return which of the contacts a person may be, as matches of an account are.

        :param set readable: the ids of the contacts the user may read
        """
        matches = []
        hidden = 0
        for contact in contacts:
            reasons = []
            if email and contact.email_normalized == email:
                reasons.append(self.env._("same email"))
            if (
                name
                and " ".join((contact.name or "").split()).casefold() == name
                and (reasons or contact.parent_id.id in account_ids)
            ):
                reasons.append(self.env._("same name"))
            if not reasons:
                continue
            if contact.id not in readable:
                hidden += 1
                continue
            matches.append(
                {
                    "id": contact.id,
                    "display_name": contact.with_env(self.env).display_name,
                    "score": 0.95 if len(reasons) > 1 else 0.9,
                    "reasons": reasons,
                }
            )
        matches.sort(key=lambda match: -match["score"])
        return {"matches": matches[:limit], "hidden": hidden}

    # ------------------------------------------------------------
    # CONVERSION
    # ------------------------------------------------------------

    @api.depends("account_id")
    def _compute_commercial_partner_id(self):
        result = super()._compute_commercial_partner_id()
        for lead in self:
            if lead.account_id and not lead.partner_id:
                lead.commercial_partner_id = lead.account_id
        return result

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
        # Somebody said which account it is: the contact must be of that one.
        if self.account_id and partner.commercial_partner_id != self.account_id:
            return partner.browse()
        return partner

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
