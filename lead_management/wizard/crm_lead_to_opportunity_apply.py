from odoo import models
from odoo.exceptions import UserError

from ..models.crm_lead.conversion_plan import Plan
from ..models.lead_notice import CLOSE, IN_FORM, IN_PLACE, WITH_NOTICE


class CrmLead2opportunityPartner(models.TransientModel):
    """Converting as it was chosen: what one chose becomes plans, which the ledger's
    conversion executes."""

    _inherit = "crm.lead2opportunity.partner"

    def action_apply(self):
        lead_name = self.lead_id.display_name
        if self.name == "merge" or self.result == "opportunity":
            action = super().action_apply()
        else:
            self._action_convert()
            action = self.lead_id.conversion_id.action_open_result()
        if not self.env.context.get(WITH_NOTICE):
            return action
        conversion = self.lead_id.conversion_id
        if not conversion:
            if not self.lead_id.has_access("read"):
                return conversion._get_notice_of_leaving(lead_name)
            return action
        if self.env.context.get(IN_FORM) and conversion.opportunity_id == self.lead_id:
            # The form is read anew, which takes less than opening another one.
            conversion = conversion.with_context(**{IN_PLACE: True})
            return conversion._get_notice(CLOSE, shown=self.lead_id)
        is_in_place = self.env.context.get(IN_PLACE)
        return conversion._get_notice(CLOSE if is_in_place else action)

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
        """Say who converted the lead: a second click, or somebody was faster."""
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
            shares_address=self.shares_address,
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
                plan.shares_address = chosen.shares_address
                plan.overrides = self._get_overrides()
                self._check_choices(plan)
            plan.looked_up = self.create_date
            if self.is_new_account:
                shown = (self.account_matches or {}).get("matches", ())
                plan.declined = plan.account.browse([match["id"] for match in shown])
        return self._name_contacts(plans)

    def _check_choices(self, plan):
        """Refuse records of another company of the database, which the dialog offers
        nobody."""
        lead = plan.lead
        for record in (plan.account, plan.contact, plan.opportunity):
            if not lead._is_of_company(record):
                raise UserError(
                    self.env._(
                        "“%(lead)s” belongs to %(company)s, “%(record)s” to another"
                        " company. Choose a record of %(company)s.",
                        lead=lead.display_name,
                        company=lead.company_id.display_name,
                        record=record.display_name,
                    )
                )

    def _name_contacts(self, plans):
        """Name contacts of leads that know no name after the lead, as native does."""
        for plan in plans:
            if not (plan.has_account or plan.has_contact):
                plan.contact_name = plan.lead.name
        return plans
