from odoo import models
from odoo.exceptions import LockError, UserError
from odoo.tools import format_datetime

from .conversion_plan import TARGETS, Plan
from .conversion_values import MAX_ID


class CrmLead(models.Model):
    """The conversion of leads: one way in, one transaction, nothing lost.

    `convert_lead` does it for people and integrations. A lead that becomes an
    opportunity by any other door (native wizards, merge, team assignment, a written
    type) is entered in the ledger as well, from `write` (`conversion_native.py`).

    * The rows are locked first; a lead that somebody else is converting, or has
      converted, is refused with the name of who did it.
    * Account and contact are the given ones, else those the lead is linked to (its
      customer, else the account chosen for it), else new ones. Leads of one new company
      in a batch share one new account, and those of one person of it one contact, as
      they do one after the other; but not leads that contradict each other, say with
      another web site each.
    * A linked record gets only its blank fields filled. What it has already is changed
      only by a value that the caller names in `overrides`.
    * Target `opportunity`: the lead itself becomes the opportunity and keeps its
      chatter, files and activities. With `opportunity_id`, and with target `account`,
      the lead is archived, and its open activities, files, meetings, followers, tags
      and notes go to the opportunity or to the contact and the account.
    * The ledger (`crm.lead.conversion`) keeps what is needed to undo it.
    """

    _inherit = "crm.lead"

    def convert_lead(
        self,
        target="account",
        account_id=False,
        contact_id=False,
        opportunity_id=False,
        overrides=None,
    ):
        """Convert leads to accounts with contacts, and to opportunities if asked.

        :param str target: `account`, or `opportunity` for an opportunity as well
        :param int account_id: the `res.partner` to link as the account of all leads
        :param int contact_id: the `res.partner` to link as their contact
        :param int opportunity_id: the opportunity to convert them into; with target
            `opportunity` only
        :param dict overrides: values that were reviewed, by record and field, such as
            `{"account": {"phone": "+1 202 555 01"}, "opportunity": {"name": "Deal"}}`;
            they win over the lead's values, and over those of linked records
        :return: for each lead, in order, a dictionary of `lead_id`, `account_id`,
            `contact_id`, `opportunity_id` and `conversion_id`; ids are False where
            there is no such record
        :raise UserError: a lead can't be converted: it is or is being converted, dead,
            an opportunity, or not qualified; an id or an override is not usable
        :raise AccessError: the user may not write a lead or a record to link
        """
        self._check_overrides(overrides or {})
        plans = self._plan_conversions(
            target, account_id, contact_id, opportunity_id, overrides
        )
        return [
            {
                "lead_id": conversion.lead_id.id,
                "account_id": conversion.account_id.id,
                "contact_id": conversion.contact_id.id,
                "opportunity_id": conversion.opportunity_id.id,
                "conversion_id": conversion.id,
            }
            for conversion in self._execute_conversions(plans)
        ]

    def _plan_conversions(
        self, target, account_id, contact_id, opportunity_id, overrides
    ):
        """Check what was asked for and return a `Plan` for each lead."""
        if target not in TARGETS:
            raise UserError(
                self.env._(
                    "A lead is converted to “account” or “opportunity”, not to"
                    " “%(target)s”.",
                    target=target,
                )
            )
        if opportunity_id and target != "opportunity":
            raise UserError(
                self.env._(
                    "To convert into an existing opportunity, choose “opportunity” as"
                    " the target."
                )
            )
        account = self._get_record_to_link("res.partner", account_id)
        contact = self._get_record_to_link("res.partner", contact_id)
        opportunity = self._get_record_to_link("crm.lead", opportunity_id)
        return [
            lead._plan_conversion(target, account, contact, opportunity, overrides)
            for lead in self
        ]

    def _plan_conversion(
        self, target, account, contact, opportunity=None, overrides=None
    ):
        """Return the plan of one lead, with records that the user may change.

        :param account: the account to link; none for the lead's own, or a new one
        """
        self.ensure_one()
        opportunity = self.browse() if opportunity is None else opportunity
        linked = self.partner_id or self._get_chosen_contact()
        plan = Plan(
            lead=self,
            target=target,
            account=account
            or contact.commercial_partner_id
            or (not self.partner_id and self.account_id)
            or linked.commercial_partner_id,
            contact=contact,
            opportunity=opportunity,
            overrides=overrides or {},
        )
        if not contact and not account and linked and not linked.is_company:
            plan.contact = linked
        opportunity._check_can_take_lead(self, plan.account)
        return plan

    def _get_record_to_link(self, model_name, record_id):
        """Return the record to link, once it is clear that the user may change it."""
        model = self.env[model_name]
        if not record_id:
            return model
        if type(record_id) is not int or not 0 < record_id < MAX_ID:
            raise UserError(
                self.env._(
                    "%(value)s is not the ID of a %(model)s. Enter the number of the"
                    " record to convert into.",
                    value=repr(record_id)[:40],
                    model=self.env["ir.model"]._get(model_name).name,
                )
            )
        record = model.browse(record_id).exists()
        if not record:
            raise UserError(
                self.env._(
                    "There is no %(model)s %(id)s to convert into: it may have been"
                    " deleted. Choose another one.",
                    model=self.env["ir.model"]._get(model_name).name,
                    id=record_id,
                )
            )
        record.check_access("write")
        return record

    def _check_can_take_lead(self, lead, account):
        """Refuse to convert a lead into an opportunity of somebody else's account."""
        if not self:
            return
        own_account = self.partner_id.commercial_partner_id
        if self.type != "opportunity" or self == lead:
            reason = self.env._("it is not an opportunity")
        elif account and own_account and own_account != account:
            reason = self.env._("it belongs to %s", own_account.display_name)
        else:
            return
        raise UserError(
            self.env._(
                "“%(lead)s” can't be converted into “%(opportunity)s”: %(reason)s.",
                lead=lead.display_name,
                opportunity=self.display_name,
                reason=reason,
            )
        )

    # ------------------------------------------------------------
    # WHAT CAN BE CONVERTED
    # ------------------------------------------------------------

    def _check_convertible(self):
        """Lock the leads and refuse those that can't be converted."""
        try:
            self.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is converting %(lead)s right now. Reload the page"
                    " to see the result.",
                    lead=", ".join(self.mapped("display_name")[:3]),
                )
            ) from error
        for reason in self._get_conversion_refusals().values():
            raise UserError(reason)

    def _get_conversion_refusals(self):
        """Return why leads can't be converted, as sentences by lead."""
        refusals = {}
        last = self._get_last_conversions()
        hidden = self._get_hidden_account_refusals()
        for lead in self:
            if conversion := last.get(lead.id):
                refusals[lead] = self.env._(
                    "“%(lead)s” was converted by %(user)s on %(date)s.",
                    lead=lead.display_name,
                    user=conversion.user_name,
                    date=format_datetime(self.env, conversion.date, dt_format="short"),
                )
            elif lead.type == "opportunity":
                refusals[lead] = self.env._(
                    "“%(lead)s” is an opportunity.", lead=lead.display_name
                )
            elif not lead.active or lead.won_status == "lost":
                refusals[lead] = self.env._(
                    "“%(lead)s” is %(status)s. Restore it before you convert it.",
                    lead=lead.display_name,
                    status=lead.status_id.name
                    if lead.active or lead.won_status == "lost"
                    else self.env._("archived"),
                )
            elif lead in hidden:
                refusals[lead] = hidden[lead]
        return refusals

    def _get_hidden_account_refusals(self):
        """Return why leads of a customer or account that the user may not open can't be
        converted: that would show it, and write to it."""
        linked = self.partner_id | self.account_id | self.account_contact_id
        hidden = linked - linked._filtered_access("read")
        accounts = (linked - hidden).commercial_partner_id
        hidden |= accounts - accounts._filtered_access("read")
        refusals = {}
        for lead in self if hidden else ():
            own = lead.partner_id | lead.account_id | lead.account_contact_id
            if (own | (own - hidden).commercial_partner_id) & hidden:
                refusals[lead] = self.env._(
                    "You cannot open the account of “%s”. Choose another one for it, or"
                    " ask somebody who can open it to convert the lead.",
                    lead.display_name,
                )
        return refusals
