from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged, users

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon
from odoo.addons.lead_management.tests.test_lead_conversion import ConversionCase

from .common import NeighbourCase
from .test_neighbour_sees import TAGS

VALUES = {
    "neighbour_note": "Likes tea",
    "neighbour_score": 7,
    "neighbour_price": 12.5,
    "neighbour_level": "Gold",
}


@tagged(*TAGS)
class TestNeighbourOfConversion(NeighbourCase, ConversionCase):
    """Conversion and its undo, beside records of another app that refer to the lead and
    to contacts in every way a field can."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visits = cls.env["lead.neighbour.visit"]
        cls.guest = cls.env["res.partner"].create({"name": "Guest"})
        cls.lead.write({**VALUES, "neighbour_guest_ids": cls.guest.ids})
        cls.before = cls.visits.create(
            {
                "lead_id": cls.lead.id,
                "about": f"crm.lead,{cls.lead.id}",
                "res_model": "crm.lead",
                "res_id": cls.lead.id,
            }
        )

    def _assert_values(self, lead):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertRecordValues(lead, [VALUES])
        self.assertEqual(lead.neighbour_guest_ids.ids, self.guest.ids)
        self.assertEqual(lead.neighbour_owner, lead.user_id.name)
        self.assertEqual(lead.neighbour_visit_ids, self.before.with_env(lead.env))

    @users("user_sales_salesman")
    def test_converted_lead_is_seen_and_keeps_its_values(self):
        for target in ("account", "opportunity"):
            lead = self.lead.copy(
                {"user_id": self.env.uid, "name": f"For {target}", **VALUES}
            )
            self.env.flush_all()
            with self.subTest(target), self.looking() as seen:
                *_records, conversion = self._convert(lead, target=target)
                self.assertSeen(seen, lead, "status_id")
                self.assertRecordValues(lead, [VALUES])
                del seen[:]
                conversion.action_undo()
                self.assertSeen(seen, lead, "status_id")
                self.assertRecordValues(lead, [VALUES])

    @users("user_sales_salesman")
    def test_what_was_there_before_is_no_use_of_the_result(self):
        for target in ("account", "opportunity"):
            with self.subTest(target):
                account, contact, _opportunity, conversion = self._convert(
                    target=target
                )
                self._assert_values(self.lead)
                conversion.action_undo()
                self.assertFalse((account | contact).exists())
                self.assertEqual(self.lead.type, "lead")
                self._assert_values(self.lead)

    @users("user_sales_salesman")
    def test_values_go_where_the_mapping_says_and_are_undone(self):
        lines = self.env["crm.lead.conversion.mapping"].sudo()
        for record_name, name, lead_field_name, conversion in (
            ("account", "ref", "neighbour_note", "copy"),
            ("account", "comment", "neighbour_guest_ids", "text"),
            ("contact", "ref", "neighbour_score", "text"),
            ("contact", "barcode", "neighbour_level", "copy"),
            ("opportunity", "referred", "neighbour_note", "copy"),
        ):
            lines.search(
                [("record_name", "=", record_name), ("field_name", "=", name)]
            ).active = False
            lines.create(
                {
                    "record_name": record_name,
                    "field_name": name,
                    "lead_field_name": lead_field_name,
                    "conversion": conversion,
                }
            )
        self.account.comment = False
        wizard = (
            self.env["crm.lead2opportunity.partner"]
            .with_context(active_model="crm.lead", active_id=self.lead.id)
            .with_context(active_ids=self.lead.ids)
            .create({"name": "convert", "commercial_partner_id": self.account.id})
        )
        wizard.write({"action": "create", "partner_id": False})
        shown = {
            (line.record_name, line.field_name): line.value
            for line in wizard.value_ids
            if line.is_written
        }
        self.assertEqual(shown["account", "ref"], "Likes tea")
        self.assertEqual(shown["account", "comment"].strip(), "Guest")
        wizard.action_apply()
        conversion = self.lead.with_env(self.env).conversion_id
        contact = conversion.contact_id
        self.assertEqual((contact.ref, contact.barcode), ("7", "Gold"))
        self.assertEqual(self.account.ref, "Likes tea")
        self.assertIn("Guest", self.account.comment)
        self.assertEqual(self.lead.referred, "Likes tea")
        filled = {name for _model, _id, name, *_values in conversion.sudo().filled}
        self.assertLessEqual({"ref", "comment"}, filled)
        conversion.action_undo()
        self.assertFalse(self.account.ref or self.account.comment)
        self.assertFalse(contact.exists() or self.lead.referred)
        self._assert_values(self.lead)

    @users("user_sales_salesman")
    def test_guests_added_by_a_conversion_are_taken_out_by_undoing(self):
        self.env["crm.lead.conversion.mapping"].sudo().create(
            {
                "record_name": "opportunity",
                "field_name": "neighbour_guest_ids",
                "source": "constant",
                "constant": self.contact.display_name,
            }
        )
        lead = self.lead.with_env(self.env)
        *_records, conversion = self._convert(target="opportunity")
        self.assertEqual(lead.neighbour_guest_ids, self.guest | self.contact)
        conversion.action_undo()
        self.assertEqual(lead.neighbour_guest_ids, self.guest)

    @users("user_sales_salesman")
    def test_values_written_since_stay(self):
        *_records, conversion = self._convert(target="opportunity")
        lead = self.lead.with_env(self.env)
        lead.write({"neighbour_note": "Likes coffee", "neighbour_level": "Silver"})
        self.env.flush_all()
        try:
            with self.env.cr.savepoint():
                conversion.action_undo()
        except UserError:
            pass  # said, and nothing is lost either
        self.env.invalidate_all()
        self.assertEqual(lead.neighbour_note, "Likes coffee")
        self.assertEqual(lead.neighbour_level, "Silver")

    def _assert_not_lost(self, make):
        """Convert, let the other app refer to what came of it, undo: refused or not,
        the other app's record refers to something that is still there."""
        account, contact, _opportunity, conversion = self._convert()
        visit = self.visits.create(make(account, contact))
        self.env.flush_all()
        try:
            with self.env.cr.savepoint():
                conversion.action_undo()
        except UserError as refusal:
            self.assertRegex(str(refusal), "(?i)visit")
        self.env.invalidate_all()
        self.assertTrue(visit.exists())
        return visit, account, contact

    @users("user_sales_salesman")
    def test_many2one_is_a_use(self):
        visit, _account, contact = self._assert_not_lost(
            lambda account, contact: {"partner_id": contact.id}
        )
        self.assertEqual(visit.partner_id.exists(), contact)

    @users("user_sales_salesman")
    def test_many2many_is_a_use(self):
        visit, account, _contact = self._assert_not_lost(
            lambda account, contact: {"guest_ids": account.ids}
        )
        self.assertEqual(visit.guest_ids, account.exists())
        self.assertTrue(account.exists())

    @users("user_sales_salesman")
    def test_many2many_on_a_lead_is_a_use(self):
        other = self._create_lead(self.env.user).with_env(self.env)

        def make(account, _contact):
            other.neighbour_guest_ids = account
            return {"name": "Visit"}

        try:
            _visit, account, _contact = self._assert_not_lost(make)
        except AssertionError as error:
            # It is the other lead that a refusal names
            self.assertIn(other.name, str(error))
            return
        self.assertEqual(other.neighbour_guest_ids, account.exists())
        self.assertTrue(account.exists())

    @users("user_sales_salesman")
    def test_reference_is_a_use(self):
        visit, _account, contact = self._assert_not_lost(
            lambda account, contact: {"about": f"res.partner,{contact.id}"}
        )
        self.assertEqual(visit.about.exists(), contact)

    @users("user_sales_salesman")
    def test_reference_by_model_and_id_is_a_use(self):
        _visit, _account, contact = self._assert_not_lost(
            lambda account, contact: {"res_model": "res.partner", "res_id": contact.id}
        )
        self.assertTrue(contact.exists())

    @users("user_sales_salesman")
    def test_company_dependent_many2one_is_a_use(self):
        visit, _account, contact = self._assert_not_lost(
            lambda account, contact: {"company_partner_id": contact.id}
        )
        self.assertEqual(visit.company_partner_id.exists(), contact)

    @users("user_sales_salesman")
    def test_visit_of_somebody_else_s_contact_is_none(self):
        account, contact, _opportunity, conversion = self._convert()
        self.visits.create({"partner_id": self.contact.id, "guest_ids": self.guest.ids})
        conversion.action_undo()
        self.assertFalse((account | contact).exists())

    @users("user_sales_salesman")
    def test_refusal_of_the_other_app_is_told_and_nothing_is_done(self):
        self.lead.write(
            {"neighbour_note": "as it is", "user_id": False, "source_id": False}
        )
        accounts = self.env["res.partner"].search_count([])
        with (
            self.assertRaisesRegex(ValidationError, "stays as it is"),
            self.env.cr.savepoint(),
        ):
            self._convert(target="opportunity")
        self.assertEqual(self.lead.type, "lead")
        self.assertEqual(self.env["res.partner"].search_count([]), accounts)


@tagged(*TAGS)
class TestNeighbourOfLife(NeighbourCase, ConversionCase):
    """Losing, restoring, recycling and merging, with values and records of others."""

    @users("user_sales_manager")
    def test_leads_that_change_their_status_are_seen(self):
        leads = self.env["crm.lead"].create(
            [{"type": "lead", "name": f"Living {number}"} for number in range(60)]
        )
        self.put_on(leads)
        steps = (
            (lambda: leads.action_set_lost(lost_reason_id=self.lost_reason.id), "dead"),
            (leads.action_restore, None),
        )
        for step, category in steps:
            with self.looking() as seen:
                step()
                self.assertSeen(seen, leads)
            if category:
                self.assertEqual(set(leads.status_id.mapped("category")), {category})
            self.assertKept(leads)

    @users("user_sales_manager")
    def test_merged_leads_keep_values_and_visits(self):
        first, second = self.env["crm.lead"].create(
            [
                {"type": "lead", "name": f"Twin {number}", "partner_name": "Twins"}
                for number in range(2)
            ]
        )
        second.write(VALUES)
        visits = self.visits_of(first) + self.visits_of(second)
        kept = (first | second).merge_opportunity()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertRecordValues(kept, [VALUES])
        self.assertEqual(kept.neighbour_visit_ids, visits)

    @users("user_sales_manager")
    def test_value_of_the_merged_lead_that_stays_is_kept(self):
        leads = self.env["crm.lead"].create(
            [
                {"type": "lead", "name": f"Twin {number}", "neighbour_note": note}
                for number, note in enumerate(("One", "Other"))
            ]
        )
        notes = {lead.id: lead.neighbour_note for lead in leads}
        kept = leads.merge_opportunity()
        self.assertEqual(kept.neighbour_note, notes[kept.id])

    def visits_of(self, lead):
        return self.env["lead.neighbour.visit"].create({"lead_id": lead.id})


@tagged(*TAGS)
class TestNeighbourOfDuplicates(TestLeadManagementCommon):
    """Merging accounts takes along what another app keeps of them."""

    def test_visits_go_to_the_account_that_stays(self):
        accounts = self.env["res.partner"].create(
            [
                {"name": name, "is_company": True, "email": "a@zephyrtronic.example"}
                for name in ("Zephyrtronic GmbH", "ZEPHYRTRONIC Ltd")
            ]
        )
        visits = self.env["lead.neighbour.visit"].create(
            [
                {
                    "partner_id": account.id,
                    "guest_ids": account.ids,
                    "about": f"res.partner,{account.id}",
                }
                for account in accounts
            ]
        )
        groups = self.env["crm.account.duplicate"]
        groups._refresh()
        manager = self._create_duplicate_manager()
        action = (
            groups.with_user(manager)
            .search([("account_ids", "in", accounts.ids)])
            .action_merge()
        )
        wizard = (
            self.env[action["res_model"]]
            .with_user(manager)
            .with_context(**action["context"])
            .create({})
        )
        kept = wizard.dst_partner_id
        wizard.action_merge()
        self.env.invalidate_all()
        self.assertEqual(accounts.exists(), kept)
        self.assertEqual(visits.partner_id, kept)
        self.assertEqual(visits.guest_ids, kept)
        self.assertEqual({visit.about for visit in visits}, {kept})
