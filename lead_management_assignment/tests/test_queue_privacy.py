from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common_queue import TestQueueCommon


@tagged("post_install", "-at_install", "lead_queue", "lead_access")
class TestQueuePrivacy(TestQueueCommon, HttpCase):
    """Members and managers see what is in a queue; nobody else, by any door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.see = (cls.user_sales_salesman, cls.member, cls.user_sales_manager)
        cls.see_not = (cls.outsider, cls.user_sales_leads)
        cls.lead_queued.activity_schedule(
            "mail.mail_activity_data_todo", user_id=cls.user_sales_manager.id
        )

    def _check_door(self, door):
        for user in self.see:
            self.env.invalidate_all()
            with self.subTest(user=user.login):
                self.assertTrue(door(self.env(user=user)))
        for user in self.see_not:
            self.env.invalidate_all()
            with self.subTest(user=user.login):
                self.assertFalse(door(self.env(user=user)))

    def test_search_and_count(self):
        domain = [("id", "=", self.lead_queued.id)]
        self._check_door(lambda env: env["crm.lead"].search(domain))
        self._check_door(lambda env: env["crm.lead"].search_count(domain))

    def test_kanban(self):
        domain = [("id", "=", self.lead_queued.id)]
        self._check_door(
            lambda env: env["crm.lead"].formatted_read_group(
                domain, ["status_id"], ["__count"]
            )
        )
        self._check_door(
            lambda env: env["crm.lead"].web_read_group(domain, ["queue_id"])["length"]
        )

    def test_name_search(self):
        self._check_door(lambda env: env["crm.lead"].name_search("Anvils"))

    def test_read_write_and_export(self):
        (self.see[0] | self.see[1] | self.see[2]).group_ids += self.env.ref(
            "base.group_allow_export"
        )

        def read(env):
            lead = self.lead_queued.with_env(env)
            try:
                lead.read(["name"])
                lead.write({"description": "x"})
                return lead.export_data(["name"])["datas"]
            except AccessError:
                return False

        self._check_door(read)

    def _find(self, of_model, /, **values):
        """Return a door: the records of a model with values."""
        domain = [(name, "=", value) for name, value in values.items()]
        return lambda env: env[of_model].search(domain)

    def test_pivot_and_pipeline_analysis(self):
        domain = [("id", "=", self.lead_queued.id)]
        for group_by in (["queue_id"], ["stage_id"], ["create_date:month"]):
            self._check_door(
                lambda env, group_by=group_by: sum(
                    group["__count"]
                    for group in env["crm.lead"].formatted_read_group(
                        domain, group_by, ["__count", "expected_revenue:sum"]
                    )
                )
            )
        self._check_door(
            lambda env: env["crm.lead"].formatted_read_grouping_sets(
                domain, [["user_id"], []], ["__count"]
            )[0]
        )

    def test_calendar_of_deadlines(self):
        self.lead_queued.date_deadline = fields.Date.today()
        self._check_door(
            lambda env: env["crm.lead"].search_read(
                [
                    ("date_deadline", ">=", fields.Date.today()),
                    ("id", "=", self.lead_queued.id),
                ],
                ["name", "date_deadline"],
            )
        )

    def test_lead_analysis(self):
        self.env.flush_all()
        self._check_door(self._find("crm.lead.report", lead_id=self.lead_queued.id))
        self._check_door(
            lambda env: env["crm.lead.report"].formatted_read_group(
                [("lead_id", "=", self.lead_queued.id)], ["status_id"], ["__count"]
            )
        )

    def test_activities(self):
        # The manager's, whom it was planned for: others' are the lead's.
        self._check_door(
            self._find(
                "mail.activity", res_model="crm.lead", res_id=self.lead_queued.id
            )
        )

    def test_activity_view(self):
        self._check_door(
            lambda env: env["mail.activity"].get_activity_data(
                "crm.lead", [("id", "=", self.lead_queued.id)]
            )["activity_res_ids"]
        )

    def test_messages_and_files(self):
        lead = self.lead_queued
        lead.message_post(body="Wants a thousand anvils", message_type="comment")
        self.env["ir.attachment"].create(
            {"name": "anvils.txt", "res_model": "crm.lead", "res_id": lead.id}
        )
        self._check_door(self._find("mail.message", model="crm.lead", res_id=lead.id))
        self._check_door(
            self._find("ir.attachment", res_model="crm.lead", res_id=lead.id)
        )

    def test_chatter_and_its_search(self):
        self.lead_queued.message_post(
            body="Wants a thousand anvils", message_type="comment"
        )
        for user, is_shown in ((self.member, True), (self.user_sales_leads, False)):
            self.authenticate(user.login, user.login)
            for fetch in ({}, {"search_term": "anvils"}):
                with self.subTest(user=user.login, **fetch):
                    answer = self.url_open(
                        "/mail/thread/messages",
                        json={
                            "params": {
                                "thread_model": "crm.lead",
                                "thread_id": self.lead_queued.id,
                                "fetch_params": fetch,
                            }
                        },
                    ).text
                    self.assertEqual("a thousand" in answer, is_shown)

    def test_followers_say_no_name(self):
        # Native shows followers to every employee, as ids of the record: no more.
        self.lead_queued.message_subscribe(self.user_sales_manager.partner_id.ids)
        follower = self.lead_queued.message_follower_ids
        self.env.invalidate_all()
        told = follower.with_user(self.user_sales_leads).read()
        self.assertNotIn(self.lead_queued.name, str(told))

    def test_number_of_leads_of_a_partner(self):
        partner = self.env["res.partner"].create({"name": "Acme"})
        self.lead_queued.partner_id = partner
        self._check_door(lambda env: partner.with_env(env).opportunity_count)

    def test_dashboard_of_teams(self):
        team = self.env["crm.team"].create({"name": "Web", "use_leads": True})
        self.lead_queued.team_id = team
        self._check_door(lambda env: team.with_env(env).lead_unassigned_count)

    def test_digest(self):
        company = self.env["res.company"].create({"name": "Acme"})
        users = self.env["res.users"].union(*self.see, *self.see_not)
        users.company_ids += company
        self.lead_queued.company_id = company
        digest = self.env["digest.digest"].create(
            {
                "name": "Sales",
                "kpi_crm_lead_created": True,
                "company_id": company.id,
            }
        )
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        self._check_door(
            lambda env: (
                digest.with_env(env)
                .sudo(False)
                .with_context(
                    allowed_company_ids=company.ids,
                    start_datetime=tomorrow - timedelta(days=3),
                    end_datetime=tomorrow,
                )
                .kpi_crm_lead_created_value
            )
        )

    def test_lead_home(self):
        self.lead_queued.write({"stars": "5", "team_id": self.sales_team_1.id})
        self._check_door(
            lambda env: "Anvils" in str(env["crm.lead"].get_lead_home("team"))
        )

    def _check_conversion(self, entry):
        domain = [("id", "=", self.lead_queued.id)]
        self._check_door(
            lambda env: env["crm.lead"].with_context(active_test=False).search(domain)
        )
        self._check_door(lambda env: env[entry._name].search([("id", "=", entry.id)]))
        self._check_door(lambda env: entry.with_env(env)._filtered_access("read"))

    def test_conversion_to_an_account_and_its_undoing(self):
        user = self.user_sales_salesman
        [result] = self.lead_queued.with_user(user).convert_lead()
        entry = self.env["crm.lead.conversion"].browse(result["conversion_id"])
        self._check_conversion(entry)
        with self.assertRaises(UserError):
            self.lead_queued.with_user(user).action_claim()
        self.queue.with_user(self.user_sales_manager).active = False
        self.queue.active = True
        entry.with_user(user).action_undo()
        self.assertEqual(self.lead_queued.queue_id, self.queue)
        self._check_conversion(entry)

    def test_bulk_work_leaves_it_alone(self):
        def count(env):
            dialog = env["crm.lead.bulk"].create(
                {
                    "operation": "owner",
                    "selection": [("id", "=", self.lead_queued.id)],
                    "user_id": env.uid,
                }
            )
            return "Anvils" in dialog.preview or dialog.can_start

        self._check_door(count)

    def test_merge_wizard(self):
        for user in self.see_not:
            mine = self._create_lead(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["crm.merge.opportunity"].with_user(user).with_context(
                    active_ids=(mine | self.lead_queued).ids
                ).create({}).action_merge()
            self.assertTrue(self.lead_queued.exists())

    def test_duplicates_and_merge(self):
        self.lead_queued.email_from = "anvil@acme.example.com"
        mine = {
            user: self._create_lead(user, email_from="anvil@acme.example.com")
            for user in self.see + self.see_not
        }
        self._check_door(
            lambda env: (
                self.lead_queued
                in mine[env.user]
                .with_env(env)
                ._get_lead_duplicates(email="anvil@acme.example.com")
            )
        )

    def test_activity_report(self):
        self.lead_queued.message_post(
            body="Called", subtype_xmlid="mail.mt_comment", message_type="comment"
        )
        activity = self.lead_queued.activity_ids
        activity._action_done()
        self.env.flush_all()
        self._check_door(
            lambda env: env["crm.activity.report"].search(
                [("lead_id", "=", self.lead_queued.id)]
            )
        )

    def test_history(self):
        self._check_door(
            lambda env: env["crm.lead.queue.event"].search(
                [("lead_id", "=", self.lead_queued.id)]
            )
        )

    def test_history_of_a_lead_that_has_moved_to_another_queue(self):
        other = self.env["crm.lead.queue"].create({"name": "Of others"})
        events = self.env["crm.lead.queue.event"].with_user(self.member)
        history = [("lead_id", "=", self.lead_queued.id)]
        self.assertTrue(events.search(history))
        self.lead_queued.queue_id = other
        self.env.flush_all()
        self.assertFalse(events.search(history))
        with self.assertRaises(AccessError):
            self.lead_queued.queue_event_ids.with_env(events.env).read(["reason"])

    def test_json_call(self):
        keys = {
            user: self.env(user=user)["res.users.apikeys"]._generate(
                "rpc", "test", fields.Datetime.now() + timedelta(days=1)
            )
            for user in (self.member, self.user_sales_leads)
        }
        counts = [
            self.url_open(
                "/json/2/crm.lead/search_count",
                json={"domain": [["id", "=", self.lead_queued.id]]},
                headers={"Authorization": f"Bearer {keys[user]}"},
            ).json()
            for user in (self.member, self.user_sales_leads)
        ]
        self.assertEqual(counts, [1, 0])

    def test_who_may_not_see_it_may_put_a_lead_in(self):
        lead = (
            self.env["crm.lead"]
            .with_user(self.outsider)
            .create({"name": "Fair", "type": "lead", "queue_id": self.queue.id})
        )
        self.env.flush_all()
        self.assertEqual(lead.sudo().queue_id, self.queue)

    def test_queues_of_another_company_are_out_of_sight(self):
        company = self.env["res.company"].create({"name": "Company B"})
        queue = self.env["crm.lead.queue"].create(
            {"name": "B", "company_id": company.id}
        )
        self.assertNotIn(
            queue, self.env["crm.lead.queue"].with_user(self.member).search([])
        )
        lead = self.env["crm.lead"].create(
            {"name": "Fair", "type": "lead", "queue_id": queue.id}
        )
        self.assertEqual(lead.company_id, company)
        with self.assertRaises(UserError):
            lead.write({"queue_id": queue.id, "company_id": self.env.company.id})
            self.env.flush_all()
