from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.lead_management_assignment.tests.common_rules import archive_rules

from .test_import import OPTIONS, ImportCase

ROWS = [["partner_name", "contact_name"]] + [
    [f"Company {number}", f"Person {number}"] for number in range(6)
]


class LeadImportCase(ImportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The leads of an import are as old as its transaction: what comes later in
        # a test must be younger.
        cls.env.cr.execute("SELECT now() - interval '1 hour'")
        cls.earlier = cls.env.cr.fetchone()[0]

    def _import_file(self, rows=ROWS, user=None, limit=2000, **options):
        """Import a file in batches, as the screen does.

        :return: the import that is remembered, as the superuser sees it
        """
        wizard = self._start(rows, user=user, file_name="fair.csv")
        skip = 0
        while True:
            result = wizard.execute_import(
                rows[0], rows[0], {**OPTIONS, "limit": limit, "skip": skip, **options}
            )
            self.assertEqual(result["messages"], [])
            skip = result["nextrow"]
            if not skip:
                break
        lead_import = self.env["crm.lead.import"].search([], limit=1)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = %s WHERE import_id = %s RETURNING id",
            [self.earlier, lead_import.id],
        )
        self.env.cr.execute(
            "UPDATE mail_message SET create_date = %s"
            " WHERE model = 'crm.lead' AND res_id = ANY(%s)",
            [self.earlier, [lead_id for (lead_id,) in self.env.cr.fetchall()]],
        )
        self.env.invalidate_all()
        return lead_import


@tagged("-at_install", "post_install", "lead_import")
class TestLeadImport(LeadImportCase):
    """What a file brought is remembered."""

    def test_who_brought_which_file_is_remembered(self):
        lead_import = self._import_file()
        self.assertEqual(lead_import.name, "fair.csv")
        self.assertEqual(lead_import.user_id, self.user_sales_salesman)
        self.assertEqual(lead_import.created_count, 6)
        self.assertEqual(lead_import.owner_choice, "file")
        self.assertEqual(
            lead_import.lead_ids.mapped("partner_name"),
            [f"Company {number}" for number in reversed(range(6))],
        )
        action = lead_import.action_view_leads()
        self.assertEqual(
            self.env["crm.lead"].search(action["domain"]), lead_import.lead_ids
        )

    def test_batches_of_a_file_are_one_import(self):
        before = self.env["crm.lead.import"].search_count([])
        lead_import = self._import_file(limit=2)
        self.assertEqual(lead_import.created_count, 6)
        self.assertEqual(len(lead_import.lead_ids), 6)
        self.assertEqual(self.env["crm.lead.import"].search_count([]), before + 1)

    def test_same_file_again_is_another_import(self):
        first = self._import_file()
        second = self._import_file()
        self.assertNotEqual(first, second)
        self.assertEqual(len(first.lead_ids), 6)

    def test_a_test_remembers_nothing(self):
        before = self.env["crm.lead.import"].search_count([])
        self._import(ROWS, dryrun=True)
        self.assertEqual(self.env["crm.lead.import"].search_count([]), before)

    def test_file_with_an_error_remembers_nothing(self):
        before = self.env["crm.lead.import"].search_count([])
        rows = [["partner_name", "employee_count"], ["One", "5"], ["Two", "x"]]
        self.assertReported(self._import(rows), "Row 3")
        self.assertEqual(self.env["crm.lead.import"].search_count([]), before)

    def test_leads_that_were_there_are_no_leads_of_the_import(self):
        rows = [["id", "partner_name"], ["fair_1", "One"]]
        first = self._import_file(rows)
        lead = first.lead_ids
        rows = [["id", "partner_name"], ["fair_1", "One more"], ["fair_2", "Two"]]
        second = self._import_file(rows)
        self.assertEqual((second.created_count, second.updated_count), (1, 1))
        self.assertEqual(second.lead_ids.partner_name, "Two")
        self.assertEqual(lead.partner_name, "One more")
        self.assertEqual(lead.import_id, first)

    def test_import_of_another_model_is_not_remembered(self):
        before = self.env["crm.lead.import"].search_count([])
        result = self._import([["name"], ["Tag of the fair"]], model="crm.tag")
        self.assertTrue(result["ids"])
        self.assertEqual(self.env["crm.lead.import"].search_count([]), before)

    def test_titles_chosen_by_hand_are_remembered(self):
        rows = [["firma", "wer"], ["Company", "Jane Doe"]]
        self._import(rows, mapping=["partner_name", "contact_name"])
        preview = self._start(rows).parse_preview(dict(OPTIONS))
        self.assertEqual(preview["matches"], {0: ["partner_name"], 1: ["contact_name"]})

    def test_owner_me_goes_before_the_file(self):
        rows = [["partner_name", "user_id"], ["One", self.user_sales_leads.name]]
        manager = self.user_sales_manager
        leads = self._import_file(rows, manager, lead_owner="me").lead_ids
        self.assertEqual(leads.user_id, manager)
        leads = self._import_file(rows, manager).lead_ids
        self.assertEqual(leads.user_id, self.user_sales_leads)

    def test_a_file_sets_no_field_of_the_system(self):
        rows = [["partner_name", "date_first_touch"], ["One", "2020-01-01 00:00:00"]]
        wizard = self._start(rows, user=self.user_sales_salesman, file_name="a.csv")
        result = wizard.execute_import(rows[0], rows[0], dict(OPTIONS))
        self.assertIn("First Contact On", str(result["messages"]))
        self.assertFalse(self.env["crm.lead"].search([("partner_name", "=", "One")]))

    def test_a_file_converts_no_lead(self):
        rows = [["partner_name", "status_id"], ["One", "Converted"]]
        wizard = self._start(rows, user=self.user_sales_salesman, file_name="a.csv")
        result = wizard.execute_import(rows[0], rows[0], dict(OPTIONS))
        self.assertTrue(result["messages"])
        self.assertFalse(self.env["crm.lead"].search([("partner_name", "=", "One")]))

    def test_rules_choose_the_owner_when_asked(self):
        archive_rules(self.env)
        self.env["crm.lead.assignment.rule"].create(
            {
                "name": "Rule",
                "entry_ids": [
                    Command.create(
                        {
                            "name": "One",
                            "domain": "[('partner_name', '=', 'Company 1')]",
                            "target": "user",
                            "user_id": self.user_sales_salesman.id,
                        }
                    )
                ],
            }
        )
        user = self.user_sales_leads
        lead_import = self._import_file(user=user, lead_owner="rules")
        by_name = lead_import.lead_ids.grouped("partner_name")
        self.assertEqual(by_name["Company 1"].user_id, self.user_sales_salesman)
        self.assertNotEqual(by_name["Company 2"].user_id, user)
        self.assertEqual(lead_import.owner_choice, "rules")
        self.assertFalse(lead_import.touched_count)

    def test_salesmen_of_their_own_leads_may_not_ask_the_rules(self):
        result = self._import(ROWS, lead_owner="rules")
        self.assertIn("Only salespeople", result["messages"][0]["message"])

    def test_choice_that_is_none_is_refused(self):
        before = self.env["crm.lead"].search_count([])
        for options in (
            {"lead_owner": "nobody"},
            {"lead_skip": "x"},
            {"lead_skip": 7},
            {"lead_link": [1]},
            {"lead_link": {"x": [1]}},
            {"lead_notes_fields": 5},
            {"lead_link": {str(2**30): [1]}},
        ):
            with self.subTest(options=options):
                result = self._import(ROWS, **options)
                self.assertEqual(len(result["messages"]), 1)
                self.assertFalse(result.get("ids"))
        self.assertEqual(self.env["crm.lead"].search_count([]), before)

    def test_context_of_a_client_chooses_nothing(self):
        other = self._import_file()
        leads = self.env["crm.lead"].with_user(self.user_sales_salesman)
        result = leads.with_context(lead_import_run={"import": other.id}).load(
            ["partner_name"], [["Smuggled"]]
        )
        self.assertFalse(leads.browse(result["ids"]).import_id)

    def test_salesmen_see_their_own_imports(self):
        lead_import = self._import_file()
        as_user = lead_import.with_user
        self.assertTrue(as_user(self.user_sales_salesman).has_access("read"))
        self.assertTrue(as_user(self.user_sales_manager).has_access("read"))
        other = self.user_sales_salesman.copy({"login": "other_salesman"})
        self.assertFalse(as_user(other).has_access("read"))
        for user in (self.user_sales_salesman, self.user_sales_manager):
            with self.assertRaises(AccessError):
                as_user(user).write({"name": "x"})
            with self.assertRaises(AccessError):
                as_user(user).unlink()

    def test_imports_of_another_company_are_not_shown(self):
        company = self.env["res.company"].create({"name": "Other"})
        lead_import = self._import_file()
        lead_import.company_id = company
        manager = self.user_sales_manager
        self.assertFalse(lead_import.with_user(manager).has_access("read"))
        manager.company_ids = [Command.link(company.id)]
        self.assertTrue(
            lead_import.with_user(manager)
            .with_context(allowed_company_ids=company.ids)
            .has_access("read")
        )


@tagged("-at_install", "post_install", "lead_import")
class TestUndoImport(LeadImportCase):
    """A whole import is taken back, but for the leads somebody has worked with."""

    def setUp(self):
        super().setUp()
        self.lead_import = self._import_file()
        self.leads = self.lead_import.lead_ids.sorted("id")
        self.lead = self.leads[0]

    def _undo(self, user=None):
        lead_import = self.lead_import.with_user(user or self.user_sales_salesman)
        action = lead_import.action_undo()
        self.env.invalidate_all()
        return action["params"]["message"]

    def test_nobody_says_that_a_lead_came_with_an_import(self):
        """Else an import could be undone that deletes whatever lead one can write."""
        me = self.user_sales_salesman
        lead = self.env["crm.lead"].create({"name": "Of nobody", "user_id": False})
        writers = (
            lambda leads: leads.browse(lead.id).write,
            lambda leads: leads.create,
            lambda leads: (
                leads.with_context(default_import_id=self.lead_import.id).create
            ),
        )
        for vals in (
            {"import_id": self.lead_import.id},
            {"import_editor_id": False},
            {"queue_last_user_id": False},
        ):
            for get_writer in writers[:2]:
                with self.assertRaisesRegex(AccessError, "nobody else can set them"):
                    get_writer(self.env["crm.lead"].with_user(me))(
                        {"name": "x", **vals}
                    )
        created = writers[2](self.env["crm.lead"].with_user(me))({"name": "Mine"})
        self.assertFalse(created.sudo().import_id)

    def assertStays(self, reason):
        """Check that the first lead is no longer untouched, and all others are."""
        self.env.invalidate_all()
        self.assertEqual(self.lead_import.touched_count, 1)
        self.assertEqual(self.lead_import.touched_lead_ids, self.lead)
        self.assertIn(reason, self.lead.import_touch)
        self.assertIn("worked with them: 1.", self._undo())
        self.assertEqual(self.leads.exists(), self.lead)
        self.assertEqual(self.lead_import.state, "partial")

    def test_untouched_leads_are_deleted(self):
        self.assertEqual(self._undo(), "Leads deleted: 6.")
        self.assertFalse(self.leads.exists())
        self.assertEqual(self.lead_import.state, "undone")
        self.assertEqual(self.lead_import.undone_user_id, self.user_sales_salesman)
        self.assertEqual(self.lead_import.created_count, 6)

    def test_lead_that_was_edited_stays(self):
        self.lead.with_user(self.user_sales_leads).city = "Ghent"
        # A job that follows is no reason, and hides none.
        self.lead.with_user(1).city = "Bruges"
        self.assertStays(f"edited by {self.user_sales_leads.name}")

    def test_lead_that_who_imported_edited_stays(self):
        self.lead.with_user(self.user_sales_salesman).city = "Ghent"
        self.assertStays("edited by")

    def test_manager_insists_after_the_importers_own_mass_update(self):
        job = self.env["crm.lead.bulk.job"].with_user(self.user_sales_salesman)
        changes = [{"field": "city", "way": "set", "value": "Ghent"}]
        job._start("update", {"changes": changes}, [("id", "in", self.leads.ids)])
        # Somebody else's change after it counts.
        self.lead.with_user(self.user_sales_leads).city = "Bruges"
        self.leads[1].with_user(self.user_sales_salesman).message_post(body="Called")
        self.env.invalidate_all()
        self.assertEqual(self.lead_import.own_edit_count, 4)
        own = self.lead_import.with_user(self.user_sales_salesman)
        managers = self.lead_import.with_user(self.user_sales_manager)
        self.assertFalse(own.can_insist)
        self.assertTrue(managers.can_insist)
        with self.assertRaisesRegex(UserError, "a sales manager can"):
            own.action_undo()
        with self.assertRaisesRegex(UserError, "Only sales managers"):
            own.action_undo_with_own_edits()
        message = managers.action_undo_with_own_edits()["params"]["message"]
        self.assertIn("deleted: 4", message)
        self.assertEqual(self.leads.exists(), self.leads[:2])

    def test_lead_with_a_note_stays(self):
        self.lead.with_user(self.user_sales_salesman).message_post(body="Called")
        self.assertStays("has messages")

    def test_lead_with_an_incoming_mail_stays(self):
        self.lead.message_post(body="Hello", message_type="email")
        self.assertStays("has messages")

    def test_what_odoo_notes_by_itself_is_no_reason(self):
        self.leads.with_user(1).write({"city": "Ghent"})
        self.lead.with_user(1).message_post(
            body="Assigned", message_type="notification"
        )
        self._undo()
        self.assertFalse(self.leads.exists())

    def test_lead_with_an_activity_stays(self):
        self.lead.with_user(self.user_sales_salesman).activity_schedule(
            "mail.mail_activity_data_call"
        )
        self.assertStays("has activities")

    def test_lead_with_a_file_stays(self):
        self.env["ir.attachment"].with_user(self.user_sales_salesman).create(
            {"name": "offer.pdf", "res_model": "crm.lead", "res_id": self.lead.id}
        )
        self.assertStays("has files")

    def test_lead_with_a_meeting_stays(self):
        self.env["calendar.event"].with_user(self.user_sales_salesman).create(
            {
                "name": "Demo",
                "opportunity_id": self.lead.id,
                "start": "2026-01-01 10:00:00",
                "stop": "2026-01-01 11:00:00",
            }
        )
        self.assertStays("")

    def test_converted_lead_stays(self):
        self.lead.with_user(1).convert_lead()
        self.env.invalidate_all()
        self.assertStays("converted")

    def test_undo_may_be_repeated_once_the_reason_is_gone(self):
        note = self.lead.with_user(self.user_sales_salesman).message_post(body="Hi")
        self._undo()
        note.unlink()
        self.assertEqual(self._undo(), "Leads deleted: 1.")
        self.assertEqual(self.lead_import.state, "undone")
        with self.assertRaises(UserError):
            self._undo()

    def test_nothing_to_delete_is_said(self):
        self.leads.with_user(self.user_sales_salesman).write({"city": "Ghent"})
        with self.assertRaisesRegex(UserError, "fair.csv"):
            self._undo()
        self.assertEqual(self.lead_import.state, "done")

    def test_only_who_imported_and_managers_may(self):
        with self.assertRaises(AccessError):
            self._undo(self.user_sales_salesman.copy({"login": "other_salesman"}))
        with self.assertRaisesRegex(UserError, "Only"):
            self._undo(self.user_sales_leads)
        self._undo(self.user_sales_manager)
        self.assertFalse(self.leads.exists())

    def test_leads_given_to_others_are_deleted_too(self):
        self.leads.with_user(1).user_id = self.user_sales_leads
        self._undo()
        self.assertFalse(self.leads.exists())

    def test_queries_do_not_grow_with_the_leads(self):
        counts = []
        for leads in (self.leads[:1], self.leads):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads._get_import_touches()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
