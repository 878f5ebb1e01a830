import os
import unittest
from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.fields import Command, Datetime
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.lead_management_assignment.tests.common_rules import archive_rules
from odoo.addons.lead_management_capture.tests.test_capture_submission import (
    TestCaptureSubmissionCommon,
)

try:
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st
except ImportError:  # in an Odoo that wasn't set up by ./dev
    st = None

# BATCH_EXAMPLES=200 ./dev test test_batch_capture test_batch_import tries more.
EXAMPLES = int(os.environ.get("BATCH_EXAMPLES") or 8)
SIZES = (1, 2, 49, 50)
MANY, PROVEN = 300, 50  # so many are compared with batches of so many
POISON = "Poison"
# What says when and by which number, not what
VOLATILE = {"id", "create_date", "write_date", "__last_update"}
KINDS = ("char", "text", "html", "integer", "float", "monetary", "boolean", "date")


def stop_the_clock(test_class):
    """Have the tests of a class take no time: what takes longer counts more minutes,
    by which two ways of doing the same would differ."""
    now = Datetime.now()
    stopped = patch.object(Datetime, "now", staticmethod(lambda: now))
    test_class.startClassPatcher(stopped)


class BatchCommon:
    """Compare what is made of many records at once with one at a time.

    A stand-in for another module's addon sees every `create` and `write` of leads.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stop_the_clock(cls)

    @contextmanager
    def _watch(self):
        """Yield what `create` and `write` of leads are called with, by lead, as another
        module sees it; refuse the leads of one company."""
        model = self.registry["crm.lead"]
        create, write, calls = model.create, model.write, {}

        def watched_create(leads, vals_list):
            vals_list = [vals_list] if isinstance(vals_list, dict) else vals_list
            if any(vals.get("partner_name") == POISON for vals in vals_list):
                raise ValidationError("No poison")
            # Each import has a number of its own; an import gives every row of a batch
            # all its columns, empty ones too.
            said = [
                sorted(
                    (
                        (name, value)
                        for name, value in vals.items()
                        if name != "import_id" and value is not False
                    ),
                    key=str,
                )
                for vals in vals_list
            ]
            created = create(leads, vals_list)
            for lead, vals in zip(created, said, strict=True):
                calls.setdefault(lead.id, []).insert(0, ("create", str(vals)))
            return created

        def watched_write(leads, vals):
            for lead in leads:
                calls.setdefault(lead.id, []).append(
                    ("write", str(sorted(vals.items(), key=str)))
                )
            return write(leads, vals)

        with (
            patch.object(model, "create", watched_create),
            patch.object(model, "write", watched_write),
        ):
            yield calls

    def _describe(self, leads, calls):
        """Return all that is known of leads, in order, but numbers and times."""
        names = [
            name
            for name, field in leads._fields.items()
            if field.store
            and name not in VOLATILE
            and (field.type in KINDS or field.type in ("many2one", "selection"))
        ]
        return [
            {
                **{name: self._plain(lead, name) for name in names},
                "tags": sorted(lead.tag_ids.mapped("name")),
                "followers": sorted(lead.message_partner_ids.mapped("name")),
                "messages": sorted(
                    (
                        message.subtype_id.name or "",
                        message.body or "",
                        message.author_id.name or "",
                        sorted(
                            (value.field_id.name, str(value.new_value_char))
                            for value in message.tracking_value_ids
                        ),
                    )
                    for message in lead.message_ids
                ),
                "consents": sorted(lead.consent_ids.mapped("text")),
                "calls": calls.get(lead.id, []),
            }
            for lead in leads.sudo()
        ]

    def _plain(self, lead, name):
        field, value = lead._fields[name], lead[name]
        if field.type == "many2one":
            return value.display_name
        return str(value)

    @contextmanager
    def _request(self):
        """Let go of the environments that are made meanwhile, as a server does after
        each request: a new one is compared with all that there are."""
        environments = self.env.transaction.envs
        before = set(environments)
        try:
            yield
        finally:
            for environment in set(environments) - before:
                environments.discard(environment)

    def _undone(self, do):
        """Do something, return what it returned, and leave no trace of it."""
        savepoint = self.env.cr.savepoint()
        try:
            return do()
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()


def repeat(attempt, examples=EXAMPLES, **strategies):
    """Try something with many drawn values."""
    settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        # To make a failing example smaller takes longer than to read it.
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )(given(**strategies)(attempt))()


def _answers():
    """Return a strategy of what visitors send, in all kinds."""
    names = st.sampled_from(("Doe", "李", "O'Hara", "Müller", "<b>x</b>"))
    return st.fixed_dictionaries(
        {"last_name": names},
        optional={
            "first_name": names,
            "email": st.sampled_from(
                ("a@acme.example", "a+1@acme.example", "b@acme.example", "c@x.example")
            ),
            "company": st.sampled_from(("Acme", "N/A", "-", "Umbrella Ltd", POISON)),
            "country": st.sampled_from(("DE", "US")),
            "state": st.sampled_from(("Texas", "Nowhere")),
            "budget": st.sampled_from(("5000", "1.5 million", "0")),
            "employees": st.sampled_from(("12", "1,200")),
            "message": st.sampled_from(("Hello", "Two\nlines")),
            "quote_deadline": st.just("2030-12-31"),
        },
    )


@unittest.skipUnless(st, "hypothesis is not installed")
@tagged("post_install", "-at_install", "lead_capture", "lead_batch", "lead_long")
class TestBatchCapture(BatchCommon, TestCaptureSubmissionCommon):
    """Leads of submissions are the same in a batch and one at a time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_past()
        rules = cls.env["crm.lead.assignment.rule"]
        archive_rules(cls.env)
        queue = cls.env["crm.lead.queue"].create({"name": "Fair"})
        rules.create(
            {
                "name": "By kind",
                "company_id": cls.form.company_id.id,
                "entry_ids": [
                    Command.create(
                        {
                            "name": "Entry",
                            "domain": "[('expected_revenue', '>', 1000)]",
                            "target": "queue",
                            "queue_id": queue.id,
                        }
                    ),
                    Command.create(
                        {
                            "name": "Entry",
                            "domain": "[('partner_name', '=', 'Acme')]",
                            "target": "user",
                            "user_id": cls.user_sales_leads.id,
                        }
                    ),
                ],
            }
        )
        template = cls.env["mail.template"].create(
            {
                "name": "Thanks",
                "model_id": cls.env["ir.model"]._get_id("crm.lead"),
                "subject": "Thanks {{ object.contact_name }}",
                "body_html": '<p t-out="object.contact_name"/>'
                "<p t-out=\"1 / (object.partner_name != 'Umbrella Ltd')\"/>",
                "email_to": "{{ object.email_from }}",
            }
        )
        cls.form.write(
            {
                "auto_response_template_id": template.id,
                "user_id": cls.user_sales_salesman.id,
                "consent_ids": [Command.create({"name": "News", "text": "Write me"})],
            }
        )

    def _check_same(self, answers, uses_rules, sizes=None, step=1):
        """Compare batches of the first answers with some, or one, at a time.

        :param sizes: of the batches; None for one batch of all
        :param step: how many at a time they are compared with
        """
        self.form.use_assignment_rules = uses_rules
        consents = [{"id": self.form.consent_ids.id, "name": "News", "text": "Yes"}]
        submissions = self.submissions.create(
            [
                {
                    "form_id": self.form.id,
                    "answers": values,
                    "email_normalized": values.get("email"),
                    "consents": consents if number % 2 else False,
                    "lang": "en_US",
                }
                for number, values in enumerate(answers)
            ]
        )

        def make(parts):
            made = self.submissions.browse().concat(*parts)
            mails = self.env["mail.mail"].sudo().search([]).ids
            with self._watch() as calls:
                for part in parts:
                    part._process()
                    self.env.flush_all()
            self.env.invalidate_all()
            answered = self.env["mail.mail"].sudo().search([("id", "not in", mails)])
            of_leads = answered.filtered(lambda mail: mail.model == "crm.lead")
            of_leads = of_leads.grouped("res_id")
            return {
                number: {
                    "lead": self._describe(one.lead_id, calls),
                    "outcome": (one.state, one.error, one.counted_number),
                    "mails": [
                        (mail.email_to, mail.subject, mail.body_html)
                        for mail in of_leads.get(one.lead_id.id or None, ())
                    ],
                }
                for number, one in enumerate(made)
            }

        sizes = sizes or (len(answers),)
        # What comes after a lead can't change it.
        asked = submissions[: max(sizes)]
        steps = [asked[n : n + step] for n in range(0, len(asked), step)]
        single = self._undone(lambda: make(steps))
        self.maxDiff = None
        for size in sizes:
            batch = self._undone(lambda size=size: make([submissions[:size]]))
            self.assertEqual(len(batch), size)
            for number in batch:
                self.assertEqual(batch[number], single[number], f"{number} of {size}")
        submissions.unlink()

    @mute_logger("odoo.addons.mail.models.mail_render_mixin")
    def test_a_batch_is_as_one_at_a_time(self):
        def attempt(answers, uses_rules):
            self._check_same(answers, uses_rules)

        repeat(
            attempt,
            answers=st.lists(_answers(), min_size=2, max_size=8),
            uses_rules=st.booleans(),
        )

    @mute_logger("odoo.addons.mail.models.mail_render_mixin")
    def test_the_size_of_a_batch_makes_no_difference(self):
        kinds = [
            {"last_name": "Doe", "email": "a@acme.example", "company": "Acme"},
            {"last_name": "Roe", "budget": "5000"},
            {"last_name": "Poe", "company": POISON},
            {"last_name": "Moe", "email": "u@x.example", "company": "Umbrella Ltd"},
            *[
                {"last_name": "Bloe", "first_name": name, "country": "US"}
                for name in "ABCDEFGHIJKL"
            ],
        ]
        answers = [
            {**kinds[number % len(kinds)], "message": f"No. {number}"}
            for number in range(MANY)
        ]
        self._check_same(answers[:PROVEN], uses_rules=True, sizes=SIZES)
        for values in answers[PROVEN + 3 * len(kinds) :]:
            # Each that is refused is looked for by halves: there are enough by now.
            if values.get("company") == POISON:
                values["company"] = "Numbat"
        self._check_same(answers, uses_rules=True, step=PROVEN)
