from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .test_bulk_job import TestBulkCommon

PROPERTIES = [
    {"name": "colour", "string": "Colour", "type": "char"},
    {"name": "seats", "string": "Seats", "type": "integer"},
    {"name": "since", "string": "Since", "type": "date"},
    {"name": "is_key", "string": "Key", "type": "boolean"},
    {"name": "home", "string": "Home", "type": "many2one", "comodel": "res.country"},
    {
        "name": "size",
        "string": "Size",
        "type": "selection",
        "selection": [["s", "Small"], ["l", "Large"]],
    },
    {
        "name": "topics",
        "string": "Topics",
        "type": "tags",
        "tags": [["a", "Alpha", 1], ["b", "Beta", 2], ["c", "Gamma", 3]],
    },
    {
        "name": "lands",
        "string": "Lands",
        "type": "many2many",
        "comodel": "res.country",
    },
    {"name": "line", "string": "A line", "type": "separator"},
]


@tagged("post_install", "-at_install", "lead_bulk")
class TestBulkProperties(TestBulkCommon):
    """Properties of leads are changed in a mass update, as fields are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls.sales_team_1
        cls.team.lead_properties_definition = PROPERTIES
        cls.leads.team_id = cls.team

    def _get_values(self, *changes):
        names = ("field", "way", "value")
        changes = [dict(zip(names, change, strict=True)) for change in changes]
        for change in changes:
            change["field"] = f"lead_properties.{change['field']}"
        return {"changes": changes}

    def _update(self, *changes):
        return self._start(
            self.user_sales_salesman, "update", self._get_values(*changes), self.leads
        )

    def test_properties_of_every_kind(self):
        self.leads[0].lead_properties = {"colour": "red", "seats": 3, "topics": ["b"]}
        france, italy = self.env.ref("base.fr"), self.env.ref("base.it")
        job = self._update(
            ("colour", "set", "teal"),
            ("seats", "set", 0),
            ("since", "set", "2031-01-02"),
            ("is_key", "set", True),
            ("home", "set", france.id),
            ("size", "set", "l"),
            ("topics", "add", ["a"]),
            ("lands", "set", (france | italy).ids),
        )
        self.assertFalse(job.failed_count)
        self.assertEqual(job.changed_count, 6)
        expected = {
            "colour": "teal",
            "since": "2031-01-02",
            "is_key": True,
            "home": france.id,
            "size": "l",
            "topics": ["a"],
            "lands": (france | italy).ids,
        }
        for lead in self.leads[1:]:
            self.assertEqual(lead.lead_properties._values, expected)
        self.assertEqual(
            self.leads[0].lead_properties._values, {**expected, "topics": ["b", "a"]}
        )

    def test_leads_of_other_teams_are_refused_and_named(self):
        other = self.env["crm.team"].create({"name": "Other"})
        self.leads[5].team_id = other
        job = self._update(("colour", "set", "teal"))
        self.assertEqual((job.changed_count, job.failed_count), (5, 1))
        self.assertIn("no property “Colour”", job.failure_ids.reason)
        self.assertIn(self.team.name, job.failure_ids.reason)
        self.assertFalse(self.leads[5].lead_properties._values)

    def test_tags_and_links_are_added_and_removed(self):
        countries = self.env.ref("base.fr") | self.env.ref("base.it")
        self.leads.write({"lead_properties": {"topics": ["a", "b"]}})
        self._update(("topics", "remove", ["a", "c"]), ("lands", "add", countries.ids))
        lead = self.leads[1]
        self.assertEqual(
            lead.lead_properties._values, {"topics": ["b"], "lands": countries.ids}
        )
        self._update(("lands", "remove", countries[0].ids), ("topics", "clear", []))
        self.assertEqual(lead.lead_properties._values, {"lands": countries[1].ids})
        job = self._update(("topics", "remove", ["b"]), ("lands", "remove", [1]))
        self.assertEqual(job.changed_count, 0)

    def test_undo_puts_properties_back(self):
        """And leaves others, and those that somebody has changed since."""
        self.leads[0].lead_properties = {"colour": "red", "topics": ["b"]}
        france, italy = self.env.ref("base.fr"), self.env.ref("base.it")
        self.leads[3].lead_properties = {"home": italy.id, "lands": italy.ids}
        before = [lead.lead_properties._values or {} for lead in self.leads]
        job = self._update(
            ("colour", "set", "teal"),
            ("topics", "add", ["a"]),
            ("home", "set", france.id),
            ("lands", "add", france.ids),
        )
        for lead, changed in (
            (self.leads[1], {"seats": 7}),
            (self.leads[2], {"colour": "blue"}),
        ):
            lead.lead_properties = {**lead.lead_properties._values, **changed}
        job.action_undo()
        self.env.invalidate_all()
        before[1] = {"seats": 7}
        before[2] = {"colour": "blue"}
        after = [lead.lead_properties._values or {} for lead in self.leads]
        self.assertEqual(after, before)
        failure = job.undo_ids.failure_ids
        self.assertEqual(failure.lead_res_id, self.leads[2].id)
        self.assertIn("left so: Colour.", failure.reason)

    def test_leads_that_are_so_already_are_not_written(self):
        self.leads[0].lead_properties = {"colour": "teal", "seats": 4}
        self.leads[1].lead_properties = {"seats": 0}
        job = self._update(("colour", "set", "teal"))
        self.assertEqual((job.changed_count, job.unchanged_count), (5, 1))
        job = self._update(("seats", "set", 0))
        self.assertEqual((job.changed_count, job.unchanged_count), (1, 5))
        self.leads[2].lead_properties = {"seats": 1}
        job = self._update(("seats", "set", 1))
        self.assertEqual((job.changed_count, job.unchanged_count), (5, 1))
        job = self._update(("is_key", "set", False))
        self.assertEqual((job.changed_count, job.unchanged_count), (0, 6))

    def test_the_preview_says_what_happens(self):
        self.leads[0].lead_properties = {"colour": "red"}
        operation = self.env["crm.lead.bulk.operation.update"]
        operation = operation.with_user(self.user_sales_salesman)
        values = self._get_values(("colour", "set", "teal"), ("topics", "add", ["a"]))
        preview = operation._preview([("id", "in", self.leads.ids)], values)
        self.assertEqual((preview.will_change, preview.unchanged), (6, 0))
        colour, topics = preview.changes
        team = self.team.name
        self.assertIn(f"Colour ({team}) becomes “teal”", colour)
        self.assertIn("Leads that have another value now: 1.", colour)
        self.assertIn("“Alpha” is added", topics)

    def test_only_what_fits_is_taken(self):
        for change in (
            ("colour", "set", 3),
            ("seats", "set", "many"),
            ("since", "set", "soon"),
            ("size", "set", "xxl"),
            ("home", "set", 99999999),
            ("topics", "add", ["z"]),
            ("lands", "set", ["x"]),
            ("line", "set", "x"),
            ("gone", "set", "x"),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self._update(change)

    def test_teams_that_share_a_property(self):
        shared = {"name": "size", "string": "Size", "type": "selection"}
        like, other = self.env["crm.team"].create([{"name": "Like"}, {"name": "Not"}])
        like.lead_properties_definition = [
            {**shared, "selection": [["l", "Large"], ["h", "Huge"]]}
        ]
        other.lead_properties_definition = [{**shared, "type": "char"}]
        self.leads[4].team_id, self.leads[5].team_id = like, other
        job = self._update(("size", "set", "l"))
        self.assertEqual((job.changed_count, job.failed_count), (5, 1))
        self.assertEqual(job.failure_ids.lead_res_id, self.leads[5].id)
        for size in ("s", "h"):  # which only one of them has
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self._update(("size", "set", size))

    def test_a_property_that_is_gone_is_refused(self):
        values = self._get_values(("colour", "set", "teal"))
        self.team.lead_properties_definition = PROPERTIES[1:]
        operation = self.env["crm.lead.bulk.operation.update"]
        operation = operation.with_user(self.user_sales_salesman)
        changed, unchanged, failures, _kept = operation._run(self.leads, values)
        self.assertEqual((changed, unchanged, len(failures)), (0, 0, 6))
        self.assertIn("can't be changed", failures[self.leads[0].id])

    def test_teams_of_other_companies_are_not_named(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        secret = {"name": "secret", "string": "Secret", "type": "char"}
        self.env.user.company_ids = [Command.link(company.id)]
        self.env["crm.team"].create(
            {
                "name": "Theirs",
                "company_id": company.id,
                "lead_properties_definition": [secret],
            }
        )
        bulk = self.env["crm.lead.bulk"].with_user(self.user_sales_salesman)
        labels = [info["string"] for info in bulk.get_updatable_fields().values()]
        self.assertIn(f"Colour ({self.team.name})", labels)
        self.assertFalse([label for label in labels if "Secret" in label])
