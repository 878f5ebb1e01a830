from unittest.mock import patch

from lxml import etree

from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.lead_management_assignment.tests.common_queue import TestQueueCommon


@tagged("post_install", "-at_install")
class TestRareFields(TestQueueCommon):
    """The form asks at once what of a lead is empty, and shows what is not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plain, cls.busy = cls.env["crm.lead"].create(
            [
                {
                    "name": name,
                    "type": "lead",
                    "email_from": f"{name}@rare.example",
                    "phone": f"+3247011223{number}",
                    # where the time in statuses is counted from
                    "date_status_update": "2026-01-01 08:00:00",
                }
                for number, name in enumerate(("Plain", "Busy"))
            ]
        )
        cls.rare = cls.plain._get_rare_fields()
        cls.specification = {name: {} for name in cls.rare}

    def _read(self, lead):
        self.env.flush_all()
        self.env.invalidate_all()
        lead = lead.with_user(self.user_sales_manager)
        [shown] = lead.web_read(self.specification)
        return shown

    def _read_one_by_one(self, lead):
        self.env.flush_all()
        self.env.invalidate_all()
        lead = lead.with_user(self.user_sales_manager)
        return {"id": lead.id} | {
            name: lead.read([name], load=None)[0][name] for name in self.rare
        }

    def test_all_of_the_form_are_there(self):
        self.assertGreater(len(self.rare), 5)
        for name, made_of in self.rare.items():
            self.assertIn(name, self.env["crm.lead"]._fields)
            if isinstance(made_of, SQL):
                continue
            model_name, field_name, own_name = made_of
            self.assertIn(own_name, self.env["crm.lead"]._fields)
            self.assertTrue(self.env[model_name]._fields[field_name].store)

    def test_lead_without_any(self):
        self.assertEqual(
            set(self.plain._find_empty(self.rare)), set(self.rare), self.rare
        )
        self.assertEqual(self._read(self.plain), self._read_one_by_one(self.plain))

    def test_lead_with_some(self):
        self.busy.queue_id = self.queue
        self.busy.activity_schedule(summary="Call", user_id=self.user_sales_manager.id)
        self.env["mail.blacklist"]._add(self.busy.email_normalized)
        self.env["phone.blacklist"]._add([self.busy.phone_sanitized])
        shown = self._read(self.busy)
        self.assertTrue(shown["queue_event_ids"])
        self.assertTrue(shown["activity_ids"])
        self.assertTrue(shown["is_blacklisted"])
        self.assertTrue(shown["phone_blacklisted"])
        self.assertEqual(shown, self._read_one_by_one(self.busy))

    def test_time_in_stages(self):
        """Of a lead that has moved, and of one that has not, alone and together."""
        before = self.busy.stage_id
        after = self.env["crm.stage"].search(
            [("id", "!=", before.id), ("is_won", "=", False)], limit=1
        )
        self.busy.stage_id = after
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertNotIn("duration_tracking", self.busy._find_empty(self._rare_time()))
        [shown] = self.busy.web_read(self.specification)
        self.assertEqual(
            set(shown["duration_tracking"]), {str(before.id), str(after.id)}
        )
        for leads in (self.plain, self.busy, self.plain + self.busy):
            self.env.invalidate_all()
            together = leads.web_read(self.specification)
            for lead, shown in zip(leads, together, strict=True):
                self.env.invalidate_all()
                self.assertEqual(
                    shown["duration_tracking"], lead.duration_tracking, lead.name
                )

    def _rare_time(self):
        rare = self.busy._get_rare_fields()
        return {"duration_tracking": rare["duration_tracking"]}

    def test_what_is_new_is_shown(self):
        """In one request, as when a form is saved and read."""
        lead = self.plain.with_user(self.user_sales_manager)
        lead.web_read(self.specification)
        lead.queue_id = self.queue
        [shown] = lead.web_read(self.specification)
        self.assertTrue(shown["queue_event_ids"])

    def test_no_lead_at_all(self):
        self.assertEqual(self.plain.browse().web_read(self.specification), [])

    def test_costs_less_than_one_by_one(self):
        lead = self.plain.with_user(self.user_sales_manager)
        lead.read(["email_normalized", "create_date", "stage_id"])
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        lead.web_read(self.specification)
        self.assertLess(self.env.cr.sql_log_count - before, len(self.rare) / 2)

    def test_form_reads_the_lead_once(self):
        """What is computed finds all it needs among what the form reads."""
        # not with the other one, which was made with it
        lead = self.plain.browse(self.plain.id).with_user(self.user_sales_manager)
        arch = etree.fromstring(lead.get_view(view_type="form")["arch"])
        names = {
            node.get("name") for node in arch.xpath("//field[not(ancestor::field)]")
        }
        self.env.flush_all()
        self.env.invalidate_all()
        read = []
        fetch_query = self.registry["crm.lead"]._fetch_query

        def counted(records, query, fields):
            if any(field.column_type for field in fields):
                read.append([field.name for field in fields])
            return fetch_query(records, query, fields)

        with patch.object(self.registry["crm.lead"], "_fetch_query", counted):
            lead.web_read({name: {} for name in sorted(names)})
        self.assertEqual(len(read), 1, read[1:])
