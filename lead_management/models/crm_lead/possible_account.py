from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import person_name, web_domain
from ...tools.account_key import company_key
from ...tools.placeholder import is_placeholder_of_person
from ..res_partner.find_contact import Person

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
      `res.partner.find_account_matches`. Contacts that the person may be are shown
      likewise (`res_partner/find_contact.py`).
    * The list's column and filter find leads by what is stored and indexed on both
      sides, in one query for all leads. They miss what only resembles.
    * What a user may not read is counted and never named.
    """

    _inherit = "crm.lead"

    account_key = fields.Char(
        compute="_compute_account_key",
        store=True,
        help="What spellings of the company's name have in common",
    )
    account_domain = fields.Char(
        "Web Domain",
        compute="_compute_account_domain",
        store=True,
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
            domain = web_domain.domain(lead.website) or web_domain.domain(
                lead.email_from
            )
            lead.account_domain = domain or False

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
            query = self.env["res.partner"]._select_leads_of_accounts(lead_ids)
            found = {lead_id for (lead_id,) in self.env.execute_query(query)}
        for lead in self:
            lead.has_possible_account = lead._origin.id in found

    def _search_has_possible_account(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("id", "in", self.env["res.partner"]._select_leads_of_accounts())

    def action_view_possible_accounts(self):
        """Return the action that lists the accounts this lead may be of."""
        return self.possible_account_ids._get_records_action(
            name=self.env._("Possible accounts"),
            context={"active_test": False, "create": False},
        )

    def action_view_possible_contacts(self):
        """Return the action that lists the contacts this lead may be."""
        return self.possible_contact_ids._get_records_action(
            name=self.env._("Possible contacts"),
            context={"active_test": False, "create": False},
        )

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
            raise UserError(self.env._("Pass the values of the form as a dictionary."))
        if self.env["res.partner"]._get_duplicate_policy() == "off":
            return NOTHING
        return self._find_possible([values])[0]

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

    def _find_possible_accounts(self, values_list, limit):
        """Return the matches of each lead that has a company and no account yet."""
        questions = [
            self._get_account_question(values)
            if company_key(values.get("partner_name")) and not values.get("account_id")
            else {}
            for values in values_list
        ]
        if not any(questions):
            return [{"matches": [], "hidden": 0} for _values in values_list]
        partners = self.env["res.partner"]
        return partners._find_account_matches_batch(questions, limit=limit)

    def _find_possible_contacts(self, values_list, accounts_list, limit):
        """Return the contacts that the person of each lead may be, under its account or
        a possible one."""
        partners = self.env["res.partner"]
        people = []
        for values, accounts in zip(values_list, accounts_list, strict=True):
            if values.get("account_contact_id"):
                people.append(Person())
                continue
            known = partners._clean_match_values(
                {
                    "email": values.get("email_from"),
                    "phone": values.get("phone"),
                    "country_id": values.get("country_id"),
                }
            )
            name = self._get_name_of_person(values)
            account_ids = {match["id"] for match in accounts["matches"]}
            if values.get("account_id"):
                account_ids.add(values["account_id"])
            people.append(
                Person(
                    known["email"],
                    known["phone"],
                    "" if is_placeholder_of_person(name) else name,
                    frozenset(account_ids),
                )
            )
        return partners._find_contact_matches_batch(people, limit)

    def _get_name_of_person(self, values):
        """Return the name of a lead's person, perhaps an empty text."""
        name = person_name.join(
            values.get("contact_first_name"), values.get("contact_last_name")
        )
        return " ".join((name or values.get("contact_name") or "").split())

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

    def _get_match_hints(self):
        """Return by what the leads are known to the matcher of accounts, for
        `res.partner._find_account_matches_batch`; extend for more.

        :return: a dictionary for each lead, in order
        """
        return [lead._get_account_question(lead._get_match_values()) for lead in self]

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
