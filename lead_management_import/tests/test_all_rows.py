from odoo.fields import Command
from odoo.tests import tagged

from .test_import import OPTIONS, ImportCase

ROWS = [["partner_name", "source_id"], ["One", "Fair A"], ["Two", ""]]


@tagged("-at_install", "post_install", "lead_import")
class TestAllRows(ImportCase):
    """What is chosen once for all leads of a file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fair, cls.other = cls.env["utm.source"].create(
            [{"name": "Fair A"}, {"name": "Fair B"}]
        )
        cls.tags = cls.env["crm.tag"].create([{"name": "All 1"}, {"name": "All 2"}])
        cls.campaign = cls.env["utm.campaign"].create({"title": "Fairs"})
        cls.queue = cls.env["crm.lead.queue"].create(
            {
                "name": "Fair leads",
                "user_ids": [Command.link(cls.user_sales_leads.id)],
            }
        )

    def _load(self, rows=ROWS, user=None, dryrun=False, **options):
        wizard = self._start(rows, user=user or self.user_sales_leads)
        return wizard.execute_import(
            rows[0], rows[0], {**OPTIONS, **options}, dryrun=dryrun
        )

    def _load_leads(self, **options):
        result = self._load(**options)
        self.assertEqual(result["messages"], [])
        return self.env["crm.lead"].browse(result["ids"])

    def test_rows_that_say_nothing_get_it_and_tags_are_added(self):
        rows = [["partner_name", "source_id", "tag_ids"]]
        rows += [["One", "Fair A", "All 1"], ["Two", "", ""]]
        leads = self._load_leads(
            rows=rows,
            lead_all_rows={
                "source_id": self.other.id,
                "campaign_id": self.campaign.id,
                "tag_ids": self.tags[1].ids,
            },
        )
        self.assertEqual(leads.mapped("source_id"), self.fair + self.other)
        self.assertEqual(leads.campaign_id, self.campaign)
        self.assertEqual(leads[0].tag_ids, self.tags)
        self.assertEqual(leads[1].tag_ids, self.tags[1])

    def test_leads_that_are_updated_stay_as_they_are(self):
        lead = self.env["crm.lead"].create({"name": "Known", "type": "lead"})
        [[xmlid]] = lead.export_data(["id"])["datas"]
        rows = [["id", "partner_name"], [xmlid, "One"]]
        self._load_leads(rows=rows, lead_all_rows={"tag_ids": self.tags.ids})
        self.assertEqual(lead.partner_name, "One")
        self.assertFalse(lead.tag_ids)

    def test_a_salesperson_or_a_queue_gets_all(self):
        owner = self.user_sales_salesman
        chosen = {"user_id": owner.id, "queue_id": self.queue.id}
        leads = self._load_leads(lead_owner="user", lead_all_rows=chosen)
        self.assertEqual(leads.user_id, owner)
        self.assertFalse(leads.queue_id)
        self.assertEqual(leads.import_id.owner_choice, "user")
        leads = self._load_leads(lead_owner="queue", lead_all_rows=chosen)
        self.assertEqual(leads.queue_id, self.queue)
        self.assertFalse(leads.user_id)
        leads = self._load_leads(lead_owner="me", lead_all_rows=chosen)
        self.assertEqual(leads.user_id, self.user_sales_leads)
        self.assertFalse(leads.queue_id)

    def test_the_test_says_what_can_not_be_chosen(self):
        before = self.env["crm.lead"].search_count([])
        portal = self.env["res.users"].create(
            {
                "name": "Portal",
                "login": "all rows portal",
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )
        for options in (
            {"lead_owner": "user"},
            {"lead_owner": "queue"},
            {"lead_owner": "user", "lead_all_rows": {"user_id": portal.id}},
            {"lead_all_rows": {"source_id": 2**30}},
            {"lead_all_rows": {"source_id": "x"}},
            {"lead_all_rows": {"tag_ids": [[1]]}},
            {"lead_all_rows": 7},
        ):
            for dryrun in (True, False):
                with self.subTest(options=options, dryrun=dryrun):
                    result = self._load(dryrun=dryrun, **options)
                    self.assertEqual(len(result["messages"]), 1)
                    self.assertFalse(result.get("ids"))
        self.assertEqual(self.env["crm.lead"].search_count([]), before)

    def test_salesmen_of_their_own_leads_give_none_away(self):
        chosen = {"user_id": self.user_sales_leads.id}
        salesman = self.user_sales_salesman
        result = self._load(user=salesman, lead_owner="user", lead_all_rows=chosen)
        self.assertIn("Only salespeople", result["messages"][0]["message"])
        self.assertFalse(result.get("ids"))

    def test_the_screen_is_told_what_can_be_chosen(self):
        preview = self._start(ROWS).parse_preview(dict(OPTIONS))
        about = {field["name"]: field for field in preview["lead_all_rows"]}
        self.assertEqual(about["source_id"]["model"], "utm.source")
        self.assertTrue(about["tag_ids"]["is_many"])
        others = self._start([["name"], ["Tag"]], model="crm.tag")
        self.assertNotIn("lead_all_rows", others.parse_preview(dict(OPTIONS)))
