from odoo.tests import tagged

from odoo.addons.lead_management_assignment.tests.common_queue import TestQueueCommon


@tagged("post_install", "-at_install")
class TestRareFields(TestQueueCommon):
    """The form asks at once what of a lead is empty, and shows what is not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rare = cls.env["crm.lead"]._get_rare_fields()
        cls.specification = {name: {} for name in cls.rare}
        cls.plain, cls.busy = cls.env["crm.lead"].create(
            [{"name": name, "type": "lead"} for name in ("Plain", "Busy")]
        )

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
        for name, (model_name, field_name, own_name) in self.rare.items():
            self.assertIn(name, self.env["crm.lead"]._fields)
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
        shown = self._read(self.busy)
        self.assertTrue(shown["queue_event_ids"])
        self.assertTrue(shown["activity_ids"])
        self.assertEqual(shown, self._read_one_by_one(self.busy))

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
        lead.read(["email_normalized"])
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        lead.web_read(self.specification)
        self.assertLess(self.env.cr.sql_log_count - before, len(self.rare) / 2)
