from odoo import models
from odoo.exceptions import UserError
from odoo.tools import groupby

from ...tools.account_key import company_key
from ..crm_team import FOUND_TEAMS, FoundTeams
from ..lead_decision_mixin import Decision
from ..record_field import DOT, fold_properties, get_field
from .conversion_company import AccountsToBe
from .conversion_plan import CUSTOMER_FIELDS, IS_PLANNED

# What a lead takes from its customer whenever that has another, natively
FOLLOWED = {"email_from": "email", "phone": "phone"}


class CrmLead(models.Model):
    """How plans of conversion are carried out, step by step."""

    _inherit = "crm.lead"

    def _execute_conversions(self, plans):
        """Carry out plans: set-based, in one transaction.

        :return: the `crm.lead.conversion` records, one a plan, in order
        """
        self.check_access("write")
        self._check_convertible()
        for plan in plans:
            plan.snapshot = plan.lead._get_conversion_snapshot()
        # What a lead gives its owner to is not to be of somebody who has left.
        self.browse(plan.lead.id for plan in plans)._replace_gone_owners()
        with self._keeping_what_they_say():
            self._keep_addresses_apart(plans)
            self._link_accounts(plans)
            self._link_contacts(plans)
            self._become_opportunities([plan for plan in plans if plan.keeps_lead])
        self._become_archived([plan for plan in plans if not plan.keeps_lead])
        self._follow_later_leads(plans)
        conversions = self.env["crm.lead.conversion"]._record(plans)
        conversions._post_links()
        conversions._keep_result()
        return conversions

    def _keeping_what_they_say(self):
        """Return a context in which leads take nothing from their customers over what
        they say. The plan says what they take where they say nothing."""
        names = (*CUSTOMER_FIELDS, "partner_name")
        return self.env.protecting(
            [
                ([self._fields[name] for name in names], self),
                ([self._fields["lang_id"]], self.filtered("lang_id")),
            ]
        )

    def _keep_addresses_apart(self, plans):
        """Part linked contacts from the addresses of their accounts before these
        change, where the plan says that theirs don't."""
        for plan in plans:
            if plan.contact and "type" in (written := plan.get_written("contact")):
                plan.fill(plan.contact, {"type": written["type"]})

    def _get_new_partners(self):
        """Return the model in which accounts and contacts are created.

        Their owner is the lead's, who knows of it: two more e-mails say nothing new.
        """
        return self.env["res.partner"].with_context(mail_auto_subscribe_no_notify=True)

    def _prepare_created(self, plan, record_name):
        """Return the values of an account or contact that a plan creates."""
        written = plan.lead._prepare_written(plan.get_written(record_name))
        return fold_properties(self.env["res.partner"], written)

    def _link_accounts(self, plans):
        """Create the accounts that are missing, one for each company of the batch, and
        fill the blanks of those that are linked, lead after lead: what the earlier ones
        have given, the later ones find."""
        new = [
            plan for plan in plans if not plan.account and plan.lead._get_company_name()
        ]
        leads = self.browse([plan.lead.id for plan in new])
        accounts = AccountsToBe(leads, is_linking=False)
        missing = dict(
            groupby(new, lambda one: one.account_to_be or accounts.get_best(one.lead))
        )
        if missing:
            self._link_new_accounts(missing, accounts)
        for same in missing.values():
            same[0].find_own_values()
        created = self._get_new_partners()._create_together(
            [self._prepare_created(same[0], "account") for same in missing.values()]
        )
        created = created.with_env(self.env)
        for same, account in zip(missing.values(), created, strict=True):
            same[0].created.append(account)
            for plan in same:
                plan.account = account
        for plan in plans:
            if plan.account and plan.account in plan.created:
                continue
            plan.find_own_values()
            if plan.account.is_company:
                written = plan.get_written("account") | plan.restore("account")
                plan.fill(plan.account, written)

    def _link_new_accounts(self, missing, accounts):
        """Have the companies to create accounts of, and take off those of which
        somebody else has just made one: their plans get that account, and fill what it
        has not.

        :param dict missing: plans without an account, by their `AccountToBe`
        """
        names = {
            to_be: plans[0].get_overrides("account").get("name")
            or plans[0].lead._get_company_name()
            for to_be, plans in missing.items()
        }
        keys = self.env["crm.account.key"]
        by_key = {to_be: company_key(name) for to_be, name in names.items()}
        keys._lock(by_key.values())
        looked_up = [plan.looked_up for plans in missing.values() for plan in plans]
        found = keys._find_new(
            by_key.values(), min(filter(None, looked_up), default=None)
        )
        if not found:
            return
        accounts.know(self.env["res.partner"].union(*found.values()))
        for to_be, name in names.items():
            lead, declined = missing[to_be][0].lead, missing[to_be][0].declined
            account = (found.get(by_key[to_be], declined) - declined).filtered(
                lambda account, lead=lead, name=name: (
                    lead._is_linked_by_itself(account)
                    and accounts.is_same(lead, account, name)
                )
            )[:1]
            if not account:
                continue
            for plan in missing.pop(to_be):
                plan.account = account
                plan.fill_blanks_only("account")
                decision = Decision("just_made", told={"id": account.id})
                plan.lead._note_decisions("match", {plan.lead: decision})

    def _link_contacts(self, plans):
        """Create the contacts that are missing, one for each person of the batch, and
        make each the primary contact of an account that has none."""
        missing = self._link_new_contacts(
            self._group_by_person(
                [plan for plan in plans if not plan.contact and plan.has_contact]
            )
        )
        contacts = self._get_new_partners()._create_together(
            [self._prepare_created(same[0], "contact") for same in missing]
        )
        contacts = contacts.with_env(self.env)
        for same, contact in zip(missing, contacts, strict=True):
            same[0].created.append(contact)
            for plan in same:
                plan.contact = contact
        for plan in plans:
            if plan.contact and plan.contact not in plan.created:
                written = plan.get_written("contact") | plan.restore("contact")
                plan.fill(plan.contact, written)
            # Without a company, the person is the account.
            plan.account = plan.account or plan.contact.commercial_partner_id
            if not plan.account:
                raise UserError(
                    self.env._(
                        "“%(lead)s” has neither a company nor a contact name: enter one"
                        " to convert it.",
                        lead=plan.lead.display_name,
                    )
                )
            if plan.contact.parent_id == plan.account and (
                plan.is_primary or not plan.account.primary_contact_id
            ):
                plan.fill(plan.account, {"primary_contact_id": plan.contact.id})

    def _become_opportunities(self, plans):
        """Turn leads into their opportunities, the native way."""
        known = self.with_context(
            lead_conversion=IS_PLANNED, **{FOUND_TEAMS: FoundTeams()}
        )
        leads = known.browse(plan.lead.id for plan in plans)
        leads = [lead._within_company(lead.user_id) for lead in leads]
        before = {lead: lead._get_door_state() for lead in leads}
        for plan, lead in zip(plans, leads, strict=True):
            if team := plan.own_values.get("team_id"):
                lead._check_team(self.env["crm.team"].browse(team))
            converted = lead._followed_later()
            # As long as it is nobody's: native writes a phone to the customer, too.
            if early := self._pick_early(plan.own_values):
                converted.write(converted._prepare_written(early))
            converted.convert_opportunity(plan.contact or plan.account)
            converted._recompute_recordset(["team_id"])
        # What the status needs is computed for all of them together.
        known.browse().concat(*leads)._follow_doors(before)
        for plan, lead in zip(plans, leads, strict=True):
            early = self._pick_early(plan.own_values)
            values = lead._prepare_written(
                {n: v for n, v in plan.own_values.items() if n not in early}
            )
            plain = {n: value for n, value in values.items() if DOT not in n}
            if plain:
                lead.write(plain)
            # The team that the lead has by now says which properties there are.
            properties = {
                name: value
                for name, value in values.items()
                if name not in plain and get_field(lead, name)
            }
            if properties:
                lead.write(fold_properties(lead, properties))

    def _pick_early(self, values):
        """Return those of the values that are written before a lead has a customer."""
        names = {*CUSTOMER_FIELDS, "partner_name"}
        return {name: value for name, value in values.items() if name in names}

    def _within_company(self, owner):
        """Return leads of one company with it alone switched on, if the owner works
        there.

        Native looks for a team of the owner in all companies that are, and the lead's
        company follows the team; the team has to be computed before others see it.
        """
        company = self.company_id
        if company and company in owner.sudo().company_ids:
            return self.with_context(allowed_company_ids=company.ids)
        return self

    def _check_team(self, team):
        """Refuse a team of another company: account and contact would stay behind."""
        if not self._is_of_company(team.sudo()):
            raise UserError(
                self.env._(
                    "“%(lead)s” belongs to %(company)s, the sales team “%(team)s” to"
                    " another company. Choose a team of %(company)s, or none.",
                    lead=self.display_name,
                    company=self.company_id.display_name,
                    team=team.display_name,
                )
            )

    def _become_archived(self, plans):
        """Archive leads whose result is another record; pass on what is around them.

        What a lead says stays on it: its values are protected from being taken anew
        from the customer it gets. So does its queue, as a lead without queue and owner
        is everybody's to read.
        """
        leads = self.browse([plan.lead.id for plan in plans])
        if leads and self._is_bant_gate_on():
            leads._pass_bant_gate()
        self._hand_over_records(plans)
        for plan in plans:
            if plan.opportunity:
                plan.fill(plan.opportunity, plan.get_written("opportunity"))
            customer = plan.contact or plan.account
            with plan.lead._keeping_values():
                plan.lead.write(
                    {
                        "partner_id": customer.id,
                        # A lead of no company is of its customer's, as natively.
                        "company_id": (plan.lead.company_id or customer.company_id).id,
                        "date_conversion": self.env.cr.now(),
                        # Native calls an archived lead of no probability lost.
                        "probability": max(plan.lead.probability, 1),
                        "active": False,
                    }
                )
        leads._write_status(
            self.env["crm.lead.status"]._get_of_category("converted"),
            Decision("converted"),
        )

    def _follow_later_leads(self, plans):
        """Give leads the email address and the phone that a later one has given to the
        customer of both, as native does when the later one is converted by itself."""
        given, behind = set(), {name: self.browse() for name in FOLLOWED}
        for plan in reversed(plans):
            customer = plan.lead.partner_id
            for name, leads in behind.items():
                if (customer._name, customer.id, FOLLOWED[name]) in given:
                    behind[name] = leads | plan.lead
            given.update(tuple(filled[:3]) for filled in plan.filled)
        for name, leads in behind.items():
            if leads:
                self.env.add_to_compute(self._fields[name], leads)
                leads.modified([name])

    def _keeping_values(self):
        """Return a context in which no value of the leads is computed anew.

        Whether they are won or lost still is: that is no value of its own.
        """
        computed = [
            field
            for field in self._fields.values()
            if field.store and field.compute and field.name != "won_status"
        ]
        return self.env.protecting(computed, self)
