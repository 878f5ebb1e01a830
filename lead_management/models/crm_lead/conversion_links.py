from collections import namedtuple

from odoo import api, models
from odoo.fields import Domain

AUTO_LINK_PARAMETER = "lead_management.auto_link"
AUTO_LINKS = ("sure", "never")
# Those that would do are the `matches`, of which the best one is linked.
Link = namedtuple("Link", "account contact reasons hidden matches", defaults=[()])
Match = namedtuple("Match", "account score reasons")


class CrmLead(models.Model):
    """Which account and contact a lead is converted to when nobody chooses.

    1. Its customer; else the contact and the account that were chosen for it.
    2. Else the contact with its e-mail address, as in native Odoo, if its company is
       the lead's and the user may open its account.
    3. Else the account that matches best (`res.partner.find_account_matches`), if that
       is as good as sure by the settings, and they don't say that only people link
       accounts. It is in use, its company is the lead's, and the user may change it.
       The contact is the one of the lead's name under that account, unless they have
       different e-mail addresses.
    4. Else there is none: they will be created.
    """

    _inherit = "crm.lead"

    def _get_proposed_links(self):
        """Return a `Link` for each lead, in a number of queries that doesn't depend on
        how many leads there are.

        :return: by lead; account and contact may be empty, `hidden` is how many more
            accounts match that the user may not read
        """
        partners = self._find_matching_partners()
        unknown = self.filtered(
            lambda lead: (
                lead._get_company_name() and not partners[lead] and not lead.account_id
            )
        )
        found = unknown._find_sure_accounts()
        contacts = self._find_namesakes(
            {
                **{
                    lead: lead.account_id
                    for lead in self
                    if lead.account_id and not partners[lead]
                },
                **{lead: found[lead].account for lead in found},
            }
        )
        links = {}
        for lead, partner in partners.items():
            if partner:
                account = partner.commercial_partner_id
                contact = partner.browse() if partner.is_company else partner
                reason = (
                    self.env._("known contact of the lead")
                    if lead.partner_id
                    else self.env._("chosen for the lead")
                    if lead._get_chosen_contact()
                    else self.env._("same email address")
                )
                links[lead] = Link(account, contact, [reason], 0)
            elif lead.account_id:
                reason = self.env._("chosen for the lead")
                links[lead] = Link(lead.account_id, contacts[lead], [reason], 0)
            else:
                link = found.get(lead, Link(partner, partner, [], 0))
                links[lead] = link._replace(contact=contacts.get(lead, partner))
        return links

    def _get_links_to(self, partner):
        """Return a `Link` for each lead to its customer, else to one chosen for all."""
        links = {}
        for lead in self:
            linked = partner or lead.partner_id
            contact = linked.browse() if linked.is_company else linked
            links[lead] = Link(linked.commercial_partner_id, contact, [], 0)
        return links

    def _find_matching_partners(self):
        """Return what `_find_matching_partner` does, by lead, in one search for each
        company of the database: native looks for those of one company first."""
        partners = {}
        asked = {}
        for lead in self:
            partners[lead] = lead.partner_id or lead._get_chosen_contact()
            email = lead.email_normalized or lead.email_from
            if not partners[lead] and email:
                asked[lead] = [email]
        found = {}
        for leads in self.browse().concat(*asked).grouped("company_id").values():
            found |= leads._partner_find_from_emails(
                {lead: asked[lead] for lead in leads}, no_create=True
            )
        found = {lead: found[lead.id][:1] for lead in asked}
        accounts = self.env["res.partner"].union(*found.values()).commercial_partner_id
        accounts = accounts._filtered_access("read")
        for lead, partner in found.items():
            # One whose account is hidden would be linked with it.
            is_open = partner.commercial_partner_id <= accounts
            if is_open and lead._is_matching_partner(partner):
                partners[lead] = partner
        return partners

    def _is_auto_link_on(self):
        """Tell whether accounts that are as good as sure are linked by themselves."""
        parameters = self.env["ir.config_parameter"]
        choice = parameters._get_lead_choice(AUTO_LINK_PARAMETER, "sure", AUTO_LINKS)
        return choice == "sure"

    def _find_sure_accounts(self):
        """Return a `Link` to the account that is as good as sure for each lead, if
        there is one; without a contact."""
        partners = self.env["res.partner"]
        if not self:
            return {}
        answers = partners._find_account_matches_batch(
            [self._get_account_question(lead._get_match_values()) for lead in self],
            sure=True,
        )
        candidates = [answer["matches"] for answer in answers]
        if not self._is_auto_link_on():
            candidates = [[] for _lead in self]
        usable = partners.browse(
            {match["id"] for matches in candidates for match in matches}
        )._filtered_access("write")
        result = {}
        for lead, found, answer in zip(self, candidates, answers, strict=True):
            matches = []
            for match in found:
                account = partners.browse(match["id"]).with_prefetch(usable._ids)
                if account in usable and lead._is_linked_by_itself(account):
                    matches.append(Match(account, match["score"], match["reasons"]))
            best = matches[0] if matches else Match(partners, 0, [])
            result[lead] = Link(
                best.account, partners, best.reasons, answer["hidden"], matches
            )
        return result

    def _is_linked_by_itself(self, account):
        """Tell whether an account that matches may be linked without asking."""
        return account.is_company and account.active and self._is_of_company(account)

    def _is_of_company(self, record):
        """Tell whether the lead's company may deal with a partner, or a team."""
        own, other = self.company_id, record.company_id
        return not (own and other) or own == other

    def _find_namesakes(self, accounts):
        """Return the contact of each lead's name under its account, perhaps none."""
        partners = self.env["res.partner"]
        names = {lead: lead._get_contact_name() for lead in accounts}
        # Of no account, a person who is called so may be anybody.
        asked = {lead: acc for lead, acc in accounts.items() if acc and names[lead]}
        found = partners.search_fetch(
            [
                ("parent_id", "in", list({account.id for account in asked.values()})),
                ("name", "in", [names[lead] for lead in asked]),
                ("is_company", "=", False),
                # other: with an address of their own
                ("type", "in", ("contact", "other")),
            ],
            ["name", "parent_id", "email_normalized"],
            order="id",
        )
        namesakes = found.grouped(lambda contact: (contact.parent_id, contact.name))
        contacts = dict.fromkeys(accounts, partners)
        for lead, account in asked.items():
            email = lead.email_normalized
            for contact in namesakes.get((account, names[lead]), ()):
                if email in (contact.email_normalized or email, False):
                    contacts[lead] = contact
                    break
        return contacts

    # ------------------------------------------------------------
    # OPPORTUNITIES
    # ------------------------------------------------------------

    def _get_own_opportunity_domain(self, account, contact):
        """Return the domain of the open opportunities that a lead may be converted
        into without a search: those of its account or contact, and those without a
        customer that are of its company or its e-mail address. None belongs to another
        company of the database."""
        self.ensure_one()
        customer = account or contact
        evidence = Domain.FALSE
        # Of the address, native indexes this part only.
        for names in (("email_domain_criterion", "email_normalized"), ("account_key",)):
            if all(self[name] for name in names):
                evidence |= Domain.AND(Domain(name, "=", self[name]) for name in names)
        own = Domain("partner_id", "=", False) & evidence
        if customer:
            own |= Domain("partner_id", "child_of", customer.ids)
        if self.company_id:
            own &= Domain("company_id", "in", [False, self.company_id.id])
        is_open = Domain("type", "=", "opportunity") & Domain(
            "won_status", "=", "pending"
        )
        return is_open & own

    @api.model
    @api.readonly
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """Offer a lead that is converted its own opportunities first, and others only
        to who searches. The context says which `conversion_lead_id` it is, and with
        which `conversion_account_id` and `conversion_contact_id`."""
        get = self.env.context.get
        if not get("conversion_lead_id"):
            return super().name_search(name, domain, operator, limit)
        partners = self.env["res.partner"]
        own = self.browse(get("conversion_lead_id"))._get_own_opportunity_domain(
            partners.browse(get("conversion_account_id") or ()),
            partners.browse(get("conversion_contact_id") or ()),
        )
        found = super().name_search(name, own & Domain(domain or []), operator, limit)
        if name and (limit is None or len(found) < limit):
            others = ~own & Domain(domain or [])
            rest = limit and limit - len(found)
            found += super().name_search(name, others, operator, rest)
        return found
