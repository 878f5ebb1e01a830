from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command
from odoo.orm.model_classes import add_to_registry
from odoo.tests import new_test_user, tagged, users
from odoo.tools import SQL

from .test_lead_conversion import ConversionCase


class UndoCase(ConversionCase):
    def _assert_refused(self, conversion, reason):
        with self.assertRaisesRegex(UserError, reason), self.env.cr.savepoint():
            conversion.action_undo()

    def _review(self, conversion):
        """Return the dialog as the current user opens it."""
        action = conversion.action_review_undo()
        return (
            self.env[action["res_model"]].with_context(**action["context"]).create({})
        )


@tagged("post_install", "-at_install", "lead_conversion")
class TestUndoOfWhatWasThereBefore(UndoCase):
    """What a lead had before its conversion is no use of its result."""

    def _convert_and_undo(self, target):
        *_partners, conversion = self._convert(target=target)
        contact = conversion.contact_id
        conversion.action_undo()
        self.assertFalse(contact.exists(), target)
        self.assertEqual(self.lead.type, "lead", target)
        self.assertTrue(self.lead.active, target)

    @users("user_sales_salesman")
    def test_a_lead_with_messages_files_and_meetings(self):
        lead = self.lead.with_env(self.env)
        lead.message_post(body="Hello", message_type="comment")
        self.env["ir.attachment"].create(
            {"name": "offer.txt", "res_model": "crm.lead", "res_id": lead.id}
        )
        lead.activity_schedule("mail.mail_activity_data_call")
        self.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": "2030-01-01 10:00:00",
                "stop": "2030-01-01 11:00:00",
                "opportunity_id": lead.id,
            }
        )
        for target in ("account", "opportunity"):
            self._convert_and_undo(target)
        self.assertEqual(len(lead.activity_ids), 1)
        self.assertEqual(len(lead.calendar_event_ids), 1)

    @users("user_sales_salesman")
    def test_undo_is_repeated_as_often_as_one_likes(self):
        for number in range(3):
            with self.subTest(number=number):
                self._convert_and_undo("opportunity" if number % 2 else "account")
        self.assertEqual(len(self.lead.conversion_ids), 3)


@tagged("post_install", "-at_install", "lead_conversion")
class TestUndoBesideOtherApps(UndoCase):
    """Models and fields that no one here has heard of."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partner_model = cls.registry["res.partner"]
        cls.addClassCleanup(
            setattr, partner_model, "_base_classes__", partner_model._base_classes__
        )

        class Trigger(models.Model):
            _name = "throw.away"
            _module = None
            _description = "Throw-away"

            lead_id = fields.Many2one("crm.lead", ondelete="set null")
            lead_ids = fields.Many2many(
                "crm.lead", "throw_away_lead", "throw_away_id", "lead_id"
            )
            partner_id = fields.Many2one("res.partner", ondelete="set null")
            by_company_id = fields.Many2one("res.partner", company_dependent=True)
            # as an automation's trigger: of a model that is not stored
            model_name = fields.Char(compute="_compute_model_name")
            res_id = fields.Many2oneReference(model_field="model_name")
            # can't be searched
            unsearchable_id = fields.Many2one("res.partner", compute="_compute_none")
            unsearchable_ids = fields.Many2many("res.partner", compute="_compute_none")
            # has no column yet: its app was loaded, and not updated
            unborn_id = fields.Many2one("res.partner")
            about = fields.Reference([("res.partner", "Contact"), ("crm.lead", "Lead")])

            def _compute_model_name(self):
                self.model_name = "res.partner"

            def _compute_none(self):
                self.unsearchable_id = False
                self.unsearchable_ids = False

        class Companion(models.Model):
            _name = "throw.away.companion"
            _module = None
            _description = "Throw-away companion"

            partner_id = fields.Many2one("res.partner", ondelete="restrict")

        class Partner(models.Model):
            _inherit = "res.partner"
            _module = None

            throw_away = fields.Char()
            throw_away_computed = fields.Char(compute="_compute_throw_away_computed")

            def _compute_throw_away_computed(self):
                self.throw_away_computed = "x"

        models_ = [Trigger, Companion, Partner]
        for model in models_:
            add_to_registry(cls.registry, model)
        cls.addClassCleanup(cls._remove_throw_away)
        names = ["throw.away", "throw.away.companion", "res.partner"]
        cls.registry._setup_models__(cls.env.cr, names)
        # By hand: reflecting the models would need an app that is installed.
        cls.env.cr.execute(
            """
            CREATE TABLE throw_away (
                id serial PRIMARY KEY,
                lead_id int REFERENCES crm_lead ON DELETE SET NULL,
                partner_id int REFERENCES res_partner ON DELETE SET NULL,
                by_company_id jsonb,
                res_id int,
                about varchar,
                write_date timestamp DEFAULT (now() AT TIME ZONE 'UTC')
            );
            CREATE TABLE throw_away_lead (
                throw_away_id int REFERENCES throw_away ON DELETE CASCADE,
                lead_id int REFERENCES crm_lead ON DELETE CASCADE
            );
            CREATE TABLE throw_away_companion (
                id serial PRIMARY KEY,
                write_date timestamp DEFAULT (now() AT TIME ZONE 'UTC'),
                partner_id int REFERENCES res_partner ON DELETE RESTRICT
            );
            ALTER TABLE res_partner ADD COLUMN throw_away varchar
            """
        )
        cls.env.invalidate_all()

    @classmethod
    def _remove_throw_away(cls):
        for name in ("throw.away", "throw.away.companion"):
            cls.registry.models.pop(name, None)
        cls.registry._setup_models__(cls.env.cr)

    def _throw(self, **values):
        self.env.cr.execute(
            SQL(
                "INSERT INTO throw_away (%s) VALUES %s RETURNING id",
                SQL(", ").join(map(SQL.identifier, values)),
                tuple(values.values()),
            )
        )
        return self.env.cr.fetchone()[0]

    @users("user_sales_salesman")
    def test_undo_works(self):
        for target in ("account", "opportunity"):
            _account, contact, _opportunity, conversion = self._convert(target=target)
            conversion.action_undo()
            self.assertFalse(contact.exists(), target)

    @users("user_sales_salesman")
    def test_every_kind_of_link_made_since_keeps_the_contact(self):
        _account, contact, _opportunity, conversion = self._convert()
        company = f'{{"{self.env.company.id}": {contact.id}}}'
        for values, is_refused in (
            ({"partner_id": contact.id}, True),
            ({"about": f"res.partner,{contact.id}"}, True),
            ({"by_company_id": company}, True),
            ({"by_company_id": f'{{"999": {contact.id}}}'}, True),
            ({"res_id": contact.id}, False),
        ):
            with self.subTest(values=values), self.env.cr.savepoint() as savepoint:
                self._throw(**values)
                plan = conversion._plan_undo()
                if is_refused:
                    self.assertIn("used by 1 ×", " ".join(plan.refusals))
                else:
                    self.assertFalse(plan.refusals)
                    self.assertIn(contact, plan.archived)
                savepoint.rollback()
            self.env.invalidate_all()

    @users("user_sales_salesman")
    def test_links_of_before_are_no_use_and_later_ones_are(self):
        lead = self.lead
        self._throw(lead_id=lead.id)
        old = self._throw(lead_id=None)
        *_partners, conversion = self._convert(target="opportunity")
        with self.env.cr.savepoint() as savepoint:
            # an old record that somebody links now
            self.env.cr.execute(
                "UPDATE throw_away SET lead_id = %s WHERE id = %s", [lead.id, old]
            )
            self._assert_refused(conversion, "is used by 1 ×")
            savepoint.rollback()
        conversion.action_undo()
        self.assertEqual(lead.type, "lead")

    @users("user_sales_manager")
    def test_links_of_before_are_no_use_of_a_lead_that_native_converts(self):
        self._throw(lead_id=self.lead.id)
        lead = self.lead.with_env(self.env)
        lead.type = "opportunity"
        self.assertFalse(lead.conversion_id._plan_undo().refusals)
        # Tests are one transaction, in which all is of one time.
        self._throw(lead_id=lead.id, write_date=datetime(2100, 1, 1))
        self._assert_refused(lead.conversion_id, "is used by 1 ×")

    @users("user_sales_manager")
    def test_a_relation_that_leaves_no_date_counts_as_use(self):
        old = self._throw(lead_id=None, write_date=datetime(2000, 1, 1))
        lead = self.lead.with_env(self.env)
        lead.type = "opportunity"
        self.assertFalse(lead.conversion_id._plan_undo().refusals)
        # Linked from its own form or from the lead's: the old record's date stays.
        self.env.cr.execute(
            "INSERT INTO throw_away_lead VALUES (%s, %s)", [old, lead.id]
        )
        self._assert_refused(lead.conversion_id, "is used by 1 ×")

    @users("user_sales_salesman")
    def test_what_an_app_makes_of_a_new_contact_is_no_use(self):
        partner_class = self.registry["res.partner"]
        create = partner_class.create

        def create_with_companion(partners, vals_list):
            created = create(partners, vals_list)
            for partner in created:
                self.env.cr.execute(
                    "INSERT INTO throw_away (partner_id) VALUES (%s)", [partner.id]
                )
            return created

        partner_class.create = create_with_companion
        self.addCleanup(lambda: delattr(partner_class, "create"))
        _account, contact, _opportunity, conversion = self._convert()
        self.assertFalse(conversion._plan_undo().refusals)
        self._throw(partner_id=contact.id)
        self._assert_refused(conversion, "is used by 1 ×")

    @users("user_sales_salesman")
    def test_a_value_of_another_app_that_was_typed_since_keeps_the_contact(self):
        _account, contact, _opportunity, conversion = self._convert()
        contact.throw_away = "typed"
        conversion.action_undo()
        self.assertTrue(contact.exists())
        self.assertFalse(contact.active)


@tagged("post_install", "-at_install", "lead_conversion")
class TestUndoAfterEdits(UndoCase):
    """What was typed since is kept, whoever typed it, and however soon."""

    @users("user_sales_salesman")
    def test_one_value_that_was_typed_keeps_the_record(self):
        tag = self.env["res.partner.category"].sudo().create({"name": "Undo"})
        for name, value in (
            ("comment", "<p>Met again</p>"),
            ("phone", "+1 202 555 0177"),
            ("phone", False),
            ("vat", "BE0477472701"),
            ("function", "Head of buying"),
            ("ref", "A-1"),
            ("lang", "en_US"),
            ("category_id", [Command.link(tag.id)]),
            ("image_1920", b"R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"),
        ):
            for kind in ("account_id", "contact_id"):
                with (
                    self.subTest(name=name, value=value, kind=kind),
                    self.env.cr.savepoint() as savepoint,
                ):
                    *_partners, conversion = self._convert()
                    record = conversion[kind]
                    before = record[name]
                    record[name] = value
                    if record[name] == before:
                        savepoint.rollback()
                        continue
                    typed = record[name]
                    dialog = self._review(conversion)
                    self.assertIn("Archived", dialog.summary)
                    dialog.action_apply()
                    self.assertTrue(record.exists())
                    self.assertFalse(record.active)
                    self.assertEqual(record[name], typed)
                    self.assertIn(
                        "Archived", "".join(self.lead.message_ids.mapped("body"))
                    )
                    self.assertEqual(self.lead.type, "lead")
                    savepoint.rollback()
                self.env.invalidate_all()

    @users("user_sales_salesman")
    def test_an_edit_of_somebody_else_refuses_within_one_second(self):
        for kind in ("account_id", "contact_id"):
            *_partners, conversion = self._convert()
            with self.env.cr.savepoint() as savepoint:
                conversion[kind].with_user(self.user_sales_manager).comment = "Mine"
                self._assert_refused(
                    conversion, f"{self.user_sales_manager.name} has edited .*: Notes"
                )
                dialog = self._review(conversion)
                self.assertFalse(dialog.can_undo)
                self.assertIn("has edited", dialog.refusal)
                savepoint.rollback()
            conversion.action_undo()

    @users("user_sales_manager")
    def test_properties_of_the_team_before_are_back(self):
        teams = (
            self.env["crm.team"]
            .sudo()
            .create(
                [
                    {
                        "name": f"Undo {name}",
                        "lead_properties_definition": [
                            {"name": name, "type": "char", "string": name}
                        ],
                    }
                    for name in ("colour", "shape")
                ]
            )
        )
        lead = self.lead.with_env(self.env)
        lead.team_id = teams[0]
        lead.lead_properties = {"colour": "teal"}
        *_partners, conversion = self._convert(
            target="opportunity", overrides={"opportunity": {"team_id": teams[1].id}}
        )
        self.assertEqual(lead.team_id, teams[1])
        conversion.action_undo()
        self.env.invalidate_all()
        self.assertEqual(lead.team_id, teams[0])
        self.assertEqual(lead.lead_properties["colour"], "teal")

    @users("user_sales_salesman")
    def test_what_was_typed_and_taken_back_is_no_edit(self):
        _account, contact, _opportunity, conversion = self._convert()
        contact.function, before = "Other", contact.function
        contact.function = before
        conversion.action_undo()
        self.assertFalse(contact.exists())

    @users("user_sales_salesman")
    def test_values_typed_on_the_opportunity_stay_on_the_lead(self):
        lead = self.lead.with_env(self.env)
        *_partners, conversion = self._convert(target="opportunity")
        lead.write({"expected_revenue": 777, "description": "<p>New</p>"})
        conversion.action_undo()
        self.assertEqual(lead.type, "lead")
        self.assertEqual(lead.expected_revenue, 777)
        self.assertIn("New", lead.description)
        self.assertEqual(lead.partner_name, "Acme Toys")
        self.assertFalse(lead.partner_id)

    @users("user_sales_salesman")
    def test_a_won_or_lost_opportunity_is_no_lead_again(self):
        lead = self.lead.with_env(self.env)
        *_partners, conversion = self._convert(target="opportunity")
        for change in (lead.action_set_won, lead.action_set_lost):
            with self.env.cr.savepoint() as savepoint:
                change()
                self._assert_refused(conversion, "is (won|lost).")
                savepoint.rollback()
            self.env.invalidate_all()
        conversion.action_undo()

    @users("user_sales_salesman")
    def test_values_of_a_linked_account_that_were_typed_since_are_said(self):
        *_partners, conversion = self._convert(account_id=self.account.id)
        self.account.employee_count = 41
        dialog = self._review(conversion)
        self.assertIn("Employees", dialog.summary.split("Left as it is")[1])
        dialog.action_apply()
        self.assertEqual(self.account.employee_count, 41)
        self.assertIn("Employees", self.lead.message_ids[0].body)

    @users("user_sales_salesman")
    def test_an_entry_of_before_values_were_kept_archives(self):
        account, contact, _opportunity, conversion = self._convert()
        conversion.sudo().write({"result_values": False, "result_links": False})
        conversion.action_undo()
        self.assertEqual((account | contact).exists(), account | contact)
        self.assertFalse((account | contact).filtered("active"))


@tagged("post_install", "-at_install", "lead_conversion")
class TestUndoAfterMerges(UndoCase):
    """What was merged since is no longer what the conversion made."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.merger = new_test_user(
            cls.env,
            "undo_merger",
            "sales_team.group_sale_manager,base.group_partner_manager,base.group_system",
        )
        cls.old = cls.env["res.partner"].create(
            {"name": "Old Customer", "is_company": True, "phone": "+1 202 555 0150"}
        )

    def _merge(self, partners, kept):
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.merger)
        wizard._merge(partners.ids, kept.with_user(self.merger))
        self.env.invalidate_all()

    @users("user_sales_salesman")
    def test_an_old_customer_merged_into_the_new_account_is_never_taken_away(self):
        account, contact, _opportunity, conversion = self._convert()
        self._merge(account | self.old, account)
        self._assert_refused(conversion, "“Old Customer” was merged into “Acme Toys”")
        self._assert_refused(
            conversion.with_user(self.merger), "“Old Customer” was merged into"
        )
        self.assertTrue(account.exists())
        self.assertTrue(account.active)
        self.assertEqual(account.phone, "+1 202 555 0101")
        self.assertTrue(contact.active)

    @users("user_sales_salesman")
    def test_the_new_account_merged_into_an_old_customer(self):
        account, contact, _opportunity, conversion = self._convert()
        self._merge(account | self.old, self.old)
        self._assert_refused(conversion, "“Acme Toys” was merged into “Old Customer”")
        self.assertTrue(self.old.active)
        self.assertEqual(contact.parent_id, self.old)
        self.assertEqual(conversion.account_id, self.old)

    @users("user_sales_salesman")
    def test_the_dialog_names_what_an_account_was_merged_into(self):
        account, _contact, _opportunity, conversion = self._convert()
        self._merge(account | self.old, self.old)
        refusal = self._review(conversion).refusal
        self.assertIn(f"The conversion of “{self.lead.display_name}”", refusal)
        self.assertIn("“Acme Toys” was merged into “Old Customer”", refusal)
        self.assertIn("Change the records by hand instead", refusal)

    @users("user_sales_salesman")
    def test_the_new_contact_merged_with_somebody_else(self):
        _account, contact, _opportunity, conversion = self._convert()
        other = self.contact.copy({"parent_id": contact.parent_id.id, "name": "Jane"})
        self._merge(contact | other, contact)
        self._assert_refused(conversion, "was merged into")

    @users("user_sales_salesman")
    def test_a_merge_of_a_linked_account_does_not_keep_from_undoing(self):
        for kept in (self.account, self.old):
            with self.subTest(kept=kept.name), self.env.cr.savepoint() as savepoint:
                *_partners, conversion = self._convert(
                    account_id=self.account.id, contact_id=self.contact.id
                )
                self._merge(self.account | self.old, kept)
                conversion.action_undo()
                self.assertTrue(kept.active)
                self.assertTrue(self.contact.active)
                self.assertFalse(self.lead.partner_id)
                self.assertTrue(self.lead.active)
                savepoint.rollback()
            self.env.invalidate_all()

    @users("user_sales_manager")
    def test_a_merged_lead_keeps_its_ledger_and_is_not_undone(self):
        lead = self.lead.with_env(self.env)
        *_partners, conversion = self._convert(target="opportunity")
        other = self._create_lead(self.env.user, name="Other", user_id=self.env.uid)
        kept = (lead | other.with_env(self.env)).merge_opportunity()
        self.assertTrue(conversion.exists())
        self.assertEqual(conversion.lead_id, kept)
        self.assertEqual(kept.conversion_id, conversion)
        self._assert_refused(conversion, "was merged into")

    @users("user_sales_manager")
    def test_converted_leads_that_are_merged_are_converted_once(self):
        other = self._create_lead(
            self.env.user, name="Other", partner_name="Roe Ltd", user_id=self.env.uid
        )
        for lead, target in ((self.lead, "opportunity"), (other, "account")):
            self._convert(lead, target=target)
        kept = (self.lead | other).with_env(self.env).merge_opportunity()
        [entry] = self.env["crm.lead.conversion"].search(
            [("lead_id", "=", kept.id), ("undone_date", "=", False)]
        )
        self.assertEqual(kept.conversion_id, entry)
        self._assert_refused(entry, "was merged into")
        [summary] = kept.message_ids.filtered(
            lambda message: "crm_lead_merge_summary" in message.body
        )
        self.assertIn(f"Converted: by {self.env.user.name} on", summary.body)

    @users("user_sales_manager")
    def test_leads_merged_into_the_opportunity_of_a_ledger(self):
        opportunity = self.env["crm.lead"].create(
            {"name": "Deal", "type": "opportunity", "user_id": self.env.uid}
        )
        *_partners, conversion = self._convert(
            target="opportunity", opportunity_id=opportunity.id
        )
        other = self.env["crm.lead"].create(
            {"name": "Bigger", "type": "opportunity", "probability": 90}
        )
        kept = (opportunity | other).merge_opportunity()
        self.assertEqual(conversion.opportunity_id, kept)
        conversion.action_undo()
        self.assertTrue(kept.active)
        self.assertTrue(self.lead.active)


@tagged("post_install", "-at_install", "lead_conversion")
class TestUndoIsRefusedInWords(UndoCase):
    @users("user_sales_salesman")
    def test_undo_of_an_unconverted_lead(self):
        lead = self.lead.with_env(self.env)
        for undo in (lead.action_undo_conversion, lead.action_review_undo):
            with self.assertRaisesRegex(UserError, "Jane Doe” is not converted"):
                undo()
        none = self.env["crm.lead.conversion"]
        for undo in (none.action_undo, none.action_review_undo):
            with self.assertRaisesRegex(UserError, "no conversion to undo"):
                undo()

    @users("user_sales_salesman")
    def test_undo_of_a_lead_that_somebody_else_is_changing(self):
        *_partners, conversion = self._convert()
        locked = LockError("Cannot grab a lock on records")
        lead_class = self.registry["crm.lead"]
        with patch.object(lead_class, "lock_for_update", side_effect=locked):
            self._assert_refused(
                conversion, "else is changing “Acme Toys – Jane Doe” right now"
            )
        conversion.action_undo()

    @users("user_sales_salesman")
    def test_many_are_undone_at_once(self):
        other = self._create_lead(
            self.env.user, contact_last_name="Roe", partner_name="Roe Ltd"
        )
        results = (self.lead | other).with_env(self.env).convert_lead()
        conversions = self.env["crm.lead.conversion"].browse(
            [result["conversion_id"] for result in results]
        )
        self._review(conversions).action_apply()
        self.assertEqual((self.lead | other).mapped("active"), [True, True])

    @users("user_sales_salesman")
    def test_leads_of_one_new_company_are_undone_one_after_the_other(self):
        other = self._create_lead(
            self.env.user,
            contact_last_name="Roe",
            partner_name="Acme Toys",
            annual_revenue=7,
            twitter="roe",
        )
        self.lead.twitter = False
        results = (self.lead | other).with_env(self.env).convert_lead()
        first, second = self.env["crm.lead.conversion"].browse(
            [result["conversion_id"] for result in results]
        )
        account = first.account_id
        self.assertEqual(account, second.account_id)
        self.assertEqual(account.twitter, "roe")
        self._assert_refused(first, "Acme Toys is used by")
        with self.env.cr.savepoint() as savepoint:
            (first | second).action_undo()
            self.assertFalse(account.exists())
            savepoint.rollback()
        self.env.invalidate_all()
        second.with_user(self.user_sales_manager).action_undo()
        self.assertFalse(account.twitter)
        first.action_undo()
        self.assertFalse(account.exists())

    @users("user_sales_salesman")
    def test_the_dialog_says_what_happens(self):
        account, contact, _opportunity, conversion = self._convert(
            account_id=self.account.id
        )
        dialog = self._review(conversion)
        self.assertTrue(dialog.can_undo)
        deleted = dialog.summary.split("Put back")[0]
        self.assertIn(contact.name, deleted)
        self.assertNotIn(account.name + "<", deleted)
        self.assertIn("Fax", dialog.summary.split("Put back")[1])
        dialog.action_apply()
        self.assertFalse(contact.exists())
        self.assertFalse(self._review(conversion).can_undo)

    @users("user_sales_salesman")
    def test_the_dialog_refuses_after_the_days_of_the_settings(self):
        *_partners, conversion = self._convert()
        conversion.sudo().date -= timedelta(days=31)
        self.assertIn("more than 30 days ago", self._review(conversion).refusal)

    @users("user_sales_salesman")
    def test_the_dialog_names_who_is_used_by_what_and_the_way_on(self):
        account, contact, _opportunity, conversion = self._convert()
        self.env["res.partner"].create({"name": "Colleague", "parent_id": account.id})
        self._create_lead(self.env.user, partner_id=account.id, name="Second deal")
        self.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": "2030-01-01 10:00:00",
                "stop": "2030-01-01 11:00:00",
                "partner_ids": [Command.set(contact.ids)],
            }
        )
        dialog = self._review(conversion)
        self.assertFalse(dialog.can_undo)
        first, *reasons, last = dialog.refusal.split("\n")
        self.assertEqual(
            first,
            f"The conversion of “{self.lead.display_name}” can't be undone:",
        )
        # Other apps may make more of what was added.
        self.assertLessEqual(
            {
                "• Acme Toys is used by 1 × Contact (Acme Toys, Colleague).",
                "• Acme Toys is used by 1 × Lead or opportunity (Second deal).",
                "• Acme Toys, Jane Doe is used by 1 × Calendar Event (Visit).",
            },
            set(reasons),
        )
        self.assertEqual(
            last,
            "Change the records by hand instead, or undo it when the reason is gone.",
        )
        with self.assertRaises(UserError) as refused:
            dialog.action_apply()
        self.assertEqual(str(refused.exception), dialog.refusal)

    @users("user_sales_salesman")
    def test_the_dialog_names_why_a_record_is_archived(self):
        account, contact, _opportunity, conversion = self._convert()
        contact.message_post(body="Thank you", message_type="comment")
        account.activity_schedule("mail.mail_activity_data_todo", summary="Call back")
        self.env["ir.attachment"].create(
            {
                "name": "offer.txt",
                "raw": b"offer",
                "res_model": "res.partner",
                "res_id": account.id,
            }
        )
        dialog = self._review(conversion)
        self.assertTrue(dialog.can_undo)
        archived = dialog.summary.split("Archived")[1].split("Put back")[0]
        self.assertIn("Acme Toys, Jane Doe (1 × Message)", archived)
        self.assertRegex(archived, r"Acme Toys \(.*1 × Activity")
        self.assertRegex(archived, r"Acme Toys \(.*1 × Attachment")
