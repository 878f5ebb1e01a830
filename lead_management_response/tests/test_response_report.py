from freezegun import freeze_time

from odoo.tests import tagged

from ..models.crm_lead import response_past
from ..models.crm_lead.response_steps import CRON
from .common import ResponseCase


@tagged("post_install", "-at_install", "lead_response", "lead_report")
class TestResponseReport(ResponseCase):
    """How fast leads are answered, and what that is worth."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.source = cls.env["utm.source"].create({"name": "Fast lane"})

    def _answer_after(self, *minutes):
        leads = self.env["crm.lead"]
        for minute in minutes:
            lead = self._arrive(source_id=self.source.id)
            moment = self._at("08:00:00").replace(
                hour=8 + minute // 60, minute=minute % 60
            )
            self._write_to_person(lead, moment)
            leads |= lead
        return leads

    def _group(self, groupby, *aggregates):
        return (
            self.env["crm.lead.report"]
            .with_user(self.user_sales_manager)
            ._read_group([("source_id", "=", self.source.id)], groupby, aggregates)
        )

    def test_median_and_what_nine_of_ten_wait(self):
        self._answer_after(1, 2, 3, 4, 90)
        [[median, ninth, average, in_time]] = self._group(
            [],
            *("response_median:avg", "response_ninth:avg"),
            *("response_minutes:avg", "in_time_rate:avg"),
        )
        self.assertEqual((median, average), (3, 20))
        self.assertAlmostEqual(ninth, 4 + 0.6 * 86)
        self.assertEqual(in_time, 80)

    def test_who_answered(self):
        self._answer_after(5)
        [[user, median]] = self._group(["response_user_id"], "response_median:avg")
        self.assertEqual((user, median), (self.user_sales_salesman, 5))

    def test_clients_ask_for_percentiles_too(self):
        self._answer_after(5, 7)
        report = self.env["crm.lead.report"].with_user(self.user_sales_manager)
        domain = [("source_id", "=", self.source.id)]
        [group] = report.formatted_read_group(
            domain, ["source_id"], ["response_median:avg", "__count"]
        )
        self.assertEqual((group["response_median:avg"], group["__count"]), (6, 2))
        sets = report.formatted_read_grouping_sets(
            domain, [[], ["source_id"]], ["response_median:avg"]
        )
        self.assertEqual(
            [one["response_median:avg"] for groups in sets for one in groups], [6, 6]
        )

    def test_conversion_by_band_tells_how_many_leads_it_rests_on(self):
        fast, slow = self._answer_after(3, 50)
        self._arrive(source_id=self.source.id)
        fast.convert_lead(target="account")
        slow.action_set_lost(lost_reason_id=self.lost_reason.id)
        bands = {
            band: (count, rate)
            for band, count, rate in self._group(
                ["response_band"], "__count", "conversion_rate:avg"
            )
        }
        self.assertEqual(bands, {"1": (1, 100), "3": (1, 0), "7": (1, 0)})

    def test_hour_of_arrival_is_the_user_s(self):
        lead = self._arrive(source_id=self.source.id)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = '2024-07-01 22:30' WHERE id = %s",
            [lead.id],
        )
        report = self.env["crm.lead.report"].with_user(self.user_sales_manager)
        for zone, hour in (
            ("Europe/Berlin", "00:00"),
            ("UTC", "22:00"),
            ("No/where", "22:00"),
        ):
            [[found]] = report.with_context(tz=zone)._read_group(
                [("source_id", "=", self.source.id)], ["response_hour"]
            )
            self.assertEqual(found, hour)

    def test_past_is_taken_over(self):
        lead = self._arrive(source_id=self.source.id)
        with freeze_time("2024-07-01 08:30:00"):
            lead._as_system().date_first_touch = lead.create_date
        self.env.flush_all()
        self.env["crm.lead"]._take_over_answers()
        self.assertEqual(lead.response_answered, lead.date_first_touch)
        self.assertEqual(lead.response_minutes, 0)
        self.assertEqual(lead.response_user_id, self.user_sales_salesman)

    def test_long_past_is_taken_over_batch_by_batch_and_nothing_that_comes_later(self):
        leads = self.env["crm.lead"].union(
            *(self._arrive(source_id=self.source.id) for _number in range(5))
        )
        *past, new = leads.sorted("id")
        for lead in past:
            lead._as_system().date_first_touch = lead.create_date
        self.env.flush_all()
        self.patch(response_past, "FILLED_AT_ONCE", 2)
        leads._take_over_answers()
        self.assertEqual(leads.filtered("response_answered"), past[2] + past[3])
        new._as_system().date_first_touch = new.create_date
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(leads.filtered("response_answered"), leads - new)
        parameters = self.env["ir.config_parameter"]
        self.assertFalse(parameters.get_param(response_past.PAST_PARAMETER))
