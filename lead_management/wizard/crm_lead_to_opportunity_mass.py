from collections import defaultdict

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize_all

from ..models.crm_lead.conversion_plan import fold_name
from ..models.in_parts import do_in_parts

# What a lead can be at fault for
ERRORS = (UserError, psycopg2.IntegrityError)


class CrmLead2opportunityPartnerMass(models.TransientModel):
    """The native mass wizard: a plan on one page, then all leads that can be.

    * What will become of the leads is in `crm_lead_to_opportunity_mass_plan.py`, what
      became of them in `…_mass_report.py`.
    * Leads of one new company share one new account, unless they contradict each other.
    * The leads are converted as one batch, but for those of one person: they come after
      each other. When a batch fails, each half of it is tried by itself, and so on: the
      leads that are to blame stay behind, with the reason, at the price of a few more
      tries.
    * More leads than somebody waits for become a bulk job, which makes a wizard for
      each batch (`crm.lead.bulk.operation.convert`).
    """

    _inherit = "crm.lead2opportunity.partner.mass"

    # What is merged can't be taken apart: that is for people to choose.
    deduplicate = fields.Boolean(default=False)
    is_all_or_none = fields.Boolean(
        help="Raise if one of the leads can't be converted: the caller tries again in"
        " halves"
    )

    def _check_open(self, lead):
        """The plan lists such a lead with the others that can't be converted."""

    def _get_option_labels(self):
        # Customers are accounts and contacts.
        return {
            **super()._get_option_labels(),
            "action": {
                "create": self.env._("New ones for each lead"),
                "exist": self.env._("One for all leads"),
                "each_exist_or_create": self.env._("Those that match, or new ones"),
            },
        }

    def _compute_value_ids(self):
        """Review no values: they differ from lead to lead."""
        self.value_ids = False

    def _compute_merge_result(self):
        self.duplicate_count = 0
        self.merge_result = False

    @api.depends("lead_tomerge_ids")
    def _compute_duplicated_lead_ids(self):
        """Find the leads with duplicates, as native does for each, in one search."""
        for wizard in self:
            leads = wizard.lead_tomerge_ids
            wizard.duplicated_lead_ids = self._get_leads_with_duplicates(leads)

    # ------------------------------------------------------------
    # DUPLICATES
    # ------------------------------------------------------------

    def _get_leads_with_duplicates(self, leads):
        """Return the leads for which `_get_lead_duplicates` finds others as well."""
        emails = {
            lead: email_normalize_all(lead.partner_id.email or lead.email_from or "")
            for lead in leads
        }
        duplicates = leads.with_context(active_test=False).search_fetch(
            (
                Domain("email_normalized", "in", list(set().union(*emails.values())))
                | Domain("partner_id", "in", leads.partner_id.ids)
            )
            & Domain("won_status", "=", "pending")
            & Domain("active", "=", True),
            ["email_normalized", "partner_id"],
        )
        by_evidence = defaultdict(set)
        for duplicate in duplicates:
            for evidence in (duplicate.email_normalized, duplicate.partner_id):
                if evidence:
                    by_evidence[evidence].add(duplicate.id)

        def is_one_of_several(lead):
            found = (by_evidence[one] for one in (lead.partner_id, *emails[lead]))
            return len(set().union(*found)) > 1

        return leads.filtered(is_one_of_several)

    def action_mass_convert(self):
        if self._get_target() == "account":
            self.deduplicate = False  # what is merged becomes one opportunity
        if self.deduplicate:
            # The others needn't be looked at one by one.
            self.lead_tomerge_ids = self._get_leads_with_duplicates(
                self.lead_tomerge_ids
            )
        return super().action_mass_convert()

    # ------------------------------------------------------------
    # CONVERT
    # ------------------------------------------------------------

    def _get_target(self):
        """Return `account` where no opportunities are wanted; merging makes some."""
        is_account = self.name == "convert" and self.result == "account"
        return "account" if is_account else "opportunity"

    def _convert_and_allocate(self, leads, user_ids, team_id=False):
        """Leave opportunities alone where none are wanted."""
        if self._get_target() == "account":
            leads = leads.filtered(lambda lead: lead.type == "lead")
        return super()._convert_and_allocate(leads, user_ids, team_id=team_id)

    def _check_not_converted(self, leads):
        """Let native allocate those that are converted already, as it always does."""

    def _convert_leads(self, leads):
        """Convert the leads, in halves where the whole batch can't be.

        :return: the leads that could be
        """
        conversions = self.env["crm.lead.conversion"]
        made, failures = self.env["res.partner"], {}
        links = self._get_links(leads)
        rounds = self._get_rounds(leads, links)

        def convert(part):
            # What was found at first is true until something is converted.
            found = links if part == leads else self._get_links(part)
            plans = self._get_batch_plans(found, made)
            return plans, part._execute_conversions(plans)

        def note(done):
            nonlocal conversions, made
            plans, converted = done
            conversions |= converted
            for plan in plans:
                if plan.account in plan.created and plan.account.is_company:
                    made |= plan.account

        for part in rounds:
            if self.is_all_or_none:
                note(convert(part))
            else:
                failures |= do_in_parts(part, convert, errors=ERRORS, after=note)
        if failures and len(self.env.context.get("active_ids") or leads) == 1:
            raise next(iter(failures.values()))
        if not self.is_all_or_none:
            reasons = {
                lead: leads._sql_error_to_message(failures[lead])
                if isinstance(failures[lead], psycopg2.Error)
                else str(failures[lead])
                for lead in leads
                if lead in failures
            }
            self.report = self._prepare_report(conversions, reasons)
        return (leads & conversions.lead_id).with_env(self.env)

    def _get_rounds(self, leads, links):
        """Return the leads in parts that are converted one after the other, as when
        each is converted by itself. Of two of one person the second finds what the
        first has made, and takes what it has given.

        Leads of one company stay in their order: who comes first names the account.

        :param dict links: the `Link` of each lead
        """
        if self.action != "each_exist_or_create":
            return [leads]
        rounds, earliest, homes = defaultdict(list), defaultdict(int), {}
        queries = leads._get_company_queries()
        for lead, query in zip(leads, queries, strict=True):
            company = {*query.evidence, links[lead].account.id} - {False}
            people = self._get_people(lead, company)
            # A contact's next lead fills the account of the contact.
            for person in people:
                company |= homes.setdefault(person, company)
            number = max((earliest[key] for key in (*company, *people)), default=0)
            rounds[number].append(lead.id)
            earliest.update(dict.fromkeys(company, number))
            earliest.update(dict.fromkeys(people, number + 1))
        if len(rounds) < 2:
            return [leads]
        return [
            leads.browse(rounds[number]).with_prefetch(leads._prefetch_ids)
            for number in sorted(rounds)
        ]

    def _get_people(self, lead, company):
        """Return by what leads are known to be of the person that this one is of.

        :param set company: by what its company is known
        """
        customer = lead.partner_id or lead._get_chosen_contact()
        people = {
            ("contact", customer.id if not customer.is_company else False),
            ("email", lead.email_normalized or lead.email_from),
        }
        if name := lead._get_contact_name():
            people |= {(key, fold_name(name)) for key in company}
        return {person for person in people if person[1]}

    def _get_batch_plans(self, links, made):
        """Return the plans of leads, some of whose accounts exist by now.

        :param dict links: the `Link` of each lead
        :param made: the accounts created so far
        """
        foreseen = {
            lead: (to_be, link)
            for lead, to_be, link, _earlier in self._foresee(links, made)
        }
        contacts = self.env["crm.lead"]._find_namesakes(
            {
                lead: link.account
                for lead, (_to_be, link) in foreseen.items()
                if link.account != links[lead].account
            }
        )
        plans = []
        for lead, (to_be, link) in foreseen.items():
            plan = lead._plan_conversion(
                self._get_target(), link.account, contacts.get(lead, link.contact)
            )
            if self.action != "exist":
                plan.account_to_be = to_be
            plans.append(plan)
        return self._name_contacts(plans)
