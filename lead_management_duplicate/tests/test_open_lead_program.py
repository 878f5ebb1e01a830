from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged, users

from .test_open_leads import OpenLeadsCase

IDA = {
    "type": "lead",
    "name": "From the shop",
    "contact_name": "Ida Moss",
    "email_from": "ida.moss+shop@zephyrtronic.example.com",
}


@tagged("post_install", "-at_install", "lead_duplicate")
class TestCreateOrAdd(OpenLeadsCase):
    """What programs call that would rather add to an open lead."""

    def _get_note(self, lead):
        return lead.message_ids.sorted("id")[-1].body

    @users("user_sales_salesman")
    def test_blanks_are_filled_and_all_is_told(self):
        ida = self.ida.with_env(self.env)
        [result] = ida.create_or_add(
            {
                **IDA,
                "city": "Ghent",
                "phone": "+1 202 555 0199",
                "expected_revenue": 700,
                "user_id": self.user_sales_leads.id,
            }
        )
        self.assertEqual(result, {"lead_id": ida.id, "added": True})
        self.assertEqual(ida.city, "Ghent")
        self.assertEqual(ida.phone, "+1 202 555 0143", "it had one")
        self.assertEqual(ida.user_id, self.env.user)
        note = self._get_note(ida)
        told = ("From the shop", "555 0199", "700", self.user_sales_leads.name)
        for text in ("Sent by a program", *told):
            self.assertIn(text, note)
        self.assertNotIn("&lt;", note)

    @users("user_sales_salesman")
    def test_recycled_lead_is_taken_up_again(self):
        self.ida.status_id = self.status_recycled
        self.env["crm.lead"].create_or_add([IDA])
        self.assertEqual(self.ida.status_id, self.status_assigned)

    @users("user_sales_salesman")
    def test_what_is_not_sure_or_no_lead_is_created(self):
        for values in (
            {**IDA, "type": "opportunity"},
            {**IDA, "active": False},
            {"type": "lead", "name": "Call", "phone": "+1 202 555 0143"},
            {
                "type": "lead",
                "contact_name": "Otto",
                "email_from": "o@else.example.com",
            },
        ):
            with self.subTest(values=values):
                [result] = self.env["crm.lead"].create_or_add([values])
                self.assertFalse(result["added"])
                self.assertNotEqual(result["lead_id"], self.ida.id)
        leads = self.env["crm.lead"]
        self.assertTrue(leads._can_be_added(IDA))
        self.assertFalse(leads._can_be_added({**IDA, "activity_ids": [(0, 0, {})]}))

    @users("user_sales_salesman")
    def test_lead_that_one_may_not_change_is_not_given(self):
        self.ida.sudo().user_id = self.user_sales_leads
        before = self.ida.message_ids
        [result] = self.env["crm.lead"].create_or_add([IDA])
        self.assertFalse(result["added"])
        self.assertNotEqual(result["lead_id"], self.ida.id)
        self.assertEqual(self.ida.message_ids, before)

    def test_lead_of_another_company_is_another(self):
        company = self.env["res.company"].create({"name": "Company B"})
        team = self.env["crm.team"].create({"name": "B", "company_id": company.id})
        self.ida.company_id = self.env.company
        leads = self.env["crm.lead"].with_context(
            allowed_company_ids=(self.env.company | company).ids
        )
        for values in ({"company_id": company.id}, {"team_id": team.id}):
            [result] = leads.create_or_add([{**IDA, **values}])
            self.assertFalse(result["added"], values)
            leads.browse(result["lead_id"]).unlink()
        [result] = leads.create_or_add([IDA])
        self.assertTrue(result["added"])

    @users("user_sales_salesman")
    def test_person_is_one_lead_in_a_batch(self):
        otto = {"type": "lead", "name": "O", "email_from": "otto@else.example.com"}
        results = self.env["crm.lead"].create_or_add(
            [otto, IDA, {**otto, "city": "Ghent"}, {**otto, "type": "opportunity"}]
        )
        ids = [result["lead_id"] for result in results]
        self.assertEqual(
            [result["added"] for result in results], [False, True, True, False]
        )
        self.assertEqual(ids[:3], [ids[0], self.ida.id, ids[0]])
        self.assertNotIn(ids[3], ids[:3])
        self.assertEqual(self.env["crm.lead"].browse(ids[0]).city, "Ghent")

    @users("user_sales_salesman")
    def test_person_is_one_lead_although_the_first_is_somebody_elses(self):
        """Rules give leads away as soon as they are there."""
        leads, owner = self.env["crm.lead"], self.user_sales_leads
        create = type(leads).create

        def give_away(records, vals_list):
            made = create(records, vals_list)
            made.sudo().user_id = owner
            return made

        otto = {"type": "lead", "name": "O", "email_from": "otto@else.example.com"}
        with patch.object(type(leads), "create", give_away):
            first, second = leads.create_or_add([otto, {**otto, "city": "Ghent"}])
        self.assertEqual(second, {"lead_id": first["lead_id"], "added": True})
        lead = leads.sudo().browse(first["lead_id"])
        self.assertEqual((lead.user_id, lead.city), (owner, "Ghent"))
        self.assertIn("Ghent", self._get_note(lead))

    @users("user_sales_salesman")
    def test_defaults_of_the_context_are_values(self):
        """They were lost: only new leads had them."""
        leads = self.env["crm.lead"].with_context(
            default_city="Ghent", default_is_from_program=True
        )
        [result] = leads.create_or_add([IDA])
        self.assertEqual(result, {"lead_id": self.ida.id, "added": True})
        self.assertEqual(self.ida.city, "Ghent")
        self.assertFalse(self.ida.is_from_program)
        opportunities = leads.with_context(default_type="opportunity")
        values = {name: value for name, value in IDA.items() if name != "type"}
        [result] = opportunities.create_or_add([values])
        self.assertFalse(result["added"])

    @users("user_sales_salesman")
    def test_tags_are_added_however_they_are_given(self):
        tags = self.env["crm.tag"].sudo().create([{"name": "Fair"}, {"name": "Web"}])
        one, other = tags.ids
        for given in ([one], [(4, other)]):
            self.env["crm.lead"].create_or_add([{**IDA, "tag_ids": given}])
        self.assertEqual(self.ida.tag_ids, tags)

    @users("user_sales_salesman")
    def test_looking_takes_no_query_a_lead(self):
        leads = self.env["crm.lead"]
        values_list = [
            {
                "type": "lead",
                "contact_name": f"Person {number}",
                "email_from": f"person{number}@quokkaworks{number}.example.com",
            }
            for number in range(30)
        ]
        leads.create(values_list)
        leads.flush_model()
        counts = []
        for size in (1, 30):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            matches, _firsts = leads._find_what_to_add_to(values_list[:size])
            counts.append(self.env.cr.sql_log_count - before)
            self.assertTrue(all(matches))
        self.assertLessEqual(counts[1] - counts[0], 2, counts)

    @users("user_sales_salesman")
    def test_values_that_are_none_are_refused(self):
        for values in (
            *("x", [5], {"no_such_field": 1}, {**IDA, "is_from_program": True}),
            *({**IDA, "tag_ids": tags} for tags in ("x", [[6]], [[]])),
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.env["crm.lead"].create_or_add(values)

    def test_only_who_may_create_leads(self):
        for groups in ("base.group_user", "base.group_portal", "base.group_public"):
            user = new_test_user(self.env, f"program_of_{groups}", groups)
            with self.assertRaises(AccessError):
                self.env["crm.lead"].with_user(user).create_or_add([IDA])

    @users("user_sales_salesman")
    def test_policy_tells_of_leads_that_programs_created(self):
        leads = self.env["crm.lead"]
        with patch.object(type(leads), "_is_called_by_program", lambda self: True):
            lead = leads.create(IDA)
        self.assertTrue(lead.is_from_program)
        self.assertFalse(lead.copy().is_from_program)
        values = {"email_from": lead.email_from, "id": lead.id}
        found = leads.find_open_leads_of_form(values)["leads"]
        self.assertIn(self.ida.id, [one["id"] for one in found])
        self._set_policy("api", "off")
        self.assertFalse(leads.find_open_leads_of_form(values)["leads"])
        with self.assertRaises(AccessError):
            lead.is_from_program = False


@tagged("post_install", "-at_install", "lead_duplicate")
class TestProgramPolicy(HttpCase, OpenLeadsCase):
    """What `create` does when a program calls it."""

    def _call(self, method, **params):
        key = (
            self.env["res.users.apikeys"]
            .with_user(self.user_sales_salesman)
            ._generate("rpc", "Test", fields.Datetime.now() + timedelta(days=1))
        )
        answer = self.url_open(
            f"/json/2/crm.lead/{method}",
            json=params,
            headers={"Authorization": f"Bearer {key}"},
        )
        answer.raise_for_status()
        return answer.json()

    def test_lead_is_created_unless_the_settings_say_otherwise(self):
        [created] = self._call("create", vals_list=[IDA])
        self.assertNotEqual(created, self.ida.id)
        self.assertTrue(self.env["crm.lead"].browse(created).is_from_program)

    def test_open_lead_is_given_where_programs_add(self):
        self._set_policy("api", "add")
        otto = {"type": "lead", "name": "O", "email_from": "otto@else.example.com"}
        ids = self._call("create", vals_list=[IDA, otto])
        self.assertEqual(ids[0], self.ida.id)
        self.assertEqual(self.env["crm.lead"].browse(ids[1]).name, "O")
        self.assertIn("From the shop", self.ida.message_ids.sorted("id")[-1].body)
        # It may be written by whoever got it.
        self._call("write", ids=ids[:1], vals={"city": "Ghent"})
        self.assertEqual(self.ida.city, "Ghent")
        self.assertEqual(self._call("create", vals_list=IDA), self.ida.ids)

    def test_other_models_and_methods_are_as_ever(self):
        self._set_policy("api", "add")
        [copied] = self._call("copy", ids=self.ida.ids)
        self.assertNotEqual(copied, self.ida.id)
        found = self._call("search", domain=[("id", "=", copied)])
        self.assertEqual(found, [copied])
