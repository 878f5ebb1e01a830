import os
import unittest

from odoo.tests import tagged

from ..tools.field_conversion import get_conversions
from .own_fields import create_own_fields, set_line
from .test_conversion_review import (
    ACCOUNT_VALUES,
    ADDRESS,
    CONTACT_VALUES,
    DEAL_VALUES,
    LANGUAGES,
    LEAD_VALUES,
    TestReviewIsResult,
)

try:
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st
except ImportError:  # in an Odoo that wasn't set up by ./dev
    st = None

# So many are tried; CONVERSION_MAPPING=1000 tries more.
EXAMPLES = int(os.environ.get("CONVERSION_MAPPING") or 40)
OWN_VALUES = {
    "x_code": ("C-1", "C-2"),
    "x_story": ("Long\nstory",),
    "x_seats": (12, 1200),
    "x_rate": (0.25, 12.5),
    "x_is_key": (True,),
    "x_renewal": ("2031-05-01",),
    "x_seen": ("2031-05-02 10:00:00",),
    "x_size": ("s", "l"),
    "x_region_id": ("base.de", "base.fr"),
    "x_market_ids": ("markets", "one market"),
}
VALUES = LEAD_VALUES | OWN_VALUES
# What a line may be about, and take its value from
TARGETS = {
    "account": (*OWN_VALUES, "ref", "phone", "comment", "city", "employee_count"),
    "contact": (*OWN_VALUES, "ref", "phone", "comment", "city", "function"),
    "opportunity": (*OWN_VALUES, "referred", "x_seats", "x_market_ids"),
}
SOURCES = (*OWN_VALUES, "description", "city", "source_id", "employee_count")
CONSTANTS = {
    "char": "Fixed",
    "text": "Fixed",
    "html": "Fixed",
    "integer": "7",
    "float": "7.5",
    "boolean": "yes",
    "date": "2032-01-01",
    "datetime": "2032-01-01 08:00:00",
    "selection": "s",
    "many2one": "Italy",
    "many2many": "Italy, France",
}
# What changes with every write, or by itself
RESTLESS = ("date_", "status_before", "probability", "automated_", "duration")
IN_STEP = ("phone", "email")


def _values(names):
    return st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(VALUES[name]) for name in names}
    )


def _lines():
    """Return a strategy of lines of a mapping, some of which fit."""
    return st.lists(
        st.fixed_dictionaries(
            {
                "target": st.one_of(
                    *(
                        st.tuples(st.just(record), st.sampled_from(names))
                        for record, names in TARGETS.items()
                    )
                ),
                "source": st.one_of(st.sampled_from(SOURCES), st.just("constant")),
                "otherwise": st.one_of(st.none(), st.sampled_from(SOURCES)),
                "way": st.integers(0, 3),
                "existing": st.sampled_from(("blank", "blank", "replace", "keep")),
                "is_alone": st.sampled_from((False, False, True)),
            }
        ),
        max_size=8,
    )


def _situations():
    return st.fixed_dictionaries(
        {
            "lead": _values(VALUES),
            "account": st.one_of(st.none(), _values((*ACCOUNT_VALUES, *OWN_VALUES))),
            "account_state": st.sampled_from(("plain", "archived", "has a contact")),
            "contact": st.one_of(st.none(), _values((*CONTACT_VALUES, *OWN_VALUES))),
            "contact_of": st.sampled_from(("account", "account", "nobody")),
            "deal": st.one_of(st.none(), _values((*DEAL_VALUES, *OWN_VALUES))),
            "result": st.sampled_from(("opportunity", "account", "existing")),
            "language": st.sampled_from(LANGUAGES),
            "edits": st.lists(
                st.tuples(st.integers(0, 40), st.just("toggle")), max_size=4
            ),
        }
    )


@unittest.skipUnless(st, "hypothesis is not installed")
@tagged("post_install", "-at_install", "lead_conversion", "lead_long")
class TestAnyMapping(TestReviewIsResult):
    """Whatever the mapping, of fields of one's own too: what the review shows is
    written, entered in the ledger, and put back by undoing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        create_own_fields(cls)
        germany, italy = cls.env.ref("base.de"), cls.env.ref("base.it")
        cls.known |= {
            "markets": (germany | italy).ids,
            "one market": italy.ids,
        }

    def test_any_mapping(self):
        def check(lines, situation):
            savepoint = self.env.cr.savepoint()
            try:
                for line in lines:
                    self._set_line(**line)
                self._check(**situation)
            finally:
                savepoint.close(rollback=True)
                self.env.transaction.clear()
                self.registry.clear_cache()

        settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            # To make a failing example smaller takes minutes.
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )(given(lines=_lines(), situation=_situations())(check))()

    def _set_line(self, target, source, otherwise, way, existing, is_alone):
        """Make a line, if one field can take what the other one gives."""
        record_name, name = target
        lines = self.env["crm.lead.conversion.mapping"]
        described = lines._describe(lines._get_model_of(record_name), name)
        values = {"existing": existing, "is_alone": is_alone}
        if source == "constant":
            constant = CONSTANTS[described.type]
            values.update(source="constant", constant=constant)
            set_line(self.env, record_name, name, **values)
            return
        possible = get_conversions(lines._describe("crm.lead", source), described)
        if not possible:
            return
        values["conversion"] = possible[way % len(possible)]
        if otherwise and values["conversion"] in get_conversions(
            lines._describe("crm.lead", otherwise), described
        ):
            values["else_field_name"] = otherwise
        set_line(self.env, record_name, name, source, **values)

    def _prepare(self, values):
        # Numbers are no names of what is known.
        own = {n: v for n, v in values.items() if isinstance(v, (bool, int, float))}
        rest = {name: values[name] for name in values.keys() - own.keys()}
        return own | super()._prepare(rest)

    def _compare(self, wizard, lead, expected):
        plan = wizard._get_plan()
        there = [
            record
            for record in (plan.account, plan.contact, plan.opportunity)
            if record
        ]
        before = {record: self._get_entered(record) for record in there}
        lead_before = lead._get_conversion_snapshot()
        result = super()._compare(wizard, lead, expected)
        self._check_ledger(lead, before)
        conversion = self.conversion
        conversion.action_undo()
        self.env.invalidate_all()
        for record, values in before.items():
            now = self._get_entered(record)
            for name, value in values.items():
                self.assertEqual(now[name], value, f"{name} of {record}")
        lead_after = lead._get_conversion_snapshot()
        for name, value in lead_before.items():
            if not name.startswith(RESTLESS):
                self.assertEqual(lead_after[name], value, name)
        return result

    def _get_entered(self, record):
        """Return what can have been entered in a record, as the ledger keeps it."""
        ledger = self.env["crm.lead.conversion"]
        values = {
            name: ledger._get_json_value(record.sudo(), name)
            if field.type != "many2many"
            else sorted(record.sudo()[name].ids)
            for name, field in record._fields.items()
            if field.store
            and not field.readonly
            and field.type not in ("one2many", "properties", "binary")
        }
        return {
            name: value
            for name, value in values.items()
            if not name.startswith(("message_", "activity_", *RESTLESS))
            # Native keeps these of an opportunity in step with its customer.
            and not (record._name == "crm.lead" and name.startswith(IN_STEP))
        }

    def _check_ledger(self, lead, before):
        """Whatever another record has now and had not is in the ledger, and no more."""
        entries = self.conversion.sudo().filled
        filled = {
            (model_name, record_id, name): (old, new)
            for model_name, record_id, name, old, new in entries or ()
        }
        for record, values in before.items():
            if record == lead:
                continue
            now = self._get_entered(record)
            followed = set()
            if record._name == "res.partner" and record.parent_id:
                # What a contact has of its company changes with that.
                followed = {*ADDRESS, *record._commercial_fields()}
            for name, value in values.items():
                entry = filled.get((record._name, record.id, name))
                if now[name] != value and name in VALUES.keys() - followed:
                    self.assertTrue(entry, f"{name} of {record} is in no ledger")
                if entry and record._fields[name].type == "many2many":
                    self.assertEqual(sorted([*value, *entry[1]]), now[name])
                elif entry:
                    self.assertEqual(entry, (value, now[name]), name)
