import os
import unittest

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged, users

from .test_lead_conversion import ConversionCase

try:
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st
except ImportError:  # in an Odoo that wasn't set up by ./dev
    st = None

# UNDO_EXAMPLES=1000 ./dev test test_conversion_undo_property tries more.
EXAMPLES = int(os.environ.get("UNDO_EXAMPLES") or 25)
# What changes with every write, or by itself
RESTLESS = ("date_", "write_", "status_before", "probability", "automated_", "duration")
TEXTS = {
    "partner_name": ("Acme Toys", "Zeta", False),
    "contact_last_name": ("Doe", "Müller", False),
    "function": ("Buyer", False),
    "phone": ("+1 202 555 0100", False),
    "company_phone": ("+1 202 555 0101", False),
    "email_from": ("jane@test.example.com", False),
    "website": ("https://acme.example.com", False),
    "street": ("1 Main Street", False),
    "city": ("Springfield", False),
    "description": ("<p>Met at the fair</p>", False),
    "expected_revenue": (1000, 0),
}
EDITS = {
    "comment": ("<p>typed</p>", False),
    "phone": ("+1 202 555 0177", False),
    "street": ("7 New Street", False),
    "function": ("Boss", False),
    "website": ("https://typed.example.com", False),
    "name": ("Typed",),
}
LEAD_EDITS = {
    "description": ("<p>typed</p>",),
    "expected_revenue": (777,),
    "function": ("Boss",),
    "referred": ("Friend",),
}


@unittest.skipUnless(st, "hypothesis is not installed")
@tagged("post_install", "-at_install", "lead_conversion", "lead_long")
class TestUndoProperty(ConversionCase):
    """Whatever was converted how, and typed since: undoing puts the lead back, and
    nothing that anybody wrote is gone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tags = cls.env["crm.tag"].create([{"name": "Undo 1"}, {"name": "Undo 2"}])
        cls.opportunity = cls.env["crm.lead"].create(
            {
                "name": "Rollout",
                "type": "opportunity",
                "user_id": cls.user_sales_salesman.id,
            }
        )
        cls.account.write({"street": "5 Old Road", "fax": "+1 202 555 0122"})

    @users("user_sales_salesman")
    def test_undo_restores(self):
        values = {name: st.sampled_from(choices) for name, choices in TEXTS.items()} | {
            "tags": st.integers(0, 2)
        }
        edit = st.one_of(
            *(
                st.tuples(
                    st.sampled_from(("account", "contact")),
                    st.just(name),
                    st.sampled_from(choices),
                    st.booleans(),
                )
                for name, choices in EDITS.items()
            ),
            *(
                st.tuples(
                    st.just("lead"), st.just(name), st.sampled_from(choices), st.just(0)
                )
                for name, choices in LEAD_EDITS.items()
            ),
            st.tuples(
                st.sampled_from(("account", "contact")),
                st.sampled_from(("note", "file", "activity", "child", "lead")),
                st.none(),
                st.booleans(),
            ),
        )

        def check(lead_values, link, target, edits):
            with self.env.cr.savepoint() as savepoint:
                self._check_undo(lead_values, link, target, edits)
                savepoint.rollback()
            self.env.invalidate_all(flush=False)
            self.env.transaction.clear()

        settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            phases=(Phase.generate,),  # an example takes long: none is made smaller
            suppress_health_check=list(HealthCheck),
        )(
            given(
                lead_values=st.fixed_dictionaries(values),
                link=st.sampled_from(("new", "account", "contact")),
                target=st.sampled_from(("account", "opportunity", "existing")),
                edits=st.lists(edit, max_size=4),
            )(check)
        )()

    def _check_undo(self, lead_values, link, target, edits):
        lead_values = dict(lead_values)
        if not lead_values["partner_name"] and not lead_values["contact_last_name"]:
            lead_values["partner_name"] = "Acme Toys"
        count = lead_values.pop("tags")
        lead = self._create_lead(
            self.env.user,
            name="A lead",
            user_id=self.env.uid,
            tag_ids=[Command.set(self.tags[:count].ids)],
            **lead_values,
        ).with_env(self.env)
        there = self.account | self.contact
        before = self._get_values(lead)
        before_there = {
            record: self._get_values(record) for record in (*there, self.opportunity)
        }
        arguments = {"target": "account" if target == "account" else "opportunity"}
        if link != "new":
            arguments["account_id"] = self.account.id
        if link == "contact":
            arguments["contact_id"] = self.contact.id
        if target == "existing":
            arguments["opportunity_id"] = self.opportunity.id
        account, contact, _opportunity, conversion = self._convert(lead, **arguments)
        records = {"account": account, "contact": contact, "lead": lead}
        watched = {*records.values(), *before_there} - {self.env["res.partner"]}
        converted = {record: self._get_values(record) for record in watched}
        typed, written = {}, []
        for kind, name, value, by_manager in edits:
            record = records[kind]
            if not record:
                continue
            user = self.user_sales_manager if by_manager else self.env.user
            made = self._do(record.with_user(user), name, value)
            if made:
                written.append(made.sudo())
            else:
                typed[record, name] = record[name]
                # what follows the account
                for other, other_name in list(typed):
                    typed[other, other_name] = other[other_name]
        typed = {
            (record, name): value
            for (record, name), value in typed.items()
            if value != converted[record][name]
        }
        all_now = {record: self._get_values(record) for record in watched}
        try:
            with self.env.cr.savepoint():
                conversion.action_undo()
        except UserError as error:
            self.env.invalidate_all()
            self.assertIn("•", str(error))
            for record, values in all_now.items():
                self.assertEqual(self._get_values(record), values)
            return
        self.env.invalidate_all()
        self.assertTrue(lead.active)
        self.assertEqual(lead.type, "lead")
        changed = {name for record, name in typed if record == lead}
        after = self._get_values(lead)
        for name, value in before.items():
            is_followed = (
                target == "opportunity"
                and name.startswith(("phone", "email"))
                and all_now[lead][name] != converted[lead][name]
            )
            if is_followed:  # the opportunity has it from its customer, where it stays
                value = all_now[lead][name]
            field = lead._fields[name]
            is_derived = changed and field.compute and field.readonly
            if name not in changed and not is_derived:
                self.assertEqual(after[name], value, name)
        for (record, name), value in typed.items():
            self.assertTrue(record.exists(), f"{name} was typed")
            self.assertEqual(record[name], value, name)
        for made in written:
            self.assertTrue(made.exists(), made)
        for record, values in before_there.items():
            self.assertTrue(record.exists())
            now = self._get_values(record)
            for name, value in values.items():
                edited = all_now[record][name]
                is_edited = edited != converted[record][name]
                self.assertEqual(
                    now[name], edited if is_edited else value, f"{record} {name}"
                )

    def _get_values(self, record):
        return {
            name: record.sudo()[name]
            for name, field in record._fields.items()
            if field.store
            and field.type not in ("one2many", "binary", "json")
            and not (field.readonly and field.type == "datetime")
            and not name.startswith(RESTLESS)
            and name != "id"
        }

    def _do(self, record, name, value):
        """Do what people do; return the record it makes, if any."""
        if name == "note":
            return record.message_post(body="Hello", message_type="comment")
        if name == "file":
            return record.env["ir.attachment"].create(
                {"name": "a.txt", "res_model": record._name, "res_id": record.id}
            )
        if name == "activity":
            return record.activity_schedule("mail.mail_activity_data_todo")
        if name == "child":
            return (
                record.env["res.partner"]
                .sudo()
                .create({"name": "Colleague", "parent_id": record.id})
            )
        if name == "lead":
            return record.env["crm.lead"].create(
                {"name": "Second", "type": "lead", "partner_id": record.id}
            )
        record[name] = value
        return None
