from html.parser import HTMLParser

from lxml import html

from odoo.tests import BaseCase, tagged

from ..tools import capture_fields, capture_html
from ..tools.capture_parts import Consent, Form, Question, Texts

HOSTILE = "\"'><script>alert(1)</script><b onclick=x>&amp;{{7*7}}\x00\ud800\u2028"
# What is left of it: characters that no document may hold are dropped.
SHOWN = "\"'><script>alert(1)</script><b onclick=x>&amp;{{7*7}}\u2028"


class Tags(HTMLParser):
    """Reads HTML as a browser does, one tag after the other."""

    def __init__(self, text):
        super().__init__()
        self.seen = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


@tagged("-at_install", "post_install", "lead_capture")
class TestCaptureHtml(BaseCase):
    """The HTML of web forms."""

    def _form(self, **values):
        return Form(
            **{
                "action": "https://crm.example.com/lead/capture/abc",
                "title": "Contact us",
                "questions": [
                    Question(field, field.label)
                    for field in capture_fields.FIELDS.values()
                ],
                "consents": [Consent("consent_1", "Yes")],
                **values,
            }
        )

    def _hostile_form(self):
        return self._form(
            title=HOSTILE,
            intro=f"{HOSTILE}\n{HOSTILE}\n\n{HOSTILE}",
            submit_label=HOSTILE,
            company=HOSTILE,
            questions=[
                Question(
                    field,
                    label=HOSTILE,
                    help=HOSTILE,
                    placeholder=HOSTILE,
                    value=HOSTILE,
                    error=HOSTILE,
                    options=[(HOSTILE, HOSTILE)],
                    required=True,
                )
                for field in capture_fields.FIELDS.values()
            ],
            consents=[Consent("consent_1", HOSTILE, error=HOSTILE, required=True)],
            hidden={"first_referrer": HOSTILE},
            error=HOSTILE,
            languages=[("?lang=de_DE", "de_DE", HOSTILE)],
            texts=Texts(*[HOSTILE] * 7),
        )

    def test_whatever_a_text_holds_it_is_text(self):
        plain = Tags(capture_html.page(self._hostile_form())).seen
        tags = {tag for tag, _attributes in plain}
        self.assertFalse(tags & {"script", "b"})
        for _tag, attributes in plain:
            self.assertFalse([name for name in attributes if name.startswith("on")])
        page = html.fromstring(capture_html.page(self._hostile_form()))
        (form,) = page.forms
        self.assertEqual(form.fields["email"], SHOWN)
        self.assertEqual(form.fields["message"], SHOWN)
        self.assertEqual(form.fields["first_referrer"], SHOWN)
        self.assertEqual(page.xpath("//h1")[0].text, SHOWN)
        self.assertEqual(page.xpath("//select/option/@value")[1], SHOWN)
        self.assertEqual(page.xpath("//input/@placeholder")[0], SHOWN)

    def test_a_fragment_is_one_form(self):
        tags = Tags(capture_html.fragment(self._hostile_form())).seen
        self.assertEqual(tags[0][0], "form")
        self.assertFalse({tag for tag, _a in tags} & {"script", "b", "html", "body"})

    def test_every_input_has_a_label_of_its_own(self):
        page = html.fromstring(capture_html.page(self._form()))
        controls = page.xpath("//input[@type!='hidden'] | //select | //textarea")
        self.assertGreater(len(controls), len(capture_fields.FIELDS))
        for control in controls:
            with self.subTest(name=control.name):
                self.assertEqual(
                    len(page.xpath(f"//label[@for='{control.get('id')}']")), 1
                )
        ids = page.xpath("//@id")
        self.assertEqual(len(ids), len(set(ids)))

    def test_names_are_those_of_the_list(self):
        page = html.fromstring(
            capture_html.page(
                self._form(
                    questions=[
                        Question(field, "Something else")
                        for field in capture_fields.FIELDS.values()
                    ]
                )
            )
        )
        names = set(page.forms[0].fields.keys())
        self.assertEqual(
            names,
            {*capture_fields.FIELDS, "consent_1", capture_fields.HONEYPOT},
        )

    def test_inputs_say_what_they_are(self):
        page = html.fromstring(capture_html.page(self._form()))

        def attributes(name):
            return page.forms[0].inputs[name].attrib

        self.assertEqual(attributes("email")["type"], "email")
        self.assertEqual(attributes("email")["autocomplete"], "email")
        self.assertEqual(attributes("phone")["type"], "tel")
        self.assertEqual(attributes("last_name")["autocomplete"], "family-name")
        self.assertEqual(attributes("employees")["type"], "number")
        self.assertEqual(attributes("quote_deadline")["type"], "date")
        self.assertEqual(attributes("message")["maxlength"], "5000")
        self.assertNotIn("maxlength", attributes("employees"))
        self.assertNotIn("autocomplete", attributes("subject"))

    def test_what_is_required_is_marked_and_explained(self):
        field = capture_fields.FIELDS["email"]
        question = Question(field, "Email", required=True, help="Why", error="Wrong")
        shown = html.fromstring(capture_html.page(self._form(questions=[question])))
        control = shown.forms[0].inputs["email"]
        self.assertEqual(control.get("required"), "required")
        self.assertEqual(control.get("aria-invalid"), "true")
        described = [
            shown.get_element_by_id(name).text
            for name in control.get("aria-describedby").split()
        ]
        self.assertEqual(described, ["Why", "Wrong"])
        self.assertIn(Texts().required_note, shown.text_content())
        optional = self._form(questions=[Question(field, "Email")])
        self.assertNotIn(Texts().required_note, capture_html.page(optional))

    def test_the_trap_is_out_of_the_way_of_people(self):
        page = html.fromstring(capture_html.page(self._form()))
        trap = page.forms[0].inputs[capture_fields.HONEYPOT]
        self.assertEqual(trap.get("tabindex"), "-1")
        self.assertEqual(trap.get("autocomplete"), "off")
        self.assertEqual(trap.getparent().get("aria-hidden"), "true")
        self.assertNotIn("required", trap.attrib)

    def test_no_script_but_that_of_recaptcha(self):
        self.assertNotIn("<script", capture_html.page(self._form()))
        written = capture_html.page(
            self._form(recaptcha_key='6Lc</script>"_key'), nonce="n1"
        )
        scripts = [
            attributes for tag, attributes in Tags(written).seen if tag == "script"
        ]
        self.assertEqual([script["nonce"] for script in scripts], ["n1", "n1"])
        self.assertEqual(
            scripts[1]["src"],
            "https://www.google.com/recaptcha/api.js?render=6Lcscript_key",
        )

    def test_a_page_reads_from_right_to_left_where_its_language_does(self):
        page = html.fromstring(
            capture_html.page(self._form(lang="ar_001", direction="rtl"))
        )
        self.assertEqual(page.get("dir"), "rtl")
        self.assertEqual(page.get("lang"), "ar-001")

    def test_a_frame_is_one_tag(self):
        ((tag, attributes),) = Tags(
            capture_html.iframe("https://a.example/?x=1&y=2", HOSTILE, 700)
        ).seen
        self.assertEqual(tag, "iframe")
        self.assertEqual(attributes["src"], "https://a.example/?x=1&y=2")
        self.assertEqual(attributes["title"], SHOWN)

    def test_a_message_is_text(self):
        tags = Tags(capture_html.message_page(HOSTILE, HOSTILE)).seen
        self.assertFalse({tag for tag, _attributes in tags} & {"script", "b", "form"})
