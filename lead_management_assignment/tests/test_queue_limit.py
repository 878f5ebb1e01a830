from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common_queue import TestQueueCommon

FULL = "daily claim limit"


@tagged("post_install", "-at_install", "lead_queue")
class TestQueueLimit(TestQueueCommon):
    """A member who has had the one lead of the day, and the ways to a second one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.queue.claim_limit = 1
        cls.colleague = cls.user_sales_salesman
        cls.unlimited = cls.env["crm.lead.queue"].create(
            {
                "name": "My own",
                "notify": "none",
                "member_user_ids": [Command.set((cls.member | cls.colleague).ids)],
            }
        )
        cls.lead_queued.with_user(cls.member).action_claim()
        cls.second = cls._queue_lead(name="Rockets", partner_name="Rocket Ltd")
        cls.hers = cls.second.with_user(cls.member)

    def _assert_full(self, take):
        with self.assertRaisesRegex(UserError, FULL):
            take()
        self.env.invalidate_all()
        self.assertNotEqual(self.second.user_id, self.member)

    def test_moving_it_to_a_queue_without_limit(self):
        self.hers.queue_id = self.unlimited
        self._assert_full(self.hers.action_claim)
        self._assert_full(self.unlimited.with_user(self.member).action_claim_next)
        self._assert_full(lambda: self.hers.write({"user_id": self.member.id}))

    def test_moving_it_and_waiting_for_the_next_day(self):
        self.hers.queue_id = self.unlimited
        self.second.queue_event_ids.date = "2026-01-01"
        self._assert_full(self.hers.action_claim)

    def test_colleague_takes_it_and_returns_it(self):
        theirs = self.second.with_user(self.colleague)
        theirs.action_claim()
        for queue in (self.unlimited, self.queue):
            theirs._put_in_queue(queue, "returned", "Not mine")
            self._assert_full(self.hers.action_claim)
            theirs = self.second.with_user(self.user_sales_manager)
            theirs.user_id = self.colleague
            theirs = self.second.with_user(self.colleague)

    def test_colleague_takes_it_and_lets_it_go(self):
        theirs = self.second.with_user(self.colleague)
        theirs.action_claim()
        theirs.user_id = False
        self._assert_full(self.hers.action_claim)
        self._assert_full(lambda: self.hers.write({"user_id": self.member.id}))

    def test_colleague_hands_it_over(self):
        theirs = self.second.with_user(self.colleague)
        with self.assertRaisesRegex(UserError, f"Rockets.*Mia Member.*{FULL}"):
            theirs.user_id = self.member
        theirs.action_claim()
        with self.assertRaisesRegex(UserError, f"Rockets.*Mia Member.*{FULL}"):
            theirs.user_id = self.member

    def test_merging_it_into_ones_own(self):
        own = self._create_lead(self.member, name="Own", probability=90)
        for leads in (own | self.second, self.second | own):
            self._assert_full(leads.with_user(self.member).merge_opportunity)
        self.assertTrue(self.second.exists())

    def test_leads_merged_into_one_count_each(self):
        self.queue.claim_limit = 3
        own = self._create_lead(self.member, name="Own", probability=90)
        for name in ("Third", "Fourth"):
            both = own | self._queue_lead(name=name)
            own = both.with_user(self.member).merge_opportunity()
        with self.assertRaisesRegex(UserError, r"claim limit of .* \(3\)"):
            self.hers.action_claim()

    def test_values_that_are_no_id(self):
        for value in (str(self.member.id), [self.member.id], 1.0, {"id": 0}):
            with self.subTest(value=value):
                self.hers.write({"user_id": value})
                self.assertEqual(self.second.queue_id, self.queue)
                self.assertFalse(self.second.user_id)
        self._assert_full(lambda: self.hers.write({"user_id": (self.member.id, "Me")}))
        self._assert_full(lambda: self.hers.write({"user_id": self.member}))

    def test_changing_ones_time_zone(self):
        company = self.env.ref("base.main_company")
        company.partner_id.tz = "Pacific/Auckland"
        for timezone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"):
            self.member.tz = timezone
            self._assert_full(self.hers.action_claim)

    def test_day_begins_where_the_company_is(self):
        company = self.env["res.company"].create({"name": "Far East"})
        company.partner_id.tz = "Asia/Tokyo"
        self.queue.company_id = company
        with freeze_time("2026-03-10 14:30:00"):  # 23:30 in Tokyo
            self.assertEqual(str(self.queue._get_start_of_day()), "2026-03-09 15:00:00")
        with freeze_time("2026-03-10 15:30:00"):
            self.assertEqual(str(self.queue._get_start_of_day()), "2026-03-10 15:00:00")
        self.env.cr.execute(
            "UPDATE res_partner SET tz = 'Mars/Olympus' WHERE id = %s",
            [company.partner_id.id],
        )
        self.env.invalidate_all()
        self.queue._get_start_of_day()

    def test_converting_it(self):
        for target in ("account", "opportunity"):
            self._assert_full(lambda target=target: self.hers.convert_lead(target))
        self.assertFalse(self.second.conversion_id)

    def test_converting_to_an_account_counts(self):
        self.queue.claim_limit = 2
        self.hers.convert_lead()
        self.assertEqual(self.second.queue_event_ids[0].owner_id, self.member)
        third = self._queue_lead(name="Third").with_user(self.member)
        with self.assertRaisesRegex(UserError, r"claim limit of .* \(2\)"):
            third.action_claim()

    def test_duplicating_it(self):
        with self.assertRaisesRegex(UserError, "Rockets.*Claim it"):
            self.hers.copy({"user_id": self.member.id})
        self.assertTrue(self.second.with_user(self.user_sales_manager).copy())

    def test_taking_it_by_list_import_and_bulk(self):
        leads = self.hers.browse()
        self._assert_full(lambda: self.hers.web_save({"user_id": self.member.id}, {}))
        outcome = self.env["crm.lead.bulk.operation.owner"].with_user(self.member)
        outcome = outcome._run(self.hers, {"user_id": self.member.id})
        self.assertIn(FULL, outcome.failures[self.second.id])
        result = leads.load(
            [".id", "user_id/.id"], [[str(self.second.id), str(self.member.id)]]
        )
        self.assertFalse(result["ids"])
        self.assertFalse(self.second.user_id)

    def test_lead_one_has_had_today_counts_once(self):
        mine = self.lead_queued.with_user(self.member)
        mine._put_in_queue(self.queue, "returned", "Later")
        mine.action_claim()
        self.assertEqual(self.lead_queued.user_id, self.member)
        self._assert_full(self.hers.action_claim)

    def test_what_managers_give_does_not_count(self):
        manager = self.user_sales_manager
        for _number in range(2):
            lead = self._queue_lead().with_user(manager)
            lead.user_id = self.member
        third = self._queue_lead().with_user(manager)
        third.queue_id = False
        third.with_user(self.member).action_claim()
        self.second.with_user(manager).action_claim()
        self.assertEqual(self.second.user_id, manager)

    def test_next_day_is_a_new_one(self):
        self.lead_queued.queue_event_ids.date = "2026-01-01"
        self.hers.action_claim()
        self.assertEqual(self.second.user_id, self.member)

    def test_outsider_who_gets_leads_has_a_limit_as_well(self):
        outsider = new_test_user(
            self.env, "queue_friend", "sales_team.group_sale_salesman_all_leads"
        )
        theirs = self.second.with_user(self.colleague)
        theirs.user_id = outsider
        third = self._queue_lead(name="Third").with_user(self.colleague)
        with self.assertRaisesRegex(UserError, FULL):
            third.user_id = outsider
