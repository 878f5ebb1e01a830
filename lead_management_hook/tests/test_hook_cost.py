import json

from odoo.tests import tagged

from .test_lead_hook import HookCase


@tagged("post_install", "-at_install", "lead_hook", "lead_cost")
class TestHookCost(HookCase):
    """What taking a call asks of the database."""

    def test_a_call_costs_few_queries(self):
        calls = self.env["crm.lead.hook.call"]

        def receive(mail):
            body = json.dumps(self._body(mail=mail)).encode()
            self.env.flush_all()
            self.env.invalidate_all()
            calls._receive(self.hook, body, "application/json")
            self.env.flush_all()

        receive("first@example.com")
        with self.assertQueryCount(11):
            receive("second@example.com")
        self.assertEqual(set(self.hook.call_ids.mapped("state")), {"taken"})

    def test_the_language_of_an_open_form_is_in_memory(self):
        self._call(self._body())
        with self.assertQueryCount(14):
            self._call(self._body(mail="second@example.com"))
        self.assertEqual(set(self.hook.call_ids.mapped("state")), {"taken"})

    def test_a_mapping_in_memory_follows_its_lines_and_questions(self):
        values = self._body(mail="first@example.com")
        line = self.hook.line_ids.filtered(lambda line: line.path == "mail")
        self.assertIn("email", self.hook._read_inputs(values)[0])
        line.use = "nothing"
        self.assertNotIn("email", self.hook._read_inputs(values)[0])
        line.use = "field"
        self.assertIn("email", self.hook._read_inputs(values)[0])
        line.field_id.unlink()
        self.assertNotIn("email", self.hook._read_inputs(values)[0])
