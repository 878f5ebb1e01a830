from collections import defaultdict

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize_all

from ..models.in_parts import do_in_parts
from ..models.lead_notice import WITH_NOTICE, get_notice


class CrmLead2opportunityPartnerMass(models.TransientModel):
    """The native mass wizard: a plan on one page, then all leads that can be.

    * The plan says which leads get a new account, which are linked to one that exists
      and why, and which can't be converted and why. Accounts and customers are looked
      up for all leads together (`crm.lead._get_proposed_links`).
    * Leads of one new company share one new account.
    * The leads are converted as one batch. When that fails, each half of it is tried by
      itself, and so on: the leads that are to blame stay behind, with the reason, at
      the price of a few more tries.
    * More leads than somebody waits for become a bulk job, which makes a wizard for
      each batch (`crm.lead.bulk.operation.convert`).
    """

    _inherit = "crm.lead2opportunity.partner.mass"

    plan = fields.Json(
        compute="_compute_plan", help="What will become of the leads, see _get_plan"
    )
    report = fields.Json(
        readonly=True, help="What became of the leads, see _prepare_report"
    )

    # What is merged can't be taken apart: that is for people to choose.
    deduplicate = fields.Boolean(default=False)
    is_all_or_none = fields.Boolean(
        help="Raise if one of the leads can't be converted: the caller tries again in"
        " halves"
    )

    @api.model
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

    def _compute_has_opportunities(self):
        self.has_opportunities = False

    @api.depends("lead_tomerge_ids")
    def _compute_duplicated_lead_ids(self):
        """Find the leads with duplicates, as native does for each, in one search."""
        for wizard in self:
            leads = wizard.lead_tomerge_ids
            wizard.duplicated_lead_ids = self._get_leads_with_duplicates(leads)

    @api.depends("lead_tomerge_ids", "action", "partner_id")
    def _compute_plan(self):
        for wizard in self:
            wizard.plan = wizard._get_plan()

    # ------------------------------------------------------------
    # DUPLICATES
    # ------------------------------------------------------------

    @api.model
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
        by_email = defaultdict(set)
        by_partner = defaultdict(set)
        for duplicate in duplicates:
            by_email[duplicate.email_normalized].add(duplicate.id)
            if duplicate.partner_id:
                by_partner[duplicate.partner_id].add(duplicate.id)
        return leads.filtered(
            lambda lead: (
                len(
                    by_partner[lead.partner_id].union(
                        *(by_email[email] for email in emails[lead])
                    )
                )
                > 1
            )
        )

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
    # PLAN
    # ------------------------------------------------------------

    def _get_links(self, leads):
        """Return the `Link` of each lead, by what was chosen for all of them."""
        if self.action == "each_exist_or_create":
            return leads._get_proposed_links()
        return leads._get_links_to(self.partner_id)

    def _get_plan(self):
        """Return what will become of the leads, as JSON.

        :return: `{"accounts": groups, "links": groups, "problems": problems}`. A group
            has the `name` of the account, its `id` if it exists, `reasons` for linking
            it, and its `leads`; a problem has `lead`, `id` and `reason`.
        """
        self.ensure_one()
        leads = self.lead_tomerge_ids._origin
        refusals = leads._get_conversion_refusals()
        refusals |= (leads - leads.browse().concat(*refusals))._get_bant_refusals()
        ready = leads.filtered(lambda lead: lead not in refusals)
        accounts, linked = {}, {}
        for lead, link in self._get_links(ready).items():
            if link.account:
                group = linked.setdefault(
                    link.account.id,
                    {
                        "id": link.account.id,
                        "name": link.account.display_name,
                        "reasons": [],
                        "leads": [],
                    },
                )
                group["reasons"] += set(link.reasons) - {*group["reasons"]}
            else:
                company = lead._get_company_name()
                key = lead._get_new_account_key() if company else lead
                name = company or lead._get_contact_name() or lead.name
                group = accounts.setdefault(
                    key, {"name": name, "reasons": [], "leads": []}
                )
                if link.hidden:
                    group["reasons"] = [
                        self.env._("like %s that you cannot open", link.hidden)
                    ]
            group["leads"].append(lead.display_name)
        return {
            "accounts": list(accounts.values()),
            "links": list(linked.values()),
            "problems": [
                {"id": lead.id, "lead": lead.display_name, "reason": reason}
                for lead, reason in refusals.items()
            ],
        }

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
        if self.is_all_or_none:
            return super()._convert_leads(leads)
        conversions = self.env["crm.lead.conversion"]
        new_accounts = {}

        def convert(part):
            plans = self._get_batch_plans(part, new_accounts)
            return plans, part._execute_conversions(plans)

        def note(done):
            nonlocal conversions
            plans, converted = done
            conversions |= converted
            for plan in plans:
                if plan.account in plan.created and plan.account.is_company:
                    new_accounts[plan.lead._get_new_account_key()] = plan.account

        failures = do_in_parts(
            leads, convert, errors=(UserError, psycopg2.IntegrityError), after=note
        )
        if failures and len(self.env.context.get("active_ids") or leads) == 1:
            raise next(iter(failures.values()))
        reasons = {
            lead: self._get_failure_reason(error) for lead, error in failures.items()
        }
        self.report = self._prepare_report(conversions, reasons)
        return conversions.lead_id

    @api.model
    def _get_failure_reason(self, error):
        if isinstance(error, psycopg2.Error):
            return self.env["crm.lead"]._sql_error_to_message(error)
        return str(error)

    def _get_plans(self, leads):
        """Plan each lead by itself: every one has its own account and contact."""
        return self._get_batch_plans(leads, {})

    def _get_batch_plans(self, leads, new_accounts):
        """Return the plans of leads, some of whose accounts exist by now.

        :param dict new_accounts: the accounts created so far, by the companies' keys
        """
        links = self._get_links(leads)
        made = {
            lead: new_accounts[key]
            for lead, link in links.items()
            if not link.account
            and lead._get_company_name()
            and (key := lead._get_new_account_key()) in new_accounts
        }
        contacts = leads._find_namesakes(made)
        plans = [
            lead._plan_conversion(
                self._get_target(),
                made.get(lead, link.account),
                contacts.get(lead, link.contact),
            )
            for lead, link in links.items()
        ]
        return self._name_contacts(plans)

    def _prepare_report(self, conversions, failures):
        """Return what became of the leads, as JSON.

        :return: `{"converted": n, "accounts": n, "contacts": n, "conversions": ids,
            "failures": problems, "teams": problems}`, how many were converted, accounts
            and contacts created; the problems are as those of `_get_plan`. `teams` are
            the leads that could not get the sales team that was chosen
        """
        created = [
            record_id
            for conversion in conversions.sudo()
            for _model, record_id in conversion.created or ()
        ]
        partners = self.env["res.partner"].browse(created)
        companies = partners.filtered("is_company")
        return {
            "converted": len(conversions),
            "accounts": len(companies),
            "contacts": len(partners) - len(companies),
            "conversions": conversions.ids,
            "failures": [
                {"id": lead.id, "lead": lead.display_name, "reason": reason}
                for lead, reason in failures.items()
            ],
            "teams": [],
        }

    def _allocate(self, leads, user_ids, team_id):
        """Tell of the leads that can't have the team, as theirs is another company."""
        result = super()._allocate(leads, user_ids, team_id)
        team = self.env["crm.team"].browse(team_id if user_ids else [])
        others = leads.filtered(lambda lead: not lead._is_of_company(team.sudo()))
        if self.report and others:
            self.report = {
                **self.report,
                "teams": [
                    {
                        "id": lead.id,
                        "lead": lead.display_name,
                        "reason": self._get_team_reason(lead, team),
                    }
                    for lead in others
                ],
            }
        return result

    @api.model
    def _get_team_reason(self, lead, team):
        values = {
            "company": lead.company_id.display_name,
            "team": team.display_name,
            "own": lead.team_id.display_name,
        }
        if lead.team_id:
            return self.env._(
                "It belongs to %(company)s and “%(team)s” to another company, so its"
                " sales team is “%(own)s”.",
                **values,
            )
        return self.env._(
            "It belongs to %(company)s and “%(team)s” to another company, so it has no"
            " sales team.",
            **values,
        )

    def action_apply(self):
        if self._get_target() == "account":
            self._action_convert()
            action = self._notify_converted()
        else:
            action = super().action_apply()
            if self.report and self.env.context.get(WITH_NOTICE):
                action = self._notify_converted()
        report = self.report or {}
        if not (report.get("failures") or report.get("teams")):
            return action
        return self._get_records_action(
            name=self.env._("Leads converted"), target="new", context={}
        )

    def _notify_converted(self):
        if not self.report:
            raise UserError(
                self.env._("None of these leads can be converted: see the plan.")
            )
        entries = self.env["crm.lead.conversion"].browse(self.report["conversions"])
        return get_notice(
            self.env._(
                "Leads converted: %(leads)s. New accounts: %(accounts)s. New"
                " contacts: %(contacts)s.",
                leads=self.report["converted"],
                accounts=self.report["accounts"],
                contacts=self.report["contacts"],
            ),
            [
                {
                    "name": self.env._("Open the conversions"),
                    "action": {
                        **self.env["ir.actions.act_window"]._for_xml_id(
                            "lead_management.crm_lead_conversion_action"
                        ),
                        "domain": [("id", "in", entries.ids)],
                    },
                },
            ],
        )
