from odoo import models
from odoo.tools import SQL, format_datetime, format_list

from ..record_field import get_field


class CrmLeadConversion(models.Model):
    """What merges of accounts, contacts and leads mean to the ledger.

    What was merged is no longer what the conversion made: it can't be taken away, and
    the conversion can't be undone any more. A merge of records that were only linked
    takes nothing from it: the entry follows to the one that is left.
    """

    _inherit = "crm.lead.conversion"

    def _follow_partner_merge(self, merged, kept):
        """Note that contacts are about to be merged, while all of them are there."""
        ids = (merged | kept).ids
        # In SQL: the ledger keeps what was created and filled as JSON.
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM crm_lead_conversion AS entry
                 WHERE undone_date IS NULL
                   AND (   account_id = ANY(%(ids)s) OR contact_id = ANY(%(ids)s)
                        OR EXISTS (
                           SELECT FROM jsonb_array_elements(
                               COALESCE(NULLIF(created, 'null'), '[]')
                               || COALESCE(NULLIF(filled, 'null'), '[]')
                           ) AS kept
                            WHERE kept ->> 0 = 'res.partner'
                              AND (kept ->> 1)::int = ANY(%(ids)s)
                        ))
                """,
                ids=ids,
            )
        )
        entries = self.sudo().browse(entry_id for (entry_id,) in rows)
        for entry in entries:
            made = {
                record_id
                for model_name, record_id in entry.created or ()
                if model_name == "res.partner"
            }
            values = {"filled": entry._get_filled_without(merged, kept)}
            if made & set(ids):
                values["created"] = [
                    record
                    for record in entry.created
                    if record[0] != "res.partner" or record[1] not in ids
                ]
                values["merged"] = [
                    *(entry.merged or ()),
                    *(
                        [partner.display_name, kept._name, kept.id]
                        for partner in merged
                    ),
                ]
            for name in ("snapshot", "changed"):
                values[name] = entry._get_lead_values_after(name, merged, kept)
            entry.write(values)

    def _get_filled_without(self, merged, kept):
        """Return the filled fields without those of merged contacts, whose values may
        have gone to one that had none, or not."""
        gone = set(merged.ids)
        filled = []
        for model_name, record_id, name, old, new in self.filled or ():
            if model_name == "res.partner" and record_id in gone:
                continue
            field = get_field(self.env[model_name], name)
            if (
                field
                and field.type == "many2one"
                and field.comodel_name == "res.partner"
            ):
                old = kept.id if old in gone else old
                new = kept.id if new in gone else new
            filled.append([model_name, record_id, name, old, new])
        return filled

    def _get_lead_values_after(self, name, merged, kept):
        """Return kept values of the lead that lead to the contact that is left."""
        gone = set(merged.ids)

        def follow(value):
            if isinstance(value, list):
                return [follow(one) for one in value]
            return kept.id if value in gone else value

        fields = self.env["crm.lead"]._fields
        return {
            field_name: follow(value)
            if field_name in fields
            and fields[field_name].type in ("many2one", "many2many")
            and fields[field_name].comodel_name == "res.partner"
            else value
            for field_name, value in (self[name] or {}).items()
        }

    def _follow_lead_merge(self, merged, kept):
        """Note that leads are about to be merged, while all of them are there."""
        leads = merged | kept
        found = self.sudo().search(
            [
                "|",
                ("lead_id", "in", leads.ids),
                ("opportunity_id", "in", merged.ids),
            ],
            order="id",
        )
        if not found:
            return
        entries = found.filtered(lambda entry: entry.lead_id in leads)
        open_entries = entries.filtered(lambda entry: not entry.undone_date)
        merges = [[lead.display_name, kept._name, kept.id] for lead in merged]
        for entry in open_entries:
            entry.merged = [*(entry.merged or ()), *merges]
        # A lead is converted once: the others end with their leads, and the summary
        # of the merge tells them.
        own = open_entries.filtered(lambda entry: entry.lead_id == kept)
        left = own or open_entries[-1:]
        (entries - open_entries | left).lead_id = kept
        if left and not kept.date_conversion:
            kept.sudo().date_conversion = left.date
        found.filtered(
            lambda entry: entry.opportunity_id in merged
        ).opportunity_id = kept
        self.env["crm.lead"].invalidate_model(self._get_lead_fields())

    def _get_merge_lines(self, leads):
        """Return how leads that are about to be merged were converted.

        :return: the lead, a label and a text, by entry
        """
        entries = self.search(
            [("lead_id", "in", leads.ids), ("undone_date", "=", False)]
        )
        return {
            entry: (
                entry.lead_id,
                self.env._("Converted"),
                self.env._(
                    "by %(user)s on %(date)s to %(records)s",
                    user=entry.user_name,
                    date=format_datetime(self.env, entry.date, dt_format="short"),
                    records=format_list(
                        self.env,
                        (entry.account_id | entry.contact_id)
                        ._filtered_access("read")
                        .mapped("display_name"),
                    ),
                ),
            )
            for entry in entries
        }

    def _get_merge_refusals(self):
        """Return that what the conversion made was merged since, as sentences.

        A name is told to those who may read what has it now.
        """
        self.ensure_one()
        refusals = []
        for name, model_name, record_id in self.sudo().merged or ():
            kept = self.env[model_name].browse(record_id).exists()
            if kept._filtered_access("read"):
                refusals.append(
                    self.env._(
                        "“%(merged)s” was merged into “%(kept)s” since",
                        merged=name,
                        kept=kept.display_name,
                    )
                )
            else:
                refusals.append(
                    self.env._("it was merged since with a record you cannot open")
                )
        return refusals
