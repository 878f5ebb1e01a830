from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import format_datetime

from .conversion_plan import CUSTOMER_FIELDS, IS_PLANNED, TARGETS, Plan
from .conversion_values import MAX_ID


class CrmLead(models.Model):
    """The conversion of leads: one way in, one transaction, nothing lost.

    `convert_lead` does it for people and integrations. A lead that becomes an
    opportunity by any other door (native wizards, merge, team assignment, a written
    type) is entered in the ledger as well, from `write`.

    * The rows are locked first; a lead that somebody else is converting, or has
      converted, is refused with the name of who did it.
    * Account and contact are the given ones, else those the lead is linked to (its
      customer, else the account chosen for it), else new ones. Leads of one new company
      in a batch share one new account, and those of one person of it one contact, as
      they do one after the other.
    * A linked record gets only its blank fields filled. What it has already is changed
      only by a value that the caller names in `overrides`.
    * Target `opportunity`: the lead itself becomes the opportunity and keeps its
      chatter, files and activities. With `opportunity_id`, and with target `account`,
      the lead is archived, and its open activities, files, meetings, followers, tags
      and notes go to the opportunity or to the contact and the account.
    * The ledger (`crm.lead.conversion`) keeps what is needed to undo it.
    """

    _inherit = "crm.lead"

    conversion_ids = fields.One2many("crm.lead.conversion", "lead_id", "Conversions")
    conversion_id = fields.Many2one(
        "crm.lead.conversion",
        compute="_compute_conversion_id",
        help="How the lead was converted, or which lead was converted into this"
        " opportunity",
    )
    conversion_user_id = fields.Many2one(
        "res.users", "Converted By User", compute="_compute_conversion_id"
    )
    conversion_user_name = fields.Char("Converted By", compute="_compute_conversion_id")
    conversion_date = fields.Datetime("Converted On", compute="_compute_conversion_id")
    conversion_account_id = fields.Many2one(
        "res.partner", "Converted Account", compute="_compute_conversion_id"
    )
    conversion_contact_id = fields.Many2one(
        "res.partner", "Converted Contact", compute="_compute_conversion_id"
    )
    can_undo_conversion = fields.Boolean(compute="_compute_conversion_id")

    def _compute_conversion_id(self):
        last = self._get_last_conversions()
        for lead in self:
            conversion = last.get(
                lead._origin.id, self.env["crm.lead.conversion"].browse()
            )
            lead.conversion_id = conversion
            lead.conversion_user_id = conversion.user_id
            lead.conversion_user_name = conversion.user_name
            lead.conversion_date = conversion.date
            lead.conversion_account_id = conversion.account_id
            lead.conversion_contact_id = conversion.contact_id
            lead.can_undo_conversion = bool(conversion) and conversion.can_undo

    @api.depends("conversion_ids.undone_date")
    def _compute_won_status(self):
        result = super()._compute_won_status()
        # Native calls what is archived and has no probability lost.
        lost = self.filtered(lambda lead: lead.won_status == "lost")
        lost._filtered_closed_by_conversion().won_status = "pending"
        return result

    def _filtered_closed_by_conversion(self):
        """Return the leads that have become another record, and are nothing to work on
        until that is undone."""
        leads = self.sudo().filtered(
            lambda lead: lead.type == "lead" and lead.date_conversion
        )
        return self & leads._get_open_conversions().lead_id

    def _get_open_conversions(self):
        """Return the leads' own conversions that are not undone, in sudo."""
        return (
            self.env["crm.lead.conversion"]
            .sudo()
            .search([("lead_id", "in", self.ids), ("undone_date", "=", False)])
        )

    def _get_last_conversions(self):
        """Return the last conversion, of those not undone, by the id of its lead, and
        of its opportunity where that is one which has no conversion of its own."""
        # Converting dates a lead, so that an open one needs no search.
        opportunities = self.filtered(lambda lead: lead.type == "opportunity")
        if not (converted := self.filtered("date_conversion") | opportunities):
            return {}
        conversions = self.env["crm.lead.conversion"].search(
            [
                ("undone_date", "=", False),
                "|",
                ("lead_id", "in", converted.ids),
                ("opportunity_id", "in", opportunities.ids),
            ],
            order="id",
        )
        asked = set(opportunities.ids)
        into = {
            conversion.opportunity_id.id: conversion
            for conversion in conversions
            if conversion.opportunity_id.id in asked
        }
        return into | {conversion.lead_id.id: conversion for conversion in conversions}

    # ------------------------------------------------------------
    # PUBLIC
    # ------------------------------------------------------------

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
        :rtype: list[dict]
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

    def action_open_conversion_result(self):
        """Return the action that opens what the lead was converted to."""
        conversion = self.conversion_id
        return conversion.action_open_result() if conversion else False

    def action_undo_conversion(self):
        """Undo the conversion; see `crm.lead.conversion.action_undo`.

        :raise UserError: a lead is not converted, or its conversion can't be undone
        """
        self._check_converted()
        return self.conversion_id.action_undo()

    def action_review_undo(self):
        """Open the dialog that says what undoing the conversion does, and does it.

        :raise UserError: a lead is not converted
        """
        self._check_converted()
        return self.conversion_id.action_review_undo()

    def _check_converted(self):
        """Refuse leads that have no conversion to undo; none at all, too.

        :raise UserError: names the lead
        """
        for lead in self:
            if not lead.conversion_id:
                raise UserError(
                    self.env._(
                        "“%(lead)s” is not converted, so there is nothing to undo."
                        " Reload the page: somebody may have undone it already.",
                        lead=lead.display_name,
                    )
                )

    # ------------------------------------------------------------
    # PLAN
    # ------------------------------------------------------------

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
        :param contact: the contact to link, likewise
        :raise UserError: the opportunity is none of this account
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
                    "%(value)s is no id of a %(model)s: give the number of the record"
                    " to convert into.",
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

    def _check_convertible(self):
        """Lock the leads and refuse those that can't be converted.

        :raise UserError: names the lead and the reason
        """
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
        return refusals

    def _check_can_take_lead(self, lead, account):
        """Refuse to convert a lead into an opportunity of somebody else's account."""
        if not self:
            return
        own_account = self.partner_id.commercial_partner_id
        if self.type != "opportunity" or self == lead:
            reason = self.env._("it is no opportunity")
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

    def write(self, vals):
        if (
            not vals.get("date_conversion", True)
            and not self._may_write_system_fields()
        ):
            self._check_not_closed()  # by the date one knows that it is
        if vals.get("type") == "lead":
            self._end_conversions()
        if (
            vals.get("type") != "opportunity"
            or self.env.context.get("lead_conversion") is IS_PLANNED
        ):
            return super().write(vals)
        snapshots = {
            lead: lead._get_conversion_snapshot()
            for lead in self
            if lead.type == "lead"
        }
        result = super().write(vals)
        undated = self.filtered(
            lambda lead: lead in snapshots and not lead.date_conversion
        )
        if undated:  # by a written type, which is not all that native's buttons write
            undated.write({"date_conversion": self.env.cr.now()})
        self.env["crm.lead.conversion"]._record_native(snapshots)
        self._log_replaced_values(snapshots)
        return result

    def _end_conversions(self):
        """Note in the ledger that opportunities are about to be the leads again that
        they were, whoever makes them so. What they were converted to stays."""
        opportunities = self.sudo().filtered(lambda lead: lead.type == "opportunity")
        conversions = opportunities._get_open_conversions()
        if opportunities:
            # Whatever was converted into them is not how they came about any more.
            self.invalidate_model(conversions._get_lead_fields())
        if not conversions:
            return
        conversions._end()
        conversions.lead_id.write({"date_conversion": False})
        conversions.lead_id._message_log_batch(
            bodies=dict.fromkeys(conversions.lead_id.ids, conversions._get_end_text())
        )

    def _log_replaced_values(self, snapshots):
        """Note what leads said that native has replaced by what their customer says.

        :param dict snapshots: the values of each lead before
        """
        if not snapshots:
            return
        names = (*CUSTOMER_FIELDS, "partner_name")
        labels = self.fields_get(names, ["string"])
        bodies = {}
        for lead, before in snapshots.items():
            now = lead._get_conversion_snapshot()
            lines = [
                f"{label['string']}: {self._get_snapshot_text(name, before[name])}"
                for name, label in labels.items()
                if before[name] and before[name] != now[name]
            ]
            if lines:
                bodies[lead.id] = Markup("<br/>").join(
                    [self.env._("Replaced by what the contact has:"), *lines]
                )
        if bodies:
            self.browse(bodies)._message_log_batch(bodies=bodies)

    def _get_snapshot_text(self, name, value):
        field = self._fields[name]
        if field.type == "many2one":
            return self.env[field.comodel_name].browse(value).display_name
        return value
