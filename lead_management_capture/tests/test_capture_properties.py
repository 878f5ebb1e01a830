from odoo.fields import Command
from odoo.tests import tagged

from .test_capture_submission import TestCaptureSubmissionCommon


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureProperties(TestCaptureSubmissionCommon):
    """Properties of a team's leads, as questions of a form."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls.sales_team_1
        cls.team.lead_properties_definition = [
            {"name": "shade", "type": "char", "string": "Shade"},
            {"name": "pieces", "type": "integer", "string": "Pieces", "default": 7},
            {"name": "weight", "type": "float", "string": "Weight"},
            {"name": "since", "type": "date", "string": "Since"},
            {"name": "nda", "type": "boolean", "string": "NDA"},
            {
                "name": "speed",
                "type": "selection",
                "string": "Speed",
                "selection": [["s", "Slow"], ["f", "Fast"]],
            },
            {
                "name": "needs",
                "type": "tags",
                "string": "Needs",
                "tags": [["a", "Assembly", 1], ["b", "Bolts", 2]],
            },
            {"name": "split", "type": "separator", "string": "Group"},
        ]
        cls.form.write(
            {
                "team_id": cls.team.id,
                "use_assignment_rules": False,
                "rate_limit": 0,
                "field_ids": [
                    Command.create(
                        {"key": "lead_field", "lead_field": f"lead_properties.{name}"}
                    )
                    for name in ("shade", "weight", "since", "nda", "speed", "needs")
                ],
            }
        )
        cls.typed = {
            "shade": "teal",
            "weight": "2.5",
            "since": "2031-01-02",
            "nda": "yes",
            "speed": "f",
            "needs": "a\nBolts",
        }

    def _make_lead(self, **typed):
        submission = self._submit(
            **{f"lead_lead_properties.{name}": text for name, text in typed.items()}
        )
        self._process()
        self.assertEqual(submission.state, "lead", submission.error)
        return submission

    def _get_properties(self, lead):
        [row] = lead.read(["lead_properties"], load=None)
        return {one["name"]: one.get("value") for one in row["lead_properties"]}

    def test_a_lead_gets_the_properties_of_its_team(self):
        submission = self._make_lead(**self.typed)
        found = self._get_properties(submission.lead_id)
        self.assertEqual(
            {name: found[name] for name in self.typed},
            {
                "shade": "teal",
                "weight": 2.5,
                "since": "2031-01-02",
                "nda": True,
                "speed": "f",
                "needs": ["a", "b"],
            },
        )
        self.assertEqual(found["pieces"], 7)
        self.assertFalse(submission.noted)
        self.assertNotIn("teal", submission.lead_id.description)
        self.assertIn("Fast", submission.answers_html)

    def test_without_that_team_they_are_notes(self):
        self.form.team_id = self.env["crm.team"].create({"name": "Other"})
        submission = self._make_lead(**self.typed)
        for line in ("Shade: teal", "Weight: 2.5", "Needs: a, Bolts"):
            self.assertIn(line, submission.lead_id.description)
        self.assertIn("Please call.", submission.lead_id.description)
        self.assertIn("lead_lead_properties.shade", submission.noted)

    def test_what_is_no_such_value_is_a_note(self):
        submission = self._make_lead(weight="heavy", speed="Medium", needs="a\nNuts")
        found = self._get_properties(submission.lead_id)
        self.assertFalse(found["weight"] or found["speed"])
        self.assertEqual(found["needs"], ["a"])
        for text in ("Weight: heavy", "Speed: Medium", "Needs: a, Nuts"):
            self.assertIn(text, submission.lead_id.description)

    def test_the_form_shows_them(self):
        page = self.form._render_page()
        for text in (
            'name="lead_lead_properties.shade"',
            '<option value="f">Fast</option>',
            'type="checkbox" id="',
            ">Needs<",
        ):
            self.assertIn(text, page)
        offered = dict(
            self.env["crm.lead.capture.field"]
            .with_user(self.user_sales_manager)
            ._get_lead_fields()
        )
        self.assertIn("Shade", offered["lead_properties.shade"])
        self.assertNotIn("lead_properties.split", offered)

    def test_fixed_values(self):
        lines = self.form.field_ids.filtered("lead_field")
        speed = lines.filtered(lambda line: line.lead_field.endswith("speed"))
        speed.write({"is_constant": True, "constant": "fast"})
        submission = self._make_lead(shade="teal")
        found = self._get_properties(submission.lead_id)
        self.assertEqual((found["speed"], found["shade"]), ("f", "teal"))

    def test_a_property_that_goes_is_asked_for_no_more(self):
        self._submit()
        self.team.lead_properties_definition = [
            {"name": "shade", "type": "char", "string": "Colour"}
        ]
        page = self.form._render_page()
        self.assertIn("Colour", page)
        self.assertNotIn("lead_properties.speed", page)
        names = self.form._get_open_form(self.form.token).names
        self.assertNotIn("lead_lead_properties.speed", names)
        self.assertIn("lead_properties.speed", self.form.problems)
        submission = self._make_lead(shade="teal", speed="f")
        self.assertEqual(self._get_properties(submission.lead_id)["shade"], "teal")
