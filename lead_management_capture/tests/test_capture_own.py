from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .test_capture_submission import ANSWERS, TestCaptureSubmissionCommon


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureOwn(TestCaptureSubmissionCommon):
    """Other fields of the lead, fixed values, and questions of a form's own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        fields = cls.env["ir.model.fields"].sudo()
        model = cls.env["ir.model"]._get_id("crm.lead")
        for name, kind, more in (
            ("x_shade", "char", {}),
            ("x_story", "text", {}),
            ("x_pieces", "integer", {}),
            ("x_weight", "float", {}),
            ("x_start", "date", {}),
            ("x_size", "selection", {"selection_ids": cls._get_sizes()}),
            ("x_nda", "boolean", {}),
            ("x_branch_id", "many2one", {"relation": "res.partner.industry"}),
            ("x_label_ids", "many2many", {"relation": "crm.tag"}),
            ("x_friend_id", "many2one", {"relation": "res.partner"}),
            ("x_colleague_id", "many2one", {"relation": "res.users"}),
        ):
            fields.create(
                {
                    "model_id": model,
                    "name": name,
                    "ttype": kind,
                    "field_description": name[2:].replace("_id", "").capitalize(),
                    **more,
                }
            )
        cls.industry = cls.env["res.partner.industry"].create({"name": "Space"})
        cls.hot, cls.cold = cls.env["crm.tag"].create(
            [{"name": "Boiling hot"}, {"name": "Ice cold"}]
        )

    @classmethod
    def _get_sizes(cls):
        return [
            Command.create({"value": value, "name": value.capitalize(), "sequence": 1})
            for value in ("small", "large")
        ]

    def _ask(self, *names, **values):
        """Let the form ask for other fields of the lead, as the sales manager."""
        form = self.form.with_user(self.user_sales_manager)
        form.field_ids = [
            Command.create({"key": "lead_field", "lead_field": name, **values})
            for name in names
        ]
        return self.form.field_ids.filtered(lambda line: line.lead_field in names)

    def _make_lead(self, **inputs):
        submission = self._submit(**inputs)
        self._process()
        self.assertEqual(submission.state, "lead", submission.error)
        self.submission = submission
        return submission.lead_id

    def test_other_fields_of_the_lead_are_filled(self):
        self._ask(
            *("x_shade", "x_story", "x_pieces", "x_weight", "x_start", "x_size"),
            *("x_nda", "x_branch_id", "x_label_ids", "referred"),
        )
        lead = self._make_lead(
            lead_x_shade="Blue",
            lead_x_story="Once\nupon",
            lead_x_pieces="1,200",
            lead_x_weight="2.5",
            lead_x_start="1/31/2027",
            lead_x_size="large",
            lead_x_nda="yes",
            lead_x_branch_id=str(self.industry.id),
            lead_x_label_ids=f"{self.hot.id}\nIce cold",
            lead_referred="A friend",
        )
        self.assertEqual(lead.x_shade, "Blue")
        self.assertEqual(lead.x_story, "Once\nupon")
        self.assertEqual((lead.x_pieces, lead.x_weight), (1200, 2.5))
        self.assertEqual(str(lead.x_start), "2027-01-31")
        self.assertEqual(lead.x_size, "large")
        self.assertTrue(lead.x_nda)
        self.assertEqual(lead.x_branch_id, self.industry)
        self.assertEqual(lead.x_label_ids, self.hot | self.cold)
        self.assertEqual(lead.referred, "A friend")
        self.assertEqual(lead.description, "<p>Please call.<br>Thanks!</p>")

    def test_what_they_do_not_take_is_a_note(self):
        self._ask("x_pieces", "x_size", "x_label_ids")
        lead = self._make_lead(
            lead_x_pieces="a few", lead_x_size="huge", lead_x_label_ids="Boiling hot\nX"
        )
        self.assertFalse(lead.x_pieces or lead.x_size)
        self.assertEqual(lead.x_label_ids, self.hot)
        for note in ("Pieces: a few", "Size: huge", "Boiling hot, X"):
            self.assertIn(note, lead.description)
        self.assertIn("huge", self.submission.answers_html)

    def test_nobody_can_ask_for_who_gets_the_lead_or_for_people(self):
        offered = {name for name, _label in self.form.field_ids._get_lead_fields()}
        self.assertIn("x_shade", offered)
        for name in (
            *("user_id", "team_id", "queue_id", "status_id", "stage_id", "company_id"),
            *("partner_id", "account_id", "id", "type", "active", "create_uid"),
            *("capture_form_id", "probability", "x_friend_id", "x_colleague_id"),
            *("message_ids", "activity_ids", "email_from", "description"),
        ):
            with self.subTest(name):
                self.assertNotIn(name, offered)
                with self.assertRaises(ValidationError):
                    self._ask(name)

    def test_a_field_that_is_not_on_the_form_is_never_written(self):
        self._ask("x_shade")
        lead = self._make_lead(
            lead_x_pieces="5", lead_user_id="2", x_shade="Red", lead_x_shade="Blue"
        )
        self.assertEqual((lead.x_shade, lead.x_pieces), ("Blue", 0))
        self.assertEqual(set(self.submission.answers), {*ANSWERS, "lead_x_shade"})
        self.assertFalse(lead.user_id)

    def test_a_field_that_is_gone_stops_nothing(self):
        self._ask("x_shade", "x_pieces", required=True)
        submission = self._submit(lead_x_shade="Blue", lead_x_pieces="7")
        self.env.cr.execute(
            "UPDATE crm_lead_capture_field SET lead_field = 'x_gone'"
            " WHERE lead_field = 'x_shade'"
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.assertNotIn("x_gone", self.form._render_page())
        self._process()
        self.assertEqual(submission.lead_id.x_pieces, 7)
        self.assertIn("Blue", submission.lead_id.description)
        self.assertTrue(
            self._submit({"last_name": "A", "email": "a@b.de"}, lead_x_pieces="1")
        )
        self.assertIn("x_gone", self.form.problems)

    def test_a_field_is_asked_for_once_and_said_which(self):
        self._ask("x_shade")
        with self.assertRaisesRegex(ValidationError, "asks for “Shade” twice"):
            self._ask("x_shade")
        with self.assertRaisesRegex(ValidationError, "doesn't say which"):
            self._ask(False)

    def test_fixed_values_are_given_and_not_shown_or_taken(self):
        self.form.field_ids = [
            Command.create(
                {
                    "key": "lead_field",
                    "lead_field": name,
                    "is_constant": True,
                    "constant": value,
                }
                if name.startswith("x_")
                else {"key": name, "is_constant": True, "constant": value}
            )
            for name, value in (
                ("x_shade", "Blue"),
                ("x_size", "Large"),
                ("x_branch_id", "space"),
                ("x_label_ids", "Boiling hot, Ice cold"),
                ("x_weight", "2.5"),
                ("country", "Deutschland"),
                ("budget", "25,000"),
            )
        ]
        page = self.form._render_page()
        for text in ("x_shade", "Blue", "x_label_ids", "Boiling", "25000", "Germany"):
            self.assertNotIn(text, page)
        lead = self._make_lead(lead_x_shade="Red", country="FR", budget="1")
        self.assertEqual((lead.x_shade, lead.x_size), ("Blue", "large"))
        self.assertEqual((lead.x_weight, lead.expected_revenue), (2.5, 25000))
        self.assertEqual(lead.x_branch_id, self.industry)
        self.assertEqual(lead.x_label_ids, self.hot | self.cold)
        self.assertEqual(lead.country_id.code, "DE")
        self.assertEqual(self.submission.answers, ANSWERS)

    def test_a_fixed_value_is_one_of_the_field(self):
        for name, value in (
            ("x_pieces", "many"),
            ("x_size", "huge"),
            ("x_branch_id", "Nowhere at all"),
            ("x_shade", ""),
        ):
            with self.subTest(name), self.assertRaises(ValidationError):
                self._ask(name, is_constant=True, constant=value)

    def test_own_questions_are_notes(self):
        self.form.field_ids = [
            Command.create({"key": "own_text", "label": "Favourite <dish>"}),
            Command.create({"key": "own_multiline", "label": "And drink?"}),
            Command.create({"key": "own_checkbox", "label": "Hungry"}),
            Command.create(
                {"key": "own_choice", "label": "When", "choices": "Today\nTomorrow"}
            ),
            Command.create(
                {"key": "own_choices", "label": "How", "choices": "By post\nBy mail"}
            ),
        ]
        dish, drink, box, choice, several = self.form.field_ids[-5:].mapped("name")
        self.assertEqual(dish, f"question_{self.form.field_ids[-5].id}")
        page = self.form._render_page()
        self.assertIn("Favourite &lt;dish&gt;", page)
        lead = self._make_lead(
            **{
                dish: "<b>Soup</b>",
                drink: "Water\nor wine",
                box: "yes",
                choice: "Today",
                several: "By post\nBy mail",
            }
        )
        for note in (
            "Favourite &lt;dish&gt;: &lt;b&gt;Soup&lt;/b&gt;",
            "And drink? Water<br>or wine",
            "When: Today",
            "How: By post, By mail",
        ):
            self.assertIn(note, lead.description)
        self.assertIn("Hungry", lead.description)
        self.assertIn("&lt;b&gt;Soup", self.submission.answers_html)
        self.assertFalse(self.submission.noted)

    def test_an_own_question_asks_something(self):
        for values in (
            {"key": "own_text"},
            {"key": "own_choice", "label": "When"},
            {"key": "own_choices", "label": "How", "choices": " \n "},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.form.field_ids = [Command.create(values)]

    def _make_conditions(self):
        """Ask for the number of guests if there are some, and for their menu if it is
        known how many."""
        self.form.field_ids = [
            Command.create(
                {"key": "own_choice", "label": "Guests", "choices": "Some\nNone, no"}
            ),
            Command.create({"key": "own_text", "label": "How many", "required": True}),
            Command.create({"key": "own_text", "label": "Menu", "required": True}),
        ]
        guests, number, menu = self.form.field_ids[-3:]
        number.write({"shown_if_id": guests.id, "shown_if_value": "a lot, some"})
        menu.shown_if_id = number
        self.assertEqual(number._get_condition().values, ("a lot", "some"))
        return guests, number, menu

    def test_what_does_not_show_is_not_asked_for(self):
        guests, number, menu = self._make_conditions()
        self.assertEqual(self._send().outcome, "taken")
        self.assertEqual(self._send(**{guests.name: "None"}).outcome, "taken")
        self.assertEqual(
            self._send(**{guests.name: "Some"}).errors, {number.name: "required"}
        )
        self.assertEqual(
            self._send(**{guests.name: "some", number.name: "3"}).errors,
            {menu.name: "required"},
        )
        answers = {number.name: "3", menu.name: "Soup"}
        submission = self._submit(**answers)
        self.assertEqual(submission.answers, {**ANSWERS, **answers})

    def test_an_answer_with_a_comma_is_one(self):
        guests, number, _menu = self._make_conditions()
        number.shown_if_value = "none, no"
        self.assertEqual(number._get_condition().values, ("none, no",))
        self.assertTrue(self._send(**{guests.name: "None, no"}).errors)

    def test_conditions_are_in_the_page_and_its_policy(self):
        self.assertNotIn("<script", self.form._render_page(nonce="n1"))
        guests, _number, _menu = self._make_conditions()
        page = self.form._render_page(nonce="n1")
        self.assertIn('<script nonce="n1">', page)
        self.assertIn(guests.name, page.partition("data-lead-if=")[2])
        policy = self.form._get_page_headers("n1")["Content-Security-Policy"]
        self.assertIn("script-src 'nonce-n1'", policy)

    def test_nothing_depends_on_itself_or_on_another_form(self):
        guests, _number, menu = self._make_conditions()
        with self.assertRaisesRegex(ValidationError, "Guests.*can't depend on “Menu”"):
            guests.shown_if_id = menu
        other = self._create_form(name="Other")
        with self.assertRaises(ValidationError):
            other.field_ids[0].shown_if_id = menu

    def test_a_copy_depends_on_its_own_questions(self):
        self._make_conditions()
        copy = self.form.copy()
        self.assertEqual(len(copy.field_ids), len(self.form.field_ids))
        others = copy.field_ids.shown_if_id
        self.assertEqual(others.mapped("label"), ["Guests", "How many"])
        self.assertEqual(others.form_id, copy)

    def test_a_form_of_fixed_values_asks_for_nothing(self):
        line = {"key": "company", "is_constant": True, "constant": "Acme"}
        with self.assertRaisesRegex(ValidationError, "asks for nothing"):
            self.form.field_ids = [Command.clear(), Command.create(line)]
