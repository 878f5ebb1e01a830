import datetime

from lxml import html

from odoo.tests import HttpCase, tagged

from odoo.addons.lead_management_capture.tests.test_capture_form import (
    TestCaptureFormCommon,
)


class FormVisitsCase(TestCaptureFormCommon, HttpCase):
    """A form whose visitors are counted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form.count_visitors = True
        cls.visits = cls.env["crm.lead.capture.visit"]

    def _tell(self, token=None, data=None, **told):
        self.env.flush_all()
        response = self.url_open(
            f"/lead/visit/{token or self.form.token}", data=data or told
        )
        self.assertEqual(response.status_code, 204)
        self.assertFalse(response.content)
        self.assertNotIn("Set-Cookie", response.headers)
        self.env.invalidate_all()

    def _get_counts(self):
        return {
            visit.name: (visit.opened_count, visit.started_count, visit.left_count)
            for visit in self.visits.search([("form_id", "=", self.form.id)])
        }


@tagged("post_install", "-at_install", "lead_capture")
class TestFormVisits(FormVisitsCase):
    """How many visitors open a form, fill it in, and where they give up."""

    def test_visitors_are_counted(self):
        for told in (
            *({"event": "view"}, {"event": "view"}, {"event": "start"}),
            *({"event": "leave", "name": "email"}, {"event": "leave", "name": "email"}),
            {"event": "leave", "name": "phone"},
        ):
            self._tell(**told)
        self.assertEqual(
            self._get_counts(),
            {False: (2, 1, 0), "email": (0, 0, 2), "phone": (0, 0, 1)},
        )
        self.assertEqual(self.form.visitor_count, 2)
        text = html.fromstring(self.form.visitors_html).text_content()
        self.assertIn("Started to fill it in150%", text)
        self.assertIn("Email2", text)

    def test_nothing_else_is_counted(self):
        for told in (
            *({"event": "leave"}, {"event": "leave", "name": "website"}),
            *({"event": "leave", "name": "lang"}, {"event": "id", "name": "email"}),
            *({"event": "leave", "name": "x" * 900}, {"event": ["view", "view"]}),
            {"event": "view", "name": "<b>"},
        ):
            self._tell(**told)
        self._tell(data=b"event=view&x=" + b"x" * 2000)
        self._tell(data=b"\xff\x00")
        self._tell(token="nothing", event="view")
        self.assertEqual(self._get_counts(), {False: (1, 0, 0)})
        self.form.count_visitors = False
        self._tell(event="view")
        self.form.write({"count_visitors": True, "active": False})
        self._tell(event="view")
        self.assertEqual(self._get_counts(), {False: (1, 0, 0)})

    def test_a_day_ends_at_a_million(self):
        self._tell(event="view")
        visit = self.visits.search([("form_id", "=", self.form.id)])
        visit.opened_count = 1_000_000
        self._tell(event="view")
        self.assertEqual(visit.opened_count, 1_000_000)

    def test_the_page_tells_only_where_it_is_turned_on(self):
        response = self.url_open(f"/lead/form/{self.form.token}")
        policy = response.headers["Content-Security-Policy"]
        self.assertIn("connect-src 'self'", policy)
        self.assertIn(f"/lead/visit/{self.form.token}", response.text)
        self.assertIn("script-src 'nonce-", policy)
        self.assertNotIn("/lead/visit/", self.form.preview)
        self.assertNotIn("/lead/visit/", self.form._render_html(complete=True))
        again = self.form._render_page(errors={"email": "Wrong"}, nonce="n1")
        self.assertIn("false]", again.partition("/lead/visit/")[2][:80])
        self.form.count_visitors = False
        response = self.url_open(f"/lead/form/{self.form.token}")
        self.assertNotIn("/lead/visit/", response.text)
        self.assertNotIn("connect-src", response.headers["Content-Security-Policy"])

    def test_the_sales_manager_sees_where_they_give_up(self):
        self.form.count_visitors = False
        today = datetime.date.today()
        self.visits.create(
            [
                {
                    "form_id": self.form.id,
                    "date": today,
                    "opened_count": 4,
                    "started_count": 2,
                },
                {
                    "form_id": self.form.id,
                    "date": today,
                    "name": "email",
                    "left_count": 1,
                },
            ]
        )
        self.start_tour(
            f"/odoo/lead-forms/{self.form.id}",
            "form_health",
            login="user_sales_manager",
        )
        self.form.invalidate_recordset()
        self.assertTrue(self.form.count_visitors)

    def test_they_go_when_submissions_go(self):
        old, young = self.visits.create(
            [
                {
                    "form_id": self.form.id,
                    "date": datetime.date.today() - datetime.timedelta(days),
                }
                for days in (366, 364)
            ]
        )
        self.visits._gc_visits()
        self.assertFalse(old.exists())
        self.assertTrue(young.exists())

    def test_they_are_seen_in_the_company_of_the_form(self):
        visit = self.visits.create({"form_id": self.form.id, "date": "2030-01-01"})
        seen = self.visits.with_user(self.user_sales_salesman)
        domain = [("id", "=", visit.id)]
        self.assertEqual(seen.search(domain), visit)
        self.form.company_id = self.env["res.company"].create({"name": "Other"})
        self.assertFalse(seen.search(domain))


@tagged("post_install", "-at_install", "lead_capture", "is_tour")
class TestFormVisitsInBrowser(FormVisitsCase):
    def test_a_browser_tells(self):
        self.browser_js(
            f"/lead/form/{self.form.token}",
            """
            const input = document.querySelector("[name=email]");
            input.value = "jane";
            input.dispatchEvent(new Event("input", {bubbles: true}));
            window.dispatchEvent(new Event("pagehide"));
            setTimeout(() => console.log("test successful"), 1500);
            """,
        )
        self.env.invalidate_all()
        self.assertEqual(self._get_counts(), {False: (1, 1, 0), "email": (0, 0, 1)})
