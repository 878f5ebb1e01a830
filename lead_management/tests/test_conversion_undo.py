from datetime import timedelta
from unittest import SkipTest

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged, users

from .test_lead_conversion import ConversionCase


@tagged("post_install", "-at_install", "lead_conversion")
class TestConversionUndo(ConversionCase):
    @users("user_sales_salesman")
    def test_undo_of_new_records(self):
        lead = self.lead.with_env(self.env)
        lead.status_id = self.status_assigned
        account, contact, _opportunity, conversion = self._convert()
        conversion.action_undo()
        self.assertFalse((account | contact).exists())
        self.assertTrue(lead.active)
        self.assertEqual(lead.status_id, self.status_assigned)
        self.assertFalse(lead.partner_id)
        self.assertEqual(lead.email_from, "jane@test.example.com")
        self.assertEqual(lead.contact_name, "Jane Doe")
        self.assertFalse(lead.conversion_id)
        self.assertTrue(conversion.undone_date)

    @users("user_sales_salesman")
    def test_undo_of_an_opportunity(self):
        lead = self.lead.with_env(self.env)
        _account, contact, _opportunity, conversion = self._convert(
            target="opportunity", overrides={"opportunity": {"name": "Big deal"}}
        )
        conversion.action_undo()
        self.assertEqual(lead.type, "lead")
        self.assertEqual(lead.name, "Acme Toys – Jane Doe")
        self.assertEqual(lead.partner_name, "Acme Toys")
        self.assertFalse(lead.date_conversion)
        self.assertFalse(contact.exists())
        self._convert(target="opportunity")
        self.assertEqual(lead.type, "opportunity", "can be converted again")

    @users("user_sales_salesman")
    def test_an_account_that_goes_on_to_be_an_opportunity_is_one_conversion(self):
        lead = self.lead.with_env(self.env)
        status = lead.status_id
        for native in (
            lambda: lead.convert_opportunity(lead.partner_id),
            lambda: lead.write({"type": "opportunity"}),
        ):
            account, contact, _none, conversion = self._convert()
            lead.action_unarchive()
            native()
            open_entries = lead.conversion_ids.filtered(lambda e: not e.undone_date)
            self.assertEqual(open_entries, conversion)
            self.assertEqual(conversion.opportunity_id, lead)
            self.assertEqual(conversion.account_id, account)
            conversion.action_undo()
            self.assertFalse((account | contact).exists())
            self.assertEqual(lead.type, "lead")
            self.assertEqual(lead.status_id, status)

    @users("user_sales_salesman")
    def test_undo_puts_blank_fields_back_where_unchanged(self):
        _account, _contact, _opportunity, conversion = self._convert(
            account_id=self.account.id, contact_id=self.contact.id
        )
        self.account.employee_count = 41
        conversion.action_undo()
        self.assertFalse(self.account.fax)
        self.assertFalse(self.account.primary_contact_id)
        self.assertEqual(self.account.phone, "+1 202 555 0199")
        self.assertEqual(self.account.employee_count, 41, "somebody changed it")
        self.assertTrue(self.contact.exists())

    @users("user_sales_salesman")
    def test_tags_are_the_same_in_any_order(self):
        tags = self.env["crm.tag"].sudo().create([{"name": "Zeta"}, {"name": "Alpha"}])
        self.env["res.partner.category"].sudo().create({"name": "Zeta"})
        self.lead.tag_ids = tags
        account, _contact, _opportunity, conversion = self._convert()
        self.assertEqual(account.category_id.mapped("name"), ["Zeta", "Alpha"])
        self.env.invalidate_all()
        self.assertEqual(account.category_id.mapped("name"), ["Alpha", "Zeta"])
        conversion.action_undo()
        self.assertFalse(account.exists())

    @users("user_sales_salesman")
    def test_tags_are_the_same_in_any_language(self):
        self.env["res.lang"].sudo()._activate_lang("de_DE")
        tag = self.env["crm.tag"].sudo().create({"name": "Spare parts"})
        tag.with_context(lang="de_DE").name = "Ersatzteile"
        category = self.env["res.partner.category"].sudo().create({"name": tag.name})
        self.lead.tag_ids = tag
        self.env.user.sudo().lang = "de_DE"
        lead = self.lead.with_env(self.env).with_context(lang="de_DE")
        account, __, __, conversion = self._convert(lead)
        self.assertEqual(account.category_id, category)
        trial = self.env["crm.lead.conversion.trial"].sudo().new({})
        lines = trial.with_context(lang="de_DE")._try_entry(conversion)
        self.assertNotIn("Ersatzteile", str(lines))

    @users("user_sales_salesman")
    def test_undo_brings_activities_back(self):
        lead = self.lead.with_env(self.env)
        activity = lead.activity_schedule("mail.mail_activity_data_call")
        _account, _contact, _opportunity, conversion = self._convert()
        conversion.action_undo()
        self.assertEqual(lead.activity_ids, activity)

    @users("user_sales_salesman", "user_sales_manager")
    def test_what_undoing_needs_is_for_the_system(self):
        entry = self._convert(account_id=self.account.id)[3]
        names = ["created", "filled", "moved", "snapshot", "changed"]
        self.assertTrue(entry.sudo().filled)
        for name in names:
            with self.assertRaises(AccessError):
                entry.read([name])
        self.assertFalse(entry.read()[0].keys() & set(names))
        entry.action_undo()
        self.assertFalse(self.account.fax)

    def _assert_refused(self, conversion, reason):
        with self.assertRaisesRegex(UserError, reason), self.env.cr.savepoint():
            conversion.action_undo()

    @users("user_sales_salesman")
    def test_undo_is_refused_when_another_lead_uses_the_account(self):
        account, _contact, _opportunity, conversion = self._convert()
        self._create_lead(self.env.user, partner_id=account.id, name="Second")
        self._assert_refused(conversion, "Acme Toys.* is used by 1 × Lead")

    @users("user_sales_salesman")
    def test_undo_is_refused_when_the_account_has_other_contacts(self):
        account, _contact, _opportunity, conversion = self._convert()
        self.env["res.partner"].create({"name": "Colleague", "parent_id": account.id})
        self._assert_refused(conversion, "is used by 1 × Contact")

    @users("user_sales_salesman")
    def test_undo_is_refused_when_somebody_invited_the_contact(self):
        _account, contact, _opportunity, conversion = self._convert()
        self.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": "2030-01-01 10:00:00",
                "stop": "2030-01-01 11:00:00",
                "partner_ids": [Command.set(contact.ids)],
            }
        )
        self._assert_refused(conversion, "Jane Doe is used by 1 × Calendar Event")

    @users("user_sales_salesman")
    def test_undo_is_refused_when_the_contact_is_a_user(self):
        _account, contact, _opportunity, conversion = self._convert()
        self.env["res.users"].sudo().create(
            {"name": "Jane Doe", "login": "jane", "partner_id": contact.id}
        )
        self._assert_refused(conversion, "Jane Doe is used by 1 × User")

    @users("user_sales_salesman")
    def test_undo_archives_a_contact_who_was_written_to(self):
        account, contact, _opportunity, conversion = self._convert()
        contact.message_post(body="Thank you", message_type="comment")
        conversion.action_undo()
        self.assertTrue(contact.exists())
        self.assertFalse(contact.active)
        self.assertFalse(account.active, "the account of a contact that is kept")
        self.assertIn("Thank you", " ".join(contact.message_ids.mapped("body")))

    @users("user_sales_salesman")
    def test_undo_is_refused_after_the_edit_of_somebody_else(self):
        account, _contact, _opportunity, conversion = self._convert()
        self.env.flush_all()
        conversion.sudo().date -= timedelta(minutes=1)
        account.with_user(self.user_sales_manager).street = "3 New Street"
        self.env.flush_all()
        self._assert_refused(conversion, f"{self.user_sales_manager.name} has edited")

    @users("user_sales_salesman")
    def test_undo_is_refused_after_somebody_else_edited_the_opportunity(self):
        lead = self.lead.with_env(self.env)
        *_partners, conversion = self._convert(target="opportunity")
        self.env.flush_all()
        conversion.sudo().date -= timedelta(minutes=1)
        lead.with_user(self.user_sales_manager).expected_revenue = 5
        self.env.flush_all()
        self._assert_refused(conversion, f"{self.user_sales_manager.name} has edited")

    @users("user_sales_salesman")
    def test_undo_gives_every_reason(self):
        account, _contact, _opportunity, conversion = self._convert()
        self._create_lead(self.env.user, partner_id=account.id, name="Second")
        self.env["res.partner"].create({"name": "Colleague", "parent_id": account.id})
        self._assert_refused(conversion, "(?s)1 × Contact.*1 × Lead|1 × Lead.*1 × Cont")

    @users("user_sales_salesman")
    def test_undo_is_refused_to_others(self):
        _account, _contact, _opportunity, conversion = self._convert()
        other = conversion.with_user(self.user_sales_leads)
        self.assertFalse(other.can_undo)
        self._assert_refused(other, "only .*Sam Salesman.* or a sales manager")
        conversion.with_user(self.user_sales_manager).action_undo()

    @users("user_sales_salesman")
    def test_undo_is_refused_after_the_days_of_the_settings(self):
        _account, _contact, _opportunity, conversion = self._convert()
        conversion.sudo().date -= timedelta(days=31)
        self._assert_refused(conversion, "more than 30 days ago")

    def test_days_to_undo_are_a_setting(self):
        settings = self.env["res.config.settings"].create({"lead_undo_days": 5})
        settings.execute()
        self.assertEqual(self.env["crm.lead.conversion"]._get_undo_days(), 5)
        with self.assertRaises(ValidationError):
            self.env["res.config.settings"].create({"lead_undo_days": -1})

    @users("user_sales_salesman")
    def test_undo_happens_once(self):
        _account, _contact, _opportunity, conversion = self._convert()
        conversion.action_undo()
        self._assert_refused(conversion, "has undone it on")


@tagged("post_install", "-at_install", "lead_conversion")
class TestConversionUndoOfOtherApps(ConversionCase):
    """Records of apps the addon doesn't know: orders, invoices, tasks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partner = {"ttype": "many2one", "relation": "res.partner"}
        cls.env["ir.model"].create(
            {
                "name": "Order",
                "model": "x_order",
                "field_id": [
                    Command.create({"name": "x_name", "ttype": "char"}),
                    Command.create(
                        {
                            "name": "x_partner_id",
                            "field_description": "Customer",
                            "on_delete": "restrict",
                            "required": True,
                            **partner,
                        }
                    ),
                    # as the customer of a task: computed, and edited by people
                    Command.create(
                        {
                            "name": "x_invoice_id",
                            "field_description": "Invoice",
                            "store": True,
                            "readonly": False,
                            **partner,
                            "compute": "for order in self: order['x_invoice_id'] ="
                            " order.x_invoice_id",
                        }
                    ),
                    # follows: no use of its own
                    Command.create(
                        {
                            "name": "x_company_id",
                            "field_description": "Parent",
                            "related": "x_partner_id.parent_id",
                            "store": True,
                            **partner,
                        }
                    ),
                    Command.create(
                        {
                            "name": "x_lead_id",
                            "field_description": "Opportunity",
                            "ttype": "many2one",
                            "relation": "crm.lead",
                        }
                    ),
                    Command.create(
                        {
                            "name": "x_others",
                            "field_description": "Others",
                            "ttype": "many2many",
                            "relation": "res.partner",
                        }
                    ),
                    Command.create(
                        {
                            "name": "x_about",
                            "field_description": "About",
                            "ttype": "reference",
                            "selection": "[('res.partner', 'Contact')]",
                        }
                    ),
                ],
            }
        )
        cls.addClassCleanup(cls.registry.reset_changes)
        cls.addClassCleanup(cls.env.invalidate_all)

    def _order(self, **values):
        values = {"x_partner_id": self.contact.id, **values}
        return self.env["x_order"].sudo().create({"x_name": "S0001", **values})

    def _assert_refused(self, conversion, reason):
        with self.assertRaisesRegex(UserError, reason), self.env.cr.savepoint():
            conversion.action_undo()

    @users("user_sales_salesman")
    def test_undo_is_refused_when_there_is_an_order(self):
        _account, contact, _opportunity, conversion = self._convert()
        order = self._order(x_partner_id=contact.id)
        self._assert_refused(conversion, "Jane Doe is used by 1 × Order")
        order.unlink()
        conversion.action_undo()
        self.assertFalse(contact.exists())

    @users("user_sales_salesman")
    def test_undo_is_refused_when_an_order_is_invoiced_to_the_account(self):
        account, _contact, _opportunity, conversion = self._convert()
        self._order(x_invoice_id=account.id)
        self._assert_refused(conversion, "Acme Toys is used by 1 × Order")

    @users("user_sales_salesman")
    def test_undo_is_refused_when_the_contact_is_one_of_many(self):
        _account, contact, _opportunity, conversion = self._convert()
        self._order(x_others=[Command.set(contact.ids)])
        self._assert_refused(conversion, "Jane Doe is used by 1 × Order")

    @users("user_sales_salesman")
    def test_undo_is_refused_when_a_document_refers_to_the_contact(self):
        _account, contact, _opportunity, conversion = self._convert()
        self._order(x_about=f"res.partner,{contact.id}")
        self._assert_refused(conversion, "Jane Doe is used by 1 × Order")

    @users("user_sales_salesman")
    def test_undo_is_refused_when_the_opportunity_has_an_order(self):
        *_partners, opportunity, conversion = self._convert(target="opportunity")
        self._order(x_lead_id=opportunity.id)
        self._assert_refused(conversion, "Acme Toys – Jane Doe is used by 1 × Order")

    @users("user_sales_salesman")
    def test_orders_of_a_linked_account_are_none_of_the_conversion(self):
        _account, contact, _opportunity, conversion = self._convert(
            account_id=self.account.id
        )
        self._order(x_partner_id=self.account.id)
        conversion.action_undo()
        self.assertFalse(contact.exists())


@tagged("post_install", "-at_install", "lead_conversion")
class TestUndoWithOrders(ConversionCase):
    """The same with Sales and Invoicing, where they are installed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "sale.order" not in cls.env:
            raise SkipTest("Sales is not installed")

    def _assert_refused(self, conversion, reason):
        with self.assertRaisesRegex(UserError, reason), self.env.cr.savepoint():
            conversion.action_undo()

    @users("user_sales_salesman")
    def test_undo_is_refused_when_there_is_an_order(self):
        account, contact, opportunity, conversion = self._convert(target="opportunity")
        order = self.env["sale.order"].sudo().create({"partner_id": contact.id})
        self._assert_refused(conversion, "Jane Doe is used by 1 × Sales Order")
        order.partner_id = self.contact
        order.partner_invoice_id = account
        self._assert_refused(conversion, "Acme Toys is used by 1 × Sales Order")
        order.write(
            {"partner_invoice_id": self.contact.id, "opportunity_id": opportunity.id}
        )
        self._assert_refused(conversion, "– Jane Doe is used by 1 × Sales Order")
        order.unlink()
        conversion.action_undo()
        self.assertFalse(contact.exists())

    @users("user_sales_salesman")
    def test_undo_is_refused_when_there_is_an_invoice(self):
        account, _contact, _opportunity, conversion = self._convert()
        journal = (
            self.env["account.journal"]
            .sudo()
            .create({"name": "Undo", "code": "UNDO", "type": "sale"})
        )
        self.env["account.move"].sudo().create(
            {
                "move_type": "out_invoice",
                "journal_id": journal.id,
                "partner_id": account.id,
            }
        )
        self._assert_refused(conversion, "Acme Toys is used by 1 × Journal Entry")
