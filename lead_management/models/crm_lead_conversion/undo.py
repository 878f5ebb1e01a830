from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command
from odoo.tools import format_datetime, format_list, is_html_empty

from .links import USES

DEFAULT_UNDO_DAYS = 30
SHOWN_USES = 3
NO_LEAD = ("type", "active", "date_conversion")  # what makes it no open lead
# Messages that Odoo sends to its users about a record
AUTOMATIC_MESSAGES = ("user_notification",)


class UndoPlan(NamedTuple):
    """What undoing a conversion does, as it is said and as it is done.

    `archived` says why, by record. Of `put_back` and `left`, each is the record, the
    field and the values before and after the conversion.
    """

    refusals: list
    deleted: list
    archived: dict
    put_back: list
    left: list


class CrmLeadConversion(models.Model):
    """Undoing a conversion; what that means is said in the ledger."""

    _inherit = "crm.lead.conversion"

    def action_review_undo(self):
        """Open the dialog that says what undoing does, and does it.

        :raise UserError: there is no conversion
        """
        self._check_any()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Undo conversion"),
            "res_model": "crm.lead.conversion.undo",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_conversion_ids": [Command.set(self.ids)],
                "dialog_size": "medium",
                "lead_notice": True,  # say when it is done
            },
        }

    def action_undo(self):
        """Undo the conversions, all of them or none.

        :return: the action that opens the lead again, for a single one; else True
        :raise UserError: one can't be undone; gives every reason
        """
        self._check_any()
        leads = self.lead_id
        leads.check_access("write")
        self._lock_leads()
        self.env.invalidate_all()
        # The last one first: it may use what an earlier one created.
        with self.env.cr.savepoint():
            for conversion in self.sorted("id", reverse=True):
                plan = conversion._plan_undo()
                if plan.refusals:
                    raise UserError(conversion._get_refusal_text(plan.refusals))
                conversion.sudo()._undo(plan)
        if len(leads) > 1:
            return True
        return leads.redirect_lead_opportunity_view()

    def _check_any(self):
        """Refuse to undo nothing.

        :raise UserError: there is no conversion
        """
        if not self:
            raise UserError(
                self.env._(
                    "There is no conversion to undo. Choose one in Reporting ‣ Lead"
                    " Conversions, or on its lead."
                )
            )

    def _lock_leads(self):
        """Lock the leads, so that nobody else changes them meanwhile.

        :raise UserError: somebody else does; names the lead
        """
        leads = self.lead_id
        try:
            leads.lock_for_update()
        except LockError as error:
            busy = leads - leads.try_lock_for_update() or leads
            raise UserError(
                self.env._(
                    "Somebody else is changing “%(lead)s” right now. Wait a moment,"
                    " reload the page and undo its conversion again.",
                    lead=busy[0].display_name,
                )
            ) from error

    def _get_refusal_text(self, refusals):
        """Return reasons not to undo as a text that names the lead."""
        return self.env._(
            "The conversion of “%(lead)s” can't be undone:\n%(reasons)s\nChange the"
            " records by hand instead, or undo it when the reason is gone.",
            lead=self.lead_id.display_name,
            reasons="\n".join(f"• {reason.rstrip('.')}." for reason in refusals),
        )

    # ------------------------------------------------------------
    # PLAN
    # ------------------------------------------------------------

    def _plan_undo(self):
        """Return what undoing does, or why it can't be done.

        :rtype: UndoPlan
        """
        self.ensure_one()
        if refusal := self._get_undo_refusal():
            return UndoPlan([refusal], [], {}, [], [])
        refusals = self._get_merge_refusals()
        system = self.sudo()
        created = system._get_created()
        uses = defaultdict(set)
        keeping = defaultdict(lambda: defaultdict(set))
        records_asked = list(created.values())
        if self.opportunity_id == self.lead_id:
            records_asked.append(system.lead_id)
        for records in records_asked:
            for (record, weight, model), ids in system._get_links_since(
                records
            ).items():
                if weight == USES:
                    uses[record, model] |= ids
                elif meant := system._get_meant(model, ids):
                    keeping[record][model] |= meant
        refusals += [
            self.env._(
                "%(record)s is used by %(count)s × %(model)s",
                record=self._get_name(record),
                count=len(ids),
                model=self._get_model_label(model),
            )
            + self._get_names_told(model, ids)
            for (record, model), ids in uses.items()
        ]
        edits = system._get_edits()
        refusals += [
            *(
                system._get_edit_refusal(record, names)
                for record, names in edits.items()
                if self._is_edited_by_others(record, names)
            ),
            *system._get_opportunity_refusals(),
        ]
        if refusals:
            return UndoPlan(refusals, [], {}, [], [])
        archived = {}
        for record, names in edits.items():
            reasons = [
                self.env._(
                    "%(count)s × %(model)s",
                    count=len(ids),
                    model=self._get_model_label(model),
                )
                for model, ids in keeping[record].items()
            ]
            if names is None:
                reasons.append(self.env._("perhaps changed since"))
            elif names:
                labels = system._get_labels(record, names)
                reasons.append(self.env._("changed since: %s", labels))
            if reasons:
                archived[record] = reasons
        for record in list(archived):
            parent = record._name == "res.partner" and record.parent_id
            if parent and parent in edits and parent not in archived:
                archived[parent] = [
                    self.env._("the account of %s", self._get_name(record))
                ]
        put_back, left = system._plan_filled()
        deleted = [record for record in edits if record not in archived]
        return UndoPlan([], deleted, archived, put_back, left)

    @api.model
    def _get_name(self, record):
        """Return the name of a record, to those who may read it."""
        if record.sudo(False).has_access("read"):
            return record.display_name
        return self.env._("a record you cannot open")

    @api.model
    def _get_names_told(self, model_name, ids):
        """Return the first names of records that the user may read, in brackets."""
        records = self.env[model_name].sudo(False).browse(ids)
        names = records._filtered_access("read")[:SHOWN_USES].mapped("display_name")
        return f" ({format_list(self.env, names)})" if names else ""

    @api.model
    def _get_model_label(self, model_name):
        if model_name == "crm.lead":
            return self.env._("Lead or opportunity")
        model = self.env["ir.model"]._get(model_name).sudo()
        return model.name or self.env[model_name]._description

    @api.model
    def _get_meant(self, model_name, ids):
        """Return those of the records that somebody means something by, which excludes
        what Odoo notes by itself: that a value changed, or that a user was told."""
        if model_name != "mail.message":
            return ids
        messages = self.env[model_name].browse(ids)
        return set(
            messages.filtered(
                lambda message: (
                    message.message_type not in AUTOMATIC_MESSAGES
                    and (not is_html_empty(message.body) or message.attachment_ids)
                )
            )._ids
        )

    def _is_edited_by_others(self, record, names):
        """Tell whether somebody else edited a record, as far as can be told: neither
        who converted, nor who undoes it, nor Odoo itself."""
        known = {api.SUPERUSER_ID, self.user_id.id, self.env.uid}
        return bool(names) and record.write_uid.id not in known

    def _get_edit_refusal(self, record, names):
        return self.env._(
            "%(user)s has edited %(record)s since: %(fields)s",
            user=record.write_uid.name,
            record=self._get_name(record),
            fields=self._get_labels(record, names),
        )

    def _get_opportunity_refusals(self):
        """Return why the opportunity that the lead is now can't be a lead again."""
        lead = self.lead_id
        if self.opportunity_id != lead:
            return []
        refusals = []
        if lead.won_status != "pending" or not lead.active:
            refusals.append(
                self.env._(
                    "%(opportunity)s is %(state)s. Restore it, or move it to an open"
                    " stage, and undo the conversion then",
                    opportunity=self._get_name(lead),
                    state=self.env._("archived")
                    if lead.won_status == "pending"
                    else dict(
                        lead._fields["won_status"]._description_selection(self.env)
                    )[lead.won_status].lower(),
                )
            )
        elif lead.type == "opportunity":
            names = self._get_lead_edits()
            if self._is_edited_by_others(lead, names):
                refusals.append(self._get_edit_refusal(lead, names))
        return refusals

    def _plan_filled(self):
        """Return what was filled and is put back, and what was changed since and stays.

        :return: two lists of `(record, name, old, new)`
        """
        put_back, left = [], []
        created = set(map(tuple, self.created or ()))
        for model_name, record_id, name, old, new in self.filled or ():
            if (model_name, record_id) in created:
                continue  # deleted or kept as a whole
            record = self.env[model_name].browse(record_id).exists()
            if not record or name not in record._fields:
                continue
            field = record._fields[name]
            if field.type == "many2many" or self._get_json_value(record, name) == new:
                put_back.append((record, name, old, new))
            else:
                left.append((record, name, old, new))
        return put_back, left

    def _get_undo_refusal(self):
        """Return why the current user may not undo the conversion, or False."""
        self.ensure_one()
        if self.undone_date:
            return self.env._(
                "%(user)s has undone it on %(date)s",
                user=self.undone_user_name,
                date=format_datetime(self.env, self.undone_date, dt_format="short"),
            )
        user = self.env.user
        if self.user_id != user and not (
            self.env.su or user.has_group("sales_team.group_sale_manager")
        ):
            if not self.user_id:
                return self.env._("only a sales manager can undo it")
            return self.env._(
                "only %(user)s, who converted it, or a sales manager can undo it",
                user=self.user_name,
            )
        days = self._get_undo_days()
        if self.date + timedelta(days=days) < fields.Datetime.now():
            if days == 1:
                return self.env._("it was converted more than a day ago")
            return self.env._("it was converted more than %s days ago", days)
        return False

    @api.model
    def _get_undo_days(self):
        """Return for how many days a conversion can be undone."""
        parameters = self.env["ir.config_parameter"]
        return parameters._get_lead_number(
            "lead_management.undo_days", DEFAULT_UNDO_DAYS
        )

    def _get_created(self):
        """Return the created records that still exist, by model name."""
        return {
            name: records.exists() for name, records in self._browse_created().items()
        }

    def _browse_created(self):
        """Return the created records, by model name."""
        ids = defaultdict(list)
        for model_name, record_id in (
            record for conversion in self for record in conversion.created or ()
        ):
            if model_name in self.env:
                ids[model_name].append(record_id)
        return {
            name: self.env[name].with_context(active_test=False).browse(some)
            for name, some in ids.items()
        }

    # ------------------------------------------------------------
    # DO
    # ------------------------------------------------------------

    def _undo(self, plan):
        """Undo one conversion that may be undone, in sudo."""
        lead = self.lead_id
        self._end()
        self._put_back_fields(plan.put_back)
        self._put_back_records()
        before = self._get_values_before()
        status = lead._get_status_before()
        for name in ("status_id", "status_before_id", "date_status_update"):
            before.pop(name, None)
        # Properties are those of the team, which has to be back before them.
        properties = {
            name: before.pop(name)
            for name in list(before)
            if lead._fields[name].type == "properties"
        }
        with lead._keeping_values():
            lead.write(before)
            if properties:
                lead.write(properties)
        if lead.status_id != status:
            lead._write_status(status)
        for record in plan.archived:
            record.active = False
        deleted = defaultdict(list)
        for record in plan.deleted:
            deleted[record._name].append(record.id)
        for model_name, ids in deleted.items():
            self.env[model_name].browse(ids)._unlink_or_archive()
        lead._message_log(body=self._get_undo_note(plan))

    def _end(self):
        """Note that the conversion is not any more."""
        self.sudo().write(
            {"undone_user_id": self.env.uid, "undone_date": fields.Datetime.now()}
        )
        self.lead_id.invalidate_model(self._get_lead_fields())

    def _get_values_before(self):
        """Return the values to put back on the lead: where nobody changed them, and
        what makes it no open lead in any case."""
        lead = self.lead_id
        now = lead._get_conversion_snapshot()
        before = {
            name: old
            for name, (old, new) in self.changed.items()
            if name in lead._fields and (name in NO_LEAD or now.get(name) == new)
        }
        depends = {
            name: [path.split(".") for path in self.pool.field_depends.get(field, ())]
            for name, field in lead._fields.items()
            if name in self.snapshot and name not in before and field.compute
        }
        changed = [name for name in depends if now.get(name) != self.snapshot.get(name)]
        if lead != self.opportunity_id:
            # What an archived lead has from its customer is what the customer keeps.
            for name in changed:
                if any(
                    path[0] == "partner_id"
                    and len(path) == 2
                    and lead[name] == lead.partner_id[path[1]]
                    for path in depends[name]
                ):
                    before[name] = self.snapshot[name]
        # What is derived from values that are all back, is back as well.
        back = before.keys() | {
            name for name, value in now.items() if self.snapshot.get(name) == value
        }
        for name in changed:
            if (
                lead._fields[name].readonly
                and depends[name]
                and all(path[0] in back for path in depends[name])
            ):
                before[name] = self.snapshot[name]
        return before

    def _get_undo_note(self, plan):
        """Return what the lead's chatter says about undoing, with links to what is left
        of the conversion."""
        lines = [self._get_end_text()]
        archived = dict(plan.archived)
        for record in plan.deleted:
            if record.exists():  # the database still needs it
                archived[record] = [self.env._("other records need it")]
        lines += [
            self.env._(
                "Archived, not deleted: %(record)s (%(reasons)s)",
                record=record._get_html_link(),
                reasons="; ".join(reasons),
            )
            for record, reasons in archived.items()
        ]
        lines += self._get_left_lines(plan)
        return Markup("<br/>").join(lines)

    @api.model
    def _get_end_text(self):
        return self.env._("%s has undone the conversion", self.env.user.name)

    def _get_left_lines(self, plan):
        """Return what was filled, changed since and stays, a line for each record."""
        left = defaultdict(list)
        for record, name, _old, _new in plan.left:
            left[record].append(name)
        return [
            self.env._(
                "Changed since, and left as it is: %(fields)s of %(record)s",
                fields=self._get_labels(record, names),
                record=self._get_name(record),
            )
            for record, names in left.items()
        ]

    def _put_back_fields(self, put_back):
        for record, name, old, new in put_back:
            if record._fields[name].type == "many2many":
                record[name] = [Command.unlink(added) for added in new]
            else:
                record[name] = old
        self._note_put_back(put_back)

    def _note_put_back(self, put_back):
        """Let no conversion that created what another one filled take for an edit that
        it is put back."""
        names = defaultdict(set)
        for record, name, _old, _new in put_back:
            names[record].add(name)
        partners = [record.id for record in names if record._name == "res.partner"]
        for entry in self.search(
            [
                ("undone_date", "=", False),
                ("id", "not in", self.ids),
                "|",
                ("account_id", "in", partners),
                ("contact_id", "in", partners),
            ]
        ):
            kept = dict(entry.result_values or {})
            for record in names:
                key = f"{record._name},{record.id}"
                if key not in kept:
                    continue
                now = self._get_entered_values(record)[record._name, record.id]
                kept[key] = {
                    **{k: v for k, v in kept[key].items() if k not in names[record]},
                    **{k: v for k, v in now.items() if k in names[record]},
                }
            if kept != (entry.result_values or {}):
                entry.result_values = self._to_json(kept)

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
