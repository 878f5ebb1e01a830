from odoo.tests import tagged

from ..hooks import (
    LEAD_COLUMNS,
    OF_EACH,
    PARTNER_COLUMNS,
    SHIPPED_RECORDS,
    _adopt_records,
    _disable_leads,
    _fill_lead_columns,
    _fill_statuses,
    _release_records,
    create_lead_columns,
    fold_converted,
)
from .common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_hooks")
class TestHooks(TestLeadManagementCommon):
    """The hooks on leads and sources that were there before the addon."""

    def test_leads_that_were_there_get_names_and_statuses(self):
        own = self.lead_own
        own.contact_name = "Jan van der Berg"
        assigned = self._create_lead(
            self.user_sales_manager, user_id=self.user_sales_leads.id
        )
        lost = self._create_lead(self.user_sales_salesman)
        lost.action_set_lost()
        converted = self._create_lead(self.user_sales_salesman)
        converted.convert_opportunity(False)
        deal = self.env["crm.lead"].create({"name": "Deal", "type": "opportunity"})
        self.env.flush_all()
        leads = own + assigned + lost + converted + deal
        self.env.cr.execute(
            """
            UPDATE crm_lead
               SET contact_first_name = NULL,
                   contact_last_name = NULL,
                   status_id = NULL
            """
        )
        self.env.invalidate_all()

        _fill_lead_columns(self.env.cr, OF_EACH)
        _fill_statuses(self.env)

        self.env.invalidate_all()
        self.assertEqual(
            leads.mapped("status_id.category"),
            ["new", "assigned", "dead", "converted"],
        )
        self.assertEqual(own.status_id, self.status_new)
        self.assertEqual(assigned.status_id, self.status_assigned)
        self.assertEqual(lost.status_id, self.status_dead)
        self.assertEqual(converted.status_id, self.status_converted)
        self.assertFalse(deal.status_id)
        self.assertEqual(own.contact_first_name, "Jan")
        self.assertEqual(own.contact_last_name, "van der Berg")

    def test_columns_of_one_value_are_created_without_writing_a_lead(self):
        lead = self.lead_own
        self.env.flush_all()

        def get_version():
            self.env.cr.execute("SELECT ctid FROM crm_lead WHERE id = %s", [lead.id])
            return self.env.cr.fetchone()

        self.env.cr.execute(
            "ALTER TABLE crm_lead DROP COLUMN bant_need, DROP COLUMN neglect_level"
        )
        before = get_version()
        create_lead_columns(self.env.cr)
        self.assertEqual(get_version(), before)
        self.env.invalidate_all()
        self.assertEqual((lead.bant_need, lead.neglect_level), ("unknown", 2))
        self.env.cr.execute(
            """
            SELECT COUNT(*)
              FROM information_schema.columns
             WHERE table_name = 'crm_lead'
               AND column_name IN ('bant_need', 'neglect_level')
               AND column_default IS NULL
            """
        )
        self.assertEqual(self.env.cr.fetchone(), (2,), "The ORM knows the defaults")

    def test_no_lead_is_computed_when_installing_or_upgrading(self):
        """Each stored computed field is filled by the hooks, in one statement."""
        for model_name, columns in (
            ("crm.lead", LEAD_COLUMNS),
            ("res.partner", PARTNER_COLUMNS),
        ):
            computed = {
                name
                for name, field in self.env[model_name]._fields.items()
                if field.store
                and field.compute
                and field.column_type
                and "lead_management" in field._modules
            }
            self.assertLessEqual(computed, columns.keys())

    def test_converted_is_folded_unless_an_admin_changed_it(self):
        status = self.status_converted
        for changed, folded in (("0 seconds", True), ("1 day", False)):
            self.env.flush_all()
            self.env.cr.execute(
                """
                UPDATE crm_lead_status
                   SET fold = FALSE, write_date = create_date + %s::interval
                 WHERE id = %s
                """,
                (changed, status.id),
            )
            self.env.invalidate_all()
            fold_converted(self.env)
            self.assertEqual(status.fold, folded, changed)

    def _ref(self, name):
        return self.env.ref(f"lead_management.{name}", raise_if_not_found=False)

    def test_record_of_the_same_name_is_adopted_and_kept(self):
        source = self._ref("utm_source_email")
        self.env["ir.model.data"].search(
            [("module", "=", "lead_management"), ("name", "=", "utm_source_email")]
        ).unlink()
        self.assertFalse(self._ref("utm_source_email"))
        self.env["ir.model.data"].search(
            [("module", "=", "lead_management"), ("model", "in", list(SHIPPED_RECORDS))]
        ).unlink()
        _adopt_records(self.env)
        self.assertEqual(self._ref("utm_source_email"), source)
        _release_records(self.env)
        self.assertFalse(self._ref("utm_source_email"), "uninstalling leaves it alone")

    def test_shipped_record_in_use_is_kept(self):
        used, unused = self._ref("utm_source_call"), self._ref("utm_source_partner")
        self.lead_own.source_id = used
        self.lead_own.active = False
        _release_records(self.env)
        self.assertFalse(self._ref("utm_source_call"), "uninstalling leaves it alone")
        self.assertEqual(self._ref("utm_source_partner"), unused)

    def test_leads_are_on_for_those_who_sell(self):
        use_lead = self.env.ref("crm.group_use_lead")
        admin = self.env.ref("base.user_admin")
        default = self.env.ref("base.default_user_group")
        menu = self.env.ref("crm.crm_menu_leads")
        salesman = self.env.ref("sales_team.group_sale_salesman")
        self.assertIn(use_lead, default.implied_ids, "new users")
        self.assertIn(admin, use_lead.all_user_ids)
        self.assertIn(salesman, menu.group_ids)
        _disable_leads(self.env)
        self.assertNotIn(use_lead, default.implied_ids)
        self.assertNotIn(admin, use_lead.all_user_ids)
        self.assertNotIn(salesman, menu.group_ids)
