import json

from odoo.fields import Command
from odoo.tools import SQL

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon

# What Odoo stamps on every write
STAMPS = {"write_date", "write_uid"}
# What merging and separating themselves say, and what keeps them
OWN_TABLES = {"crm_merge", "crm_merge_line", "crm_merge_separate"}


class MergeCase(TestLeadManagementCommon):
    """Merges of leads and of contacts, with all that can hang on them.

    Compared are the rows of the database: of the records, and all that point at them.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.user_sales_manager
        cls.merges = cls.env["crm.merge"]
        cls.tags = cls.env["crm.tag"].create(
            [{"name": f"Merge {number}"} for number in range(4)]
        )

    def _get_rows(self, records):
        """Return the rows of records and of what points at them.

        :return: values by name, by table and id, or the row itself where it has none
        :rtype: dict
        """
        self.env.flush_all()
        rows = {}
        for place in self.merges._get_places(records._name):
            if place.table in OWN_TABLES:
                continue
            for (row,) in self.env.execute_query(
                SQL(
                    "SELECT to_jsonb(t) FROM %s AS t WHERE %s",
                    SQL.identifier(place.table),
                    self.merges._get_condition(place, records._name, records.ids),
                )
            ):
                key = row["id"] if place.has_id else json.dumps(row, sort_keys=True)
                rows[place.table, key] = {
                    name: value for name, value in row.items() if name not in STAMPS
                }
        return rows

    def _assert_restored(self, before, records):
        """Check that rows are as they were. What the chatter says since is new, and
        what is only noted about records."""
        after = self._get_rows(records)
        noted = {"mail_message"} | {
            model._table
            for model in self.env.registry.values()
            if not getattr(model, "_counts_as_use", True)
        }
        differences = []
        for key in before.keys() | after.keys():
            old, new = before.get(key), after.get(key)
            if old == new:
                continue
            if old is None and key[0] in noted:
                continue
            names = (
                old
                and new
                and {
                    name: (old[name], new.get(name))
                    for name in old
                    if old[name] != new.get(name)
                }
            )
            differences.append((key, names or (old, new)))
        self.assertFalse(differences)

    def _get_merge(self, survivor):
        field = {"crm.lead": "lead_id", "res.partner": "partner_id"}[survivor._name]
        return self.merges.search([(field, "=", survivor.id)], limit=1)

    def _merge_partners(self, partners, survivor, user=None):
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(
            user or self.env.ref("base.user_admin")
        )
        wizard.create({})._merge(partners.ids, survivor)
        self.env.invalidate_all()

    def _fill(self, record, name):
        """Hang something of everything on a record."""
        record.message_post(body=f"Said to {name}")
        record.message_subscribe(self.user_sales_leads.partner_id.ids)
        record.activity_schedule(
            "mail.mail_activity_data_todo", summary=name, user_id=self.manager.id
        )
        self.env["ir.attachment"].create(
            {
                "name": f"{name}.txt",
                "raw": name.encode(),
                "res_model": record._name,
                "res_id": record.id,
            }
        )

    def _create_meeting(self, **values):
        return self.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": "2030-01-01 10:00:00",
                "stop": "2030-01-01 11:00:00",
                "partner_ids": [Command.set(self.manager.partner_id.ids)],
                **values,
            }
        )
