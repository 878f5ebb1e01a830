from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import format_datetime, format_list, is_html_empty

from ..record_field import DOT, get_field
from .links import USES

DEFAULT_UNDO_DAYS = 30
SHOWN_USES = 3
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
    """What undoing a conversion does, or why it can't be done."""

    _inherit = "crm.lead.conversion"

    def _plan_undo(self):
        """Return the `UndoPlan`: what undoing does, or why it can't be done."""
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

    def _get_undo_days(self):
        """Return for how many days a conversion can be undone."""
        parameters = self.env["ir.config_parameter"]
        return parameters._get_lead_number(
            "lead_management.undo_days", DEFAULT_UNDO_DAYS
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
            field = get_field(record, name) if record else None
            if not field:
                continue
            if (field.type == "many2many" and DOT not in name) or (
                self._get_json_value(record, name) == new
            ):
                put_back.append((record, name, old, new))
            else:
                left.append((record, name, old, new))
        return put_back, left

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
    # NAMES
    # ------------------------------------------------------------

    def _get_name(self, record):
        """Return the name of a record, to those who may read it."""
        if record.sudo(False).has_access("read"):
            return record.display_name
        return self.env._("a record you cannot open")

    def _get_names_told(self, model_name, ids):
        """Return the first names of records that the user may read, in brackets."""
        records = self.env[model_name].sudo(False).browse(ids)
        names = records._filtered_access("read")[:SHOWN_USES].mapped("display_name")
        return f" ({format_list(self.env, names)})" if names else ""

    def _get_model_label(self, model_name):
        if model_name == "crm.lead":
            return self.env._("Lead or opportunity")
        model = self.env["ir.model"]._get(model_name).sudo()
        return model.name or self.env[model_name]._description
