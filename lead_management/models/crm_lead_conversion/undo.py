import json
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_datetime, json_default

from .ledger import CONVERSION_FIELDS

DEFAULT_UNDO_DAYS = 30
NO_LEAD = ("type", "active", "date_conversion")  # what makes it no open lead
WRITTEN_BY_PEOPLE = ("comment", "email", "email_outgoing", "whatsapp_message", "sms")


class CrmLeadConversion(models.Model):
    """Undoing a conversion; what that means is said in the ledger."""

    _inherit = "crm.lead.conversion"

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
        parameters = self.env["ir.config_parameter"]
        return parameters._get_lead_number(
            "lead_management.undo_days", DEFAULT_UNDO_DAYS
        )

    def _get_created(self):
        """Return the created records that still exist, by model name."""
        ids = defaultdict(list)
        for model_name, record_id in self.created or ():
            ids[model_name].append(record_id)
        return {
            name: self.env[name].with_context(active_test=False).browse(some).exists()
            for name, some in ids.items()
        }

    def _undo(self):
        """Undo one conversion that may be undone, in sudo."""
        lead = self.lead_id
        self._put_back_fields()
        self._put_back_records()
        now = lead._get_conversion_snapshot()
        before = {
            name: old
            for name, (old, new) in self.changed.items()
            if name in lead._fields and (name in NO_LEAD or now[name] == new)
        }
        status = lead._get_status_before()
        for name in ("status_id", "status_before_id", "date_status_update"):
            before.pop(name, None)
        with lead._keeping_values():
            lead.write(before)
        if lead.status_id != status:
            lead._write_status(status)
        for records in self._get_created().values():
            kept = records.browse(self._get_ids_with_content(records))
            if records._name == "res.partner":
                kept |= kept.parent_id & records
            kept.active = False
            (records - kept)._unlink_or_archive()
        self.write(
            {"undone_user_id": self.env.uid, "undone_date": fields.Datetime.now()}
        )
        lead.invalidate_model(CONVERSION_FIELDS)
        lead._message_log(
            body=self.env._("%s has undone the conversion", self.env.user.name)
        )

    @api.model
    def _get_ids_with_content(self, records):
        """Return the ids of the records with which something of people would be lost:
        messages, files and activities."""
        place = [("res_id", "in", records.ids)]
        model = records._name
        found = set()
        for content, domain in (
            (
                "mail.message",
                [("model", "=", model), ("message_type", "in", WRITTEN_BY_PEOPLE)],
            ),
            ("ir.attachment", [("res_model", "=", model), ("res_field", "=", False)]),
            ("mail.activity", [("res_model", "=", model)]),
        ):
            groups = self.env[content]._read_group([*domain, *place], ["res_id"])
            found.update(res_id for (res_id,) in groups)
        return sorted(found)

    def _put_back_fields(self):
        for model_name, record_id, name, old, new in self.filled or ():
            record = self.env[model_name].browse(record_id).exists()
            if not record or name not in record._fields:
                continue
            field = record._fields[name]
            if field.type == "many2many":
                record[name] = [Command.unlink(added) for added in new]
            elif self._to_json(field.convert_to_write(record[name], record)) == new:
                record[name] = old

    @api.model
    def _to_json(self, value):
        """Return a value as the ledger keeps it."""
        return json.loads(json.dumps(value, default=json_default))

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
