from collections import defaultdict
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_datetime

DEFAULT_UNDO_DAYS = 30
# What leads show of their entry, computed
CONVERSION_FIELDS = [
    *("conversion_id", "conversion_user_id", "conversion_date"),
    *("conversion_account_id", "conversion_contact_id", "can_undo_conversion"),
]
# Records that point at an account without anybody having used it: what Odoo keeps
# around every record, and what the conversion itself writes.
TECHNICAL_MODELS = (
    "mail.",
    "ir.",
    "bus.",
    "discuss.",
    "res.users.",
    "crm.lead.conversion",
    "crm.lead.campaign.member",
)


class CrmLeadConversion(models.Model):
    """The ledger of conversions: who made what of which lead, and how to undo it.

    Conversions write it, through whichever door they come. An entry stays when it is
    undone, and says so.

    UNDO

    Who may: a sales manager, and who converted; for as many days as the settings say.
    It is refused, with every reason, when a record that the conversion created is used
    by something else (an order, an invoice, another lead…), or when somebody else has
    edited one since, or the opportunity. Otherwise, in one transaction:

      * fields that were filled go back to what they were, where nobody changed them;
      * what was moved goes back to the lead, copies of files are deleted;
      * the lead gets its values back, where nobody changed them, and its status;
      * what was created is deleted, or archived where the database still needs it.
    """

    _name = "crm.lead.conversion"
    _description = "Lead Conversion"
    _order = "id desc"
    _rec_name = "lead_id"

    lead_id = fields.Many2one(
        "crm.lead", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="lead_id.company_id", store=True, index="btree_not_null"
    )
    user_id = fields.Many2one("res.users", "Converted By", readonly=True)
    date = fields.Datetime("Converted On", readonly=True)
    target = fields.Selection(
        [("account", "Account"), ("opportunity", "Account and opportunity")],
        readonly=True,
    )
    account_id = fields.Many2one("res.partner", index="btree_not_null", readonly=True)
    contact_id = fields.Many2one("res.partner", index="btree_not_null", readonly=True)
    same_person_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        help="The contact of another account who is the same person",
    )
    opportunity_id = fields.Many2one(
        "crm.lead",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    undone_user_id = fields.Many2one("res.users", "Undone By", readonly=True)
    undone_date = fields.Datetime("Undone On", readonly=True)
    can_undo = fields.Boolean(compute="_compute_can_undo")
    # What undoing needs. Records are [model, id], fields [model, id, name, old, new].
    created = fields.Json("Created Records", readonly=True)
    filled = fields.Json("Filled Fields", readonly=True)
    moved = fields.Json("Moved Records", readonly=True)
    snapshot = fields.Json("Lead Before", readonly=True)
    changed = fields.Json("Lead Fields Changed", readonly=True)

    @api.depends_context("uid")
    @api.depends("user_id", "date", "undone_date")
    def _compute_can_undo(self):
        for conversion in self:
            conversion.can_undo = not conversion._get_undo_refusal()

    # ------------------------------------------------------------
    # RECORDING
    # ------------------------------------------------------------

    @api.model
    def _record(self, plans):
        """Enter conversions that were carried out.

        :param plans: list of `Plan`
        :return: the entries, one a plan, in order
        """
        return self._enter(
            [
                {
                    **self._prepare_entry(plan.lead, plan.snapshot),
                    "target": plan.target,
                    "account_id": plan.account.id,
                    "contact_id": plan.contact.id,
                    "same_person_id": plan.same_person and plan.same_person.id,
                    "opportunity_id": plan.lead.id
                    if plan.keeps_lead
                    else plan.opportunity.id,
                    "created": [[record._name, record.id] for record in plan.created],
                    "filled": plan.filled,
                    "moved": plan.moved,
                }
                for plan in plans
            ]
        )

    @api.model
    def _record_native(self, snapshots):
        """Enter leads that native code turned into opportunities.

        :param dict snapshots: the values of each lead before
        """
        self._enter(
            [
                {
                    **self._prepare_entry(lead, snapshot),
                    "target": "opportunity",
                    "account_id": lead.partner_id.commercial_partner_id.id,
                    "contact_id": not lead.partner_id.is_company and lead.partner_id.id,
                    "opportunity_id": lead.id,
                }
                for lead, snapshot in snapshots.items()
            ]
        )

    @api.model
    def _enter(self, vals_list):
        entries = self.sudo().create(vals_list).with_env(self.env)
        self.env["crm.lead"].invalidate_model(CONVERSION_FIELDS)
        return entries

    @api.model
    def _prepare_entry(self, lead, snapshot):
        now = lead._get_conversion_snapshot()
        return {
            "lead_id": lead.id,
            "user_id": self.env.uid,
            "date": fields.Datetime.now(),
            "snapshot": snapshot,
            "changed": {
                name: [value, now[name]]
                for name, value in snapshot.items()
                if now[name] != value
            },
        }

    def _post_links(self):
        """Say in the chatter of the account and the lead what became of the lead."""
        to_accounts, to_leads, to_contacts = {}, {}, {}
        for conversion in self:
            lead, account = conversion.lead_id, conversion.account_id
            links = [
                record._get_html_link()
                for record in (
                    account,
                    conversion.contact_id,
                    conversion.opportunity_id,
                )
                if record and record != lead
            ]
            to_leads[lead.id] = self.env._(
                "Converted to %s", Markup(", ").join(dict.fromkeys(links))
            )
            to_accounts[account.id] = (
                to_accounts[account.id] + Markup("<br/>")
                if account.id in to_accounts
                else Markup()
            ) + self.env._("Converted from the lead %s", lead._get_html_link())
            if conversion.same_person_id:
                to_contacts[conversion.contact_id.id] = self.env._(
                    "The same person as %s", conversion.same_person_id._get_html_link()
                )
        self.lead_id._message_log_batch(bodies=to_leads)
        self.account_id._message_log_batch(bodies=to_accounts)
        if to_contacts:
            contacts = self.env["res.partner"].browse(to_contacts)
            contacts._message_log_batch(bodies=to_contacts)

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_undo(self):
        """Undo the conversions, all of them or none.

        :return: the action that opens the lead again, for a single one; else True
        :raise UserError: one can't be undone; gives every reason
        """
        self.lead_id.check_access("write")
        self.lead_id.lock_for_update()
        self.env.invalidate_all()
        for conversion in self:
            refusal = conversion._get_undo_refusal()
            reasons = [refusal] if refusal else conversion.sudo()._get_uses()
            if reasons:
                raise UserError(
                    self.env._(
                        "The conversion of “%(lead)s” can't be undone:\n%(reasons)s",
                        lead=conversion.lead_id.display_name,
                        reasons="\n".join(f"• {reason}" for reason in reasons),
                    )
                )
        for conversion in self:
            conversion.sudo()._undo()
        if len(self) > 1:
            return True
        return self.lead_id.redirect_lead_opportunity_view()

    def action_open_result(self):
        """Return the action that opens what the lead was converted to."""
        self.ensure_one()
        result = self.opportunity_id or self.account_id or self.contact_id
        return {
            "type": "ir.actions.act_window",
            "res_model": result._name,
            "res_id": result.id,
            "views": [(False, "form")],
            "name": result.display_name,
        }

    # ------------------------------------------------------------
    # UNDO
    # ------------------------------------------------------------

    def _get_undo_refusal(self):
        """Return why the current user may not undo the conversion, or False."""
        self.ensure_one()
        if self.undone_date:
            return self.env._(
                "%(user)s has undone it on %(date)s",
                user=self.undone_user_id.name,
                date=format_datetime(self.env, self.undone_date, dt_format="short"),
            )
        user = self.env.user
        if self.user_id != user and not (
            self.env.su or user.has_group("sales_team.group_sale_manager")
        ):
            return self.env._(
                "only %(user)s, who converted it, or a sales manager can undo it",
                user=self.user_id.name,
            )
        days = self._get_undo_days()
        if self.date + timedelta(days=days) < fields.Datetime.now():
            return self.env._("it was converted more than %s days ago", days)
        return False

    @api.model
    def _get_undo_days(self):
        """Return for how many days a conversion can be undone."""
        get_param = self.env["ir.config_parameter"].sudo().get_param
        return int(get_param("lead_management.undo_days", DEFAULT_UNDO_DAYS))

    def _get_uses(self):
        """Return why what the conversion made can't be taken away, as sentences."""
        self.ensure_one()
        created = self._get_created()
        reasons = []
        for records in created.values():
            for model_name, count in self._count_references(records).items():
                reasons.append(
                    self.env._(
                        "%(record)s is used by %(count)s × %(model)s",
                        record=records[:1].display_name,
                        count=count,
                        model=self.env["ir.model"]._get(model_name).name,
                    )
                )
        if self.opportunity_id == self.lead_id:
            for model_name, count in self._count_references(self.lead_id).items():
                reasons.append(
                    self.env._(
                        "the opportunity is used by %(count)s × %(model)s",
                        count=count,
                        model=self.env["ir.model"]._get(model_name).name,
                    )
                )
        edited = [*created.values()]
        if self.target == "opportunity":
            edited.append(self.opportunity_id)
        return reasons + [
            self.env._(
                "%(user)s has edited %(record)s since",
                user=record.write_uid.name,
                record=record.display_name,
            )
            for records in edited
            for record in records
            if self._is_edited_by_others(record)
        ]

    def _get_created(self):
        """Return the created records that still exist, by model name."""
        ids = defaultdict(list)
        for model_name, record_id in self.created or ():
            ids[model_name].append(record_id)
        return {
            name: self.env[name].with_context(active_test=False).browse(some).exists()
            for name, some in ids.items()
        }

    def _is_edited_by_others(self, record):
        return (
            record.write_date > self.date + timedelta(seconds=1)
            and record.write_uid != self.user_id
            and record.write_uid.id != api.SUPERUSER_ID
        )

    def _count_references(self, records):
        """Count the records that use some of the created ones.

        :return: the number of records by model name, for models that have some
        """
        own = {(name, record_id) for name, record_id in self.created or ()}
        own |= {("crm.lead", self.lead_id.id), ("crm.lead", self.opportunity_id.id)}
        # such as the primary contact of an account that was there
        filled = {(model, id_, name) for model, id_, name, *_ in self.filled or ()}
        counts = {}
        for model in self.env.values():
            if model._abstract or model._transient or not model._auto:
                continue
            if model._name.startswith(TECHNICAL_MODELS):
                continue
            names = [
                name
                for name, field in model._fields.items()
                if field.store
                and not field.compute
                and not field.related
                and field.type == "many2one"
                and field.comodel_name == records._name
            ]
            if not names:
                continue
            using = model.with_context(active_test=False).search(
                fields.Domain.OR([(name, "in", records.ids)] for name in names)
            )
            used = [
                record
                for record in using
                if (record._name, record.id) not in own
                and any(
                    record[name] in records
                    and (record._name, record.id, name) not in filled
                    for name in names
                )
            ]
            if used:
                counts[model._name] = len(used)
        return counts

    def _undo(self):
        """Undo one conversion that may be undone, in sudo."""
        lead = self.lead_id
        self._put_back_fields()
        self._put_back_records()
        before = {
            name: old
            for name, (old, new) in self.changed.items()
            if name in lead._fields and lead._get_conversion_snapshot()[name] == new
        }
        status = lead.status_before_id or lead._get_initial_status()
        for name in ("status_id", "status_before_id", "date_status_update"):
            before.pop(name, None)
        with lead._keeping_values():
            lead.write(before)
        if lead.status_id != status:
            lead._write_status(status)
        for records in self._get_created().values():
            records._unlink_or_archive()
        self.write(
            {"undone_user_id": self.env.uid, "undone_date": fields.Datetime.now()}
        )
        lead.invalidate_model(CONVERSION_FIELDS)
        lead._message_log(
            body=self.env._("%s has undone the conversion", self.env.user.name)
        )

    def _put_back_fields(self):
        for model_name, record_id, name, old, new in self.filled or ():
            record = self.env[model_name].browse(record_id).exists()
            if not record or name not in record._fields:
                continue
            field = record._fields[name]
            if field.type == "many2many":
                record[name] = [Command.unlink(added) for added in new]
            elif field.convert_to_write(record[name], record) == new:
                record[name] = old

    def _put_back_records(self):
        place = {
            "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
            "res_id": self.lead_id.id,
        }
        taker = self.opportunity_id or self.contact_id or self.account_id
        for model_name, record_id in self.moved or ():
            if model_name == "calendar.attendee":
                event = self.env["calendar.event"].browse(record_id).exists()
                event.with_context(no_mail_to_attendees=True, dont_notify=True).write(
                    {"partner_ids": [Command.unlink(taker.id)]}
                )
                continue
            record = self.env[model_name].browse(record_id).exists()
            if model_name == "ir.attachment":
                record.unlink()
            elif model_name == "calendar.event":
                record.write({**place, "opportunity_id": self.lead_id.id})
            else:
                record.write(place)
