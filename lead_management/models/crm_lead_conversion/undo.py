from collections import defaultdict

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command

from ..lead_decision_mixin import Decision
from ..lead_notice import IN_PLACE, WITH_NOTICE
from ..record_field import DOT, fold_properties

NO_LEAD = ("type", "active", "date_conversion")  # what makes it no open lead


class CrmLeadConversion(models.Model):
    """Undoing a conversion; what that means is said in the ledger."""

    _inherit = "crm.lead.conversion"

    def action_review_undo(self):
        """Open the dialog that says what undoing does, and does it.

        :raise UserError: there is no conversion
        """
        self._check_any()
        self.check_access("read")
        return self.env["crm.lead.conversion.undo"]._get_records_action(
            name=self.env._("Undo conversion"),
            target="new",
            context={
                "default_conversion_ids": [Command.set(self.ids)],
                "dialog_size": "medium",
                WITH_NOTICE: True,  # say when it is done
                IN_PLACE: bool(self.env.context.get(IN_PLACE)),
            },
        )

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
        """Refuse to undo nothing."""
        if not self:
            raise UserError(
                self.env._(
                    "There is no conversion to undo. Choose one in Reporting ‣ Lead"
                    " Conversions, or on its lead."
                )
            )

    def _lock_leads(self):
        """Lock the leads, so that nobody else changes them meanwhile."""
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
            lead._write_status(status, Decision("undone"))
        for record in plan.archived:
            record.active = False
        deleted = defaultdict(list)
        for record in plan.deleted:
            deleted[record._name].append(record.id)
        for model_name, ids in deleted.items():
            self.env[model_name].browse(ids)._unlink_or_archive()
        lead._message_log(body=self._get_undo_note(plan))

    def _end(self):
        """Note that the conversion is not any more, in sudo."""
        self.write(
            {"undone_user_id": self.env.uid, "undone_date": fields.Datetime.now()}
        )
        self.lead_id.invalidate_model(self._get_lead_fields())

    # ------------------------------------------------------------
    # PUT BACK
    # ------------------------------------------------------------

    def _put_back_fields(self, put_back):
        for record, name, old, new in put_back:
            if DOT in name:
                record.write(fold_properties(record, {name: old}))
            elif record._fields[name].type == "many2many":
                record[name] = [Command.unlink(added) for added in new]
            else:
                record[name] = old
        self._note_put_back(put_back)

    def _note_put_back(self, put_back):
        """Let no conversion that created what another one filled take for an edit that
        it is put back."""
        names = defaultdict(set)
        for record, name, _old, _new in put_back:
            names[record].add(name.partition(DOT)[0])
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

    def _get_values_before(self):
        """Return the values to put back on the lead: where nobody changed them, and
        what makes it no open lead in any case."""
        lead = self.lead_id
        snapshot = self.snapshot  # a copy each time it is read
        now = lead._get_conversion_snapshot()
        before = {
            name: old
            for name, (old, new) in self.changed.items()
            if name in lead._fields
            and lead._fields[name].type != "many2many"
            and (name in NO_LEAD or now.get(name) == new)
        }
        before.update(self._get_links_before())
        depends = {
            name: [path.split(".") for path in self.pool.field_depends.get(field, ())]
            for name, field in lead._fields.items()
            if name in snapshot
            and name not in before
            and field.compute
            and field.type != "many2many"
        }
        changed = [name for name in depends if now.get(name) != snapshot.get(name)]
        if lead != self.opportunity_id:
            # What an archived lead has from its customer is what the customer keeps.
            for name in changed:
                if any(
                    path[0] == "partner_id"
                    and len(path) == 2
                    and lead[name] == lead.partner_id[path[1]]
                    for path in depends[name]
                ):
                    before[name] = snapshot[name]
        # What is derived from values that are all back, is back as well.
        back = before.keys() | {
            name for name, value in now.items() if snapshot.get(name) == value
        }
        for name in changed:
            if (
                lead._fields[name].readonly
                and depends[name]
                and all(path[0] in back for path in depends[name])
            ):
                before[name] = snapshot[name]
        return before

    def _get_links_before(self):
        """Return what puts back the many records that the lead linked, such as tags:
        what the conversion added is taken out, what it took out is added, and what
        somebody has added since stays."""
        links = {}
        for name, (old, new) in self.changed.items():
            field = self.lead_id._fields.get(name)
            if field and field.type == "many2many":
                gone = self.env[field.comodel_name].browse(set(old) - set(new))
                links[name] = [
                    *(Command.unlink(added) for added in set(new) - set(old)),
                    *(Command.link(removed.id) for removed in gone.exists()),
                ]
        return links

    # ------------------------------------------------------------
    # NOTE
    # ------------------------------------------------------------

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

    def _get_end_text(self):
        return self.env._("%s has undone the conversion", self.env.user.name)
