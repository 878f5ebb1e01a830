from html.parser import HTMLParser

from lxml import html

from odoo.fields import Command
from odoo.tests import tagged

from ..tools import capture_fields
from .test_capture_form import TestCaptureFormCommon

HOSTILE = "\"'><script>alert(1)</script><b onclick=x>&amp;{{7*7}}\u2028"
# Characters that no document may hold are dropped.
TYPED = f"{HOSTILE}\x00\ud800"
NOTE = "Fields marked with * are required."


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
class TestCaptureHtml(TestCaptureFormCommon):
    """The HTML of web forms."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form.write(
            {
                "field_ids": [
                    Command.clear(),
                    *(Command.create({"key": key}) for key in capture_fields.FIELDS),
                ],
                "consent_ids": [Command.create({"name": "News", "text": "Yes"})],
            }
        )
        cls.form.field_ids = [
            Command.create({"label": "Own", "choices": "One\nTwo", **values})
            for values in (
                {"key": "lead_field", "lead_field": "tag_ids"},
                {"key": "lead_field", "lead_field": "referred"},
                {"key": "own_multiline"},
                {"key": "own_choice"},
                {"key": "own_choices"},
                {"key": "own_checkbox"},
            )
        ]
        cls.env["crm.tag"].create({"name": "A tag"})
        cls.own = cls.form.field_ids[-6:]
        cls.consent = cls.form.consent_ids.input_name

    def _read(self, values=None, errors=None):
        return html.fromstring(self.form._render_page(values, errors))

    def _make_hostile(self):
        """Put markup wherever somebody writes something."""
        french = self.env["res.lang"]._activate_lang("fr_FR")
        french.name = HOSTILE
        self.form.company_id.name = HOSTILE
        self.env["res.partner.industry"].search([], limit=1).name = HOSTILE
        self.form.write(
            {
                "title": HOSTILE,
                "intro": f"{HOSTILE}\n{HOSTILE}\n\n{HOSTILE}",
                "submit_label": HOSTILE,
                "lang_ids": [Command.link(french.id)],
            }
        )
        self.form.lang_ids += self.env["res.lang"].search([], limit=2)
        self.env["crm.tag"].search([], limit=1).name = HOSTILE
        texts = ("label", "help_text", "placeholder", "choices")
        self.form.field_ids.write({**dict.fromkeys(texts, HOSTILE), "required": True})
        self.form.consent_ids.write({"text": HOSTILE, "required": True})
        asked = [*capture_fields.FIELDS, *self.own.mapped("name")]
        names = [*asked, *capture_fields.TOUCHES]
        errors = dict.fromkeys([*asked, self.consent, ""], TYPED)
        return dict.fromkeys(names, TYPED), errors

    def test_whatever_a_text_holds_it_is_text(self):
        written = self.form._render_page(*self._make_hostile())
        plain = Tags(written).seen
        tags = {tag for tag, _attributes in plain}
        self.assertFalse(tags & {"script", "b"})
        for _tag, attributes in plain:
            self.assertFalse([name for name in attributes if name.startswith("on")])
        page = html.fromstring(written)
        (form,) = page.forms
        for name in ("email", "message", "first_referrer"):
            self.assertEqual(form.fields[name], HOSTILE)
        self.assertEqual(page.xpath("//h1")[0].text, HOSTILE)
        self.assertIn(HOSTILE, page.xpath("//select/option/text()"))
        self.assertEqual(page.xpath("//input/@placeholder")[0], HOSTILE)
        self.assertIn(HOSTILE, page.xpath("//nav/a/text()"))

    def test_a_fragment_is_one_form(self):
        self._make_hostile()
        written = self.form._render_html()
        tags = Tags(written).seen
        self.assertEqual(tags[0][0], "form")
        self.assertFalse({tag for tag, _a in tags} & {"script", "b", "html", "body"})

    def test_nothing_of_odoo_is_in_the_html(self):
        complete = self.form._render_html(complete=True)
        self.assertTrue(complete.startswith("<!DOCTYPE html>"))
        for written in (complete, self.form._render_html()):
            for tag, attributes in Tags(written).seen:
                self.assertNotEqual(tag, "t")
                own = [name for name in attributes if name.startswith(("data-", "t-"))]
                self.assertLessEqual(set(own), {"data-lead-form"})
            self.assertNotIn("/web/assets", written)

    def test_every_input_has_a_label_of_its_own(self):
        page = self._read()
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
        self.form.field_ids.label = "Something else"
        names = set(self._read().forms[0].fields.keys())
        self.assertEqual(
            names - capture_fields.TECHNICAL_NAMES,
            {*capture_fields.FIELDS, *self.own.mapped("name"), self.consent},
        )
        self.assertIn(capture_fields.HONEYPOT, names)

    def test_inputs_say_what_they_are(self):
        page = self._read()

        def attributes(name):
            return page.forms[0].inputs[name].attrib

        self.assertEqual(attributes("email")["type"], "email")
        self.assertEqual(attributes("email")["autocomplete"], "email")
        self.assertEqual(attributes("phone")["type"], "tel")
        self.assertEqual(attributes("last_name")["autocomplete"], "family-name")
        self.assertEqual(attributes("employees")["inputmode"], "numeric")
        self.assertEqual(attributes("quote_deadline")["type"], "date")
        self.assertEqual(attributes("message")["maxlength"], "5000")
        self.assertEqual(attributes("employees")["maxlength"], "60")
        self.assertNotIn("autocomplete", attributes("subject"))

    def test_what_is_required_is_marked_and_explained(self):
        self.assertNotIn(NOTE, self._read().text_content())
        email = self.form.field_ids.filtered(lambda field: field.key == "email")
        email.write({"required": True, "help_text": "Why"})
        shown = self._read(errors={"email": "Wrong"})
        control = shown.forms[0].inputs["email"]
        self.assertEqual(control.get("required"), "required")
        self.assertEqual(control.get("aria-invalid"), "true")
        described = [
            shown.get_element_by_id(name).text
            for name in control.get("aria-describedby").split()
        ]
        self.assertEqual(described, ["Why", "Wrong"])
        self.assertIn(NOTE, shown.text_content())

    def test_the_trap_is_out_of_the_way_of_people(self):
        trap = self._read().forms[0].inputs[capture_fields.HONEYPOT]
        self.assertEqual(trap.get("tabindex"), "-1")
        self.assertEqual(trap.get("autocomplete"), "off")
        self.assertEqual(trap.getparent().get("aria-hidden"), "true")
        self.assertNotIn("required", trap.attrib)

    def test_no_script_but_that_of_recaptcha(self):
        self.assertNotIn("<script", self.form._render_page())
        self.env["ir.config_parameter"].set_param(
            "recaptcha_public_key", '6Lc</script>"_key'
        )
        self.form.use_recaptcha = True
        scripts = [
            attributes
            for tag, attributes in Tags(self.form._render_page(nonce="n1")).seen
            if tag == "script"
        ]
        self.assertEqual([script["nonce"] for script in scripts], ["n1", "n1"])
        self.assertEqual(
            scripts[1]["src"],
            "https://www.google.com/recaptcha/api.js?render=6Lcscript_key",
        )

    def test_a_page_reads_from_right_to_left_where_its_language_does(self):
        self.form.lang_ids = self.env["res.lang"]._activate_lang("ar_001")
        page = self._read()
        self.assertEqual(page.get("dir"), "rtl")
        self.assertEqual(page.get("lang"), "ar-001")

    def test_a_frame_is_one_tag_and_a_script(self):
        self.form.title = HOSTILE
        code = self.env["crm.lead.capture.code"].create({"form_id": self.form.id})
        frame, script = Tags(code.frame).seen
        self.assertEqual((frame[0], script[0]), ("iframe", "script"))
        self.assertEqual(frame[1]["src"], code.page_url)
        self.assertEqual(frame[1]["title"], HOSTILE)

    def test_a_message_is_text(self):
        tags = Tags(self.form._render_message(TYPED, TYPED, "n1")).seen
        self.assertFalse({tag for tag, _attributes in tags} & {"script", "b", "form"})
