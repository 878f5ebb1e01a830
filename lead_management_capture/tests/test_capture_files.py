import base64
import io
import json
import zipfile
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import BaseCase, tagged

from ..tools import capture_body, capture_files
from ..tools.capture_files import FileLimits, Upload
from .test_capture_post import HOSTED, TestCapturePostCommon
from .test_capture_submission import ANSWERS

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n"
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def archive(*names):
    """Return an archive with empty files of these names."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        for name in names:
            package.writestr(name, "")
    return data.getvalue()


WORD = archive("[Content_Types].xml", "word/document.xml")


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureFileKinds(BaseCase):
    """What a file is, whatever it is called."""

    def test_the_content_says_what_it_is(self):
        macros = archive(
            "[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"
        )
        umlauts = ("ä" * 2000).encode()
        for data, kind in (
            (PDF, "application/pdf"),
            (PNG, "image/png"),
            (WORD, next(name for name in capture_files.KINDS["all"] if "word" in name)),
            (
                archive("[Content_Types].xml", "ppt/presentation.xml"),
                next(name for name in capture_files.KINDS["all"] if "present" in name),
            ),
            (b"Hello,\nthere", "text/plain"),
            (b"x" + umlauts, "text/plain"),
            (b"a;b\n1;2\n", "text/plain"),
            ("größer".encode("cp1252"), "text/plain"),
            (archive("[Content_Types].xml"), None),
            (archive("a.txt", "ppt/presentation.xml"), None),
            (b"\x81\x8d", None),  # in no encoding
            (HTML, None),
            (b"\n  " + HTML, None),
            (SVG, None),
            (b"\xef\xbb\xbf" + SVG, None),
            (b"<?xml version='1.0'?><a/>", None),
            (archive("a.exe"), None),
            (archive("META-INF/MANIFEST.MF"), None),
            (macros, None),
            (b"PK\x03\x04broken", None),
            (b"MZ\x90\x00\x03\x00\x00\x00", None),
            (b"\x7fELF\x02\x01\x01\x00", None),
            (b"a\x00b", None),
            (b"", None),
        ):
            with self.subTest(data[:20]):
                self.assertEqual(Upload("a.pdf", data).type, kind)

    def test_names_have_no_folders_and_the_right_extension(self):
        for name, data, kept in (
            ("cv.pdf", PDF, "cv.pdf"),
            ("CV.PDF", PDF, "CV.pdf"),
            ("C:\\Users\\me\\cv.pdf", PDF, "cv.pdf"),
            ("../../etc/passwd", b"root", "passwd.txt"),
            ("a.exe", PDF, "a.exe.pdf"),
            ("\u202efdp.exe", PDF, "fdp.exe.pdf"),
            ("a.html", HTML, "a.html.txt"),
            ("prices.csv", b"a;b", "prices.csv"),
            ("cv.pdf. ", PDF, "cv.pdf"),
            ("r\ufffdsum\ufffd.pdf", PDF, "r_sum_.pdf"),
            ("a\r\nb.png", PNG, "a b.png"),
            ("", PNG, "file.png"),
            (".pdf", PDF, "pdf.pdf"),
            ("x" * 300 + ".pdf", PDF, "x" * 96 + ".pdf"),
            ("<img src=x>.png", PNG, "img src=x.png"),
            ("Müller – 履歴書.pdf", PDF, "Müller – 履歴書.pdf"),
        ):
            with self.subTest(name[:40]):
                given = capture_files.safe_name(Upload(name, data))
                self.assertEqual(given, kept)

    def test_what_a_file_is_is_looked_up_once(self):
        png, limits = Upload("a.png", PNG), FileLimits("images", len(PNG), 1)
        name = "guess_mimetype"
        guess = getattr(capture_files, name)
        with patch.object(capture_files, name, side_effect=guess) as guess:
            self.assertEqual(capture_files.safe_name(png), "a.png")
            self.assertIsNone(capture_files.check([png], limits))
            self.assertEqual(png.type, "image/png")
        guess.assert_called_once()

    def test_limits(self):
        limits = FileLimits("images", len(PNG), 2)
        png = Upload("a.png", PNG)
        for files, error in (
            ([], None),
            ([png, png], None),
            ([png] * 3, capture_files.TOO_MANY),
            ([Upload("a.png", PNG + b"x")], capture_files.TOO_LARGE),
            ([Upload("a.png", PDF[:40])], capture_files.TYPE),
            ([png, Upload("a.png", PDF[:40])], capture_files.TYPE),
            ([Upload("a.png", b"")], capture_files.EMPTY_FILE),
        ):
            self.assertEqual(capture_files.check(files, limits), error)
        limits = FileLimits("images", len(PNG) + 1, 2)
        self.assertIsNone(capture_files.check([png], limits))
        self.assertEqual(capture_files.MAX_TOTAL, 20 * 2**20)

    def test_extensions_are_listed_once(self):
        for kind, extensions in (
            ("pdf", ".pdf"),
            ("images", ".jpg .jpeg .png .gif .webp"),
            (
                "documents",
                ".pdf .docx .xlsx .pptx .doc .xls .ppt .odt .ods .odp .txt .csv",
            ),
        ):
            found = FileLimits(kind, 1, 1).extensions
            self.assertEqual(found, extensions.split(), kind)


@tagged("post_install", "-at_install", "lead_capture")
class TestCaptureFiles(TestCapturePostCommon):
    """Files that visitors send with a form."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form.write(
            {
                "rate_limit": 0,
                "field_ids": [Command.create({"key": "own_files", "label": "Your CV"})],
            }
        )
        cls.line = cls.form.field_ids.filtered(lambda line: line.key == "own_files")

    def _post_files(self, *files, data=None, **options):
        """Post files, each a name and its content."""
        parts = [(self.line.name, (name, content)) for name, content in files]
        return self._post(data, files=parts, **options)

    def _find_files(self, record):
        return self.env["ir.attachment"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)], order="id"
        )

    def test_files_go_with_the_submission_to_the_lead(self):
        response = self._post_files(("cv.pdf", PDF), ("me.png", PNG))
        self.assertEqual(response.status_code, 303)
        submission = self._get_all()
        self.assertEqual(submission.answers[self.line.name], "cv.pdf\nme.png")
        self.assertEqual(
            submission.attachment_ids.sorted("id").mapped("raw"), [PDF, PNG]
        )
        self.assertIn("cv.pdf, me.png", submission.answers_html)
        self._process()
        lead = submission.lead_id
        self.assertEqual(
            self._find_files(lead).mapped("mimetype"), ["application/pdf", "image/png"]
        )
        self.assertEqual(set(self._find_files(lead).company_id), {lead.company_id})
        self.assertFalse(submission.attachment_ids)
        self.assertIn("Your CV: cv.pdf, me.png", lead.description)

    def test_files_of_a_lead_are_read_by_who_reads_it(self):
        self.form.write(
            {"use_assignment_rules": False, "user_id": self.user_sales_salesman.id}
        )
        self._post_files(("cv.pdf", PDF))
        waiting = self._get_all().attachment_ids
        with self.assertRaises(AccessError):
            waiting.with_user(self.user_sales_salesman).read(["raw"])
        waiting.with_user(self.user_sales_manager).read(["raw"])
        self._process()
        waiting.with_user(self.user_sales_salesman).read(["raw"])

    def test_the_page_asks_for_files_without_a_script(self):
        self.line.write({"file_kind": "pdf", "file_size": 2, "file_count": 1})
        page = self.form._render_page()
        self.assertIn('enctype="multipart/form-data"', page)
        self.assertIn('accept=".pdf"', page)
        self.assertIn("PDF; up to 2 MB", page)
        self.assertNotIn("multiple=", page)
        self.line.file_count = 3
        self.assertIn("multiple=", self.form._render_page())
        self.line.unlink()
        self.assertNotIn("enctype", self.form._render_page())

    def test_what_is_wrong_with_files_is_said_and_nothing_typed_is_lost(self):
        self.line.write({"file_size": 1, "file_count": 2})
        large = b"%PDF-" + b"x" * capture_files.MEGABYTE
        for files, said in (
            ([("a.pdf", HTML)], "files of these kinds: PDF, "),
            ([("a.png", SVG)], "files of these kinds: PDF, "),
            ([("a.pdf", large)], "files of up to 1 MB each"),
            ([("a.pdf", PDF)] * 3, "2 files at most"),
            ([("a.pdf", b"")], "A file is empty"),
            ([("a.pdf", large * 21)], "files of up to 1 MB each"),
        ):
            response = self._post_files(*files, data={**ANSWERS, **HOSTED})
            self.assertEqual(response.status_code, 422)
            self.assertIn(said, response.text)
            self.assertIn('value="jane@example.com"', response.text)
        response = self._post_files(
            ("a.pdf", PDF), data={**ANSWERS, **HOSTED, "email": "jane"}
        )
        self.assertEqual(response.status_code, 422)
        self.assertIn("choose your files again", response.text)
        too_much = capture_body.MAX_BODY_WITH_FILES + 1
        response = self._post_files(("a.pdf", b"x" * too_much))
        self.assertEqual(response.status_code, 413)
        self.assertIn("files of up to 20 MB together", response.text)
        self.assertFalse(self._get_all())
        self.assertFalse(self.env["ir.attachment"].search([("name", "=", "a.pdf")]))

    def test_all_files_together_have_a_limit(self):
        self.line.write({"file_size": 20, "file_count": 10})
        large = b"%PDF-" + b"x" * (11 * capture_files.MEGABYTE)
        response = self._post_files(
            ("a.pdf", large), ("b.pdf", large), data={**ANSWERS, **HOSTED}
        )
        self.assertIn("files of up to 20 MB together", response.text)
        self.env["ir.config_parameter"].set_param(
            "lead_management.capture_file_megabytes", 1
        )
        response = self._post_files(("a.pdf", large), data={**ANSWERS, **HOSTED})
        self.assertIn("take any more files today", response.text)
        self.assertEqual(self._post(HOSTED | ANSWERS).status_code, 303)

    def test_a_form_without_files_takes_none(self):
        self.line.unlink()
        response = self._post(files=[("cv", ("cv.pdf", PDF))])
        self.assertEqual(response.status_code, 400)
        response = self._post(files=[("email", ("cv.pdf", b"x" * 100_000))])
        self.assertEqual(response.status_code, 413)

    def test_required_files(self):
        self.line.required = True
        for data in (ANSWERS, {**ANSWERS, self.line.name: "cv.pdf"}):
            response = self._post({**data, **HOSTED})
            self.assertEqual(response.status_code, 422)
        response = self._post_files(("", b""), data={**ANSWERS, **HOSTED})
        self.assertEqual(response.status_code, 422)
        self.assertEqual(self._post_files(("cv.pdf", PDF)).status_code, 303)

    def test_no_file_is_chosen(self):
        self.assertEqual(self._post_files(("", b"")).status_code, 303)
        self.assertEqual(self._get_all().answers, ANSWERS)

    def test_the_same_answers_with_another_file_are_not_the_same(self):
        for data in (PDF, PDF, PDF + b"x"):
            self._post_files(("cv.pdf", data))
        self.assertEqual(
            sorted(self._get_all().attachment_ids.mapped("raw")), [PDF, PDF + b"x"]
        )

    def test_files_wait_in_quarantine_and_go_with_the_submission(self):
        self._post_files(("cv.pdf", PDF), data={**ANSWERS, "extra_notes": "x"})
        submission = self._get_all()
        self.assertEqual(submission.state, "quarantine")
        files = submission.attachment_ids
        self.assertEqual(files.raw, PDF)
        submission.action_release()
        self._process()
        self.assertEqual(self._find_files(submission.lead_id), files)
        self._post_files(("cv.pdf", PDF), data={**ANSWERS, "first_name": "Other"})
        files = self._get_all().attachment_ids
        self.submissions.with_user(self.user_sales_manager).erase_email(
            ANSWERS["email"]
        )
        self.assertFalse(files.exists())
        self._post_files(("cv.pdf", PDF), data={**ANSWERS, "extra_notes": "x"})
        self._age(self._get_all(), days=400)
        files = self._get_all().attachment_ids
        self.submissions._gc_submissions()
        self.assertTrue(files)
        self.assertFalse(files.exists())

    def test_nothing_is_shown_by_the_browser(self):
        self._post_files(("cv.pdf", PDF), ("me.png", PNG))
        self._process()
        pdf, png = self._find_files(self._get_all().lead_id)
        self.authenticate("user_sales_manager", "user_sales_manager")
        for path in (
            f"/web/content/{pdf.id}",
            f"/web/content/{pdf.id}?download=0&mimetype=text/html",
            f"/web/content/{pdf.id}/page.html?mimetype=text/html",
            f"/web/content/ir.attachment/{pdf.id}/datas",
            f"/web/image/{png.id}",
            f"/web/image/{png.id}/100x100",
        ):
            response = self.url_open(path)
            self.assertEqual(response.status_code, 200)
            self.assertRegex(response.headers["Content-Disposition"], "^attachment")
            self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
        copied = pdf.copy()
        response = self.url_open(f"/web/content/{copied.id}")
        self.assertRegex(response.headers["Content-Disposition"], "^attachment")

    def test_a_closed_form_with_files_gives_back_what_was_typed(self):
        self.form.active = False
        response = self._post_files(("cv.pdf", PDF))
        self.assertEqual(response.status_code, 410)
        self.assertIn("Last name: Doe", response.text)

    def test_programs_send_no_files(self):
        self.line.required = True
        _record, key = self.env["crm.lead.capture.key"]._new_key(self.form, "Shop")
        sent = {"last_name": "Doe", "email": "x@y.de", self.line.name: "cv.pdf"}
        response = self._post(
            json.dumps(sent).encode(),
            headers={
                "Authorization": f"Bearer {key}",
                "Content-Type": "application/json",
            },
        )
        self.assertEqual(response.json()["outcome"], "taken")
        self.assertEqual(response.json()["unknown"], [self.line.name])

    def test_a_service_may_say_where_a_file_is(self):
        self.line.required = True
        open_form = self.form._get_open_form(self.form.token)
        told = {**ANSWERS, self.line.name: "https://files.example.com/cv.pdf"}
        receipt = self.submissions._receive_from_program(open_form, told, 1, "en_US")
        self.assertFalse(receipt.errors)
        self._process()
        description = self._get_all().lead_id.description
        self.assertIn("Your CV: https://files.example.com/cv.pdf", description)
