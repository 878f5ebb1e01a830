from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install", "lead_report")
class TestMeasures(TransactionCase):
    def test_what_makes_no_sense_as_a_sum_is_no_measure(self):
        """Such as the color of a status, which reports of leads offered."""
        senseless = ("color", "level", "attempts", "counted_number")
        for model in ("crm.lead", "crm.lead.report", "crm.lead.capture.submission"):
            fields = self.env[model].fields_get(attributes=["aggregator"])
            for name, field in fields.items():
                own = any(
                    module.startswith("lead_management")
                    for module in self.env[model]._fields[name]._modules
                )
                if own and name.endswith(senseless):
                    self.assertFalse(field.get("aggregator"), (model, name))
        leads = self.env["crm.lead"].fields_get(["employee_count", "annual_revenue"])
        self.assertEqual({field["aggregator"] for field in leads.values()}, {"avg"})
