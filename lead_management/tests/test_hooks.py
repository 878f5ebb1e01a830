from ast import literal_eval

from odoo.tests import tagged

from ..hooks.columns import (
    LEAD_COLUMNS,
    OF_EACH,
    PARTNER_COLUMNS,
    _fill_lead_columns,
    create_lead_columns,
)
from ..hooks.fill import (
    fill_owned_statuses,
    fill_stars,
    fill_statuses,
    fold_converted,
    forget_first_name,
)
from ..hooks.indexes import without_indexes
from ..hooks.leads_on import (
    ENABLED_PARAMETER,
    disable_leads,
    enable_leads,
    keep_leads_visible,
)
from ..hooks.shipped import SHIPPED_RECORDS, adopt_records, release_records
from .common import TestLeadManagementCommon


@tagged("post_install", "-at_install", "lead_hooks")
class TestHooks(TestLeadManagementCommon):
    """The hooks on leads and sources that were there before the addon."""

    def test_leads_that_were_there_get_names_and_statuses(self):
        own = self.lead_own
        own.write(
            {"contact_name": "Jan van der Berg", "user_id": False, "priority": "2"}
        )
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
                   stars = '0',
                   stars_manual = NULL,
                   status_id = NULL
            """
        )
        self.env.invalidate_all()

        _fill_lead_columns(self.env.cr, OF_EACH)
        fill_statuses(self.env)

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
        self.assertEqual((own.stars, own.stars_manual), ("2", True))
        self.assertEqual((assigned.stars, assigned.stars_manual), ("0", False))

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

    def test_indexes_wait_until_leads_are_written_and_are_as_they_were(self):
        def get_indexes():
            self.env.cr.execute(
                """
                SELECT indexname, indexdef, obj_description(
                           quote_ident(indexname)::regclass, 'pg_class'
                       )
                  FROM pg_indexes
                 WHERE tablename = 'crm_lead'
                 ORDER BY indexname
                """
            )
            return self.env.cr.fetchall()

        self.env.flush_all()
        before = get_indexes()
        # Databases that Odoo creates have the extension for native's.
        self.assertIn("gin_trgm_ops", str(before))
        with without_indexes(self.env.cr, "crm_lead"):
            self.assertEqual([name for name, *_ in get_indexes()], ["crm_lead_pkey"])
        self.assertEqual(get_indexes(), before)
        self.assertTrue(any(comment for *_, comment in before))

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
        adopt_records(self.env)
        self.assertEqual(self._ref("utm_source_email"), source)
        release_records(self.env)
        self.assertFalse(self._ref("utm_source_email"), "uninstalling leaves it alone")

    def test_shipped_record_in_use_is_kept(self):
        used, unused = self._ref("utm_source_call"), self._ref("utm_source_partner")
        leads = self.env["crm.lead"].with_context(active_test=False)
        leads.search([("source_id", "=", unused.id)]).source_id = False
        self.lead_own.source_id = used
        self.lead_own.active = False
        release_records(self.env)
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
        disable_leads(self.env)
        self.assertNotIn(use_lead, default.implied_ids)
        self.assertNotIn(admin, use_lead.all_user_ids)
        self.assertNotIn(salesman, menu.group_ids)

    def test_stars_are_taken_from_the_priority(self):
        """Of leads that nobody and no rule rated, and of no opportunity."""
        priorities = ["0", "1", "2", "3", "3", "3", "3"]
        leads = self.env["crm.lead"].create(
            [{"name": f"Lead {i}", "type": "lead"} for i in range(len(priorities))]
        )
        by_hand, by_rule, deal = leads[4:]
        by_hand.stars = "0"
        deal.type = "opportunity"
        self.flush_tracking()
        by_rule.with_context(tracking_disable=False).write(
            {"stars": "2", "stars_manual": False}
        )
        self.flush_tracking()
        by_rule.write({"stars": "0", "stars_manual": False})
        self.env.flush_all()
        for lead, priority in zip(leads, priorities, strict=True):
            self.env.cr.execute(
                "UPDATE crm_lead SET priority = %s WHERE id = %s", (priority, lead.id)
            )
        self.env.invalidate_all()
        fill_stars(self.env)
        self.assertEqual(
            leads.mapped(lambda lead: lead.stars), ["0", "1", "2", "3", "0", "0", "0"]
        )
        self.assertEqual(
            leads.mapped("stars_manual"),
            [False, True, True, True, True, False, False],
        )

    def test_own_leads_that_were_called_new_become_assigned(self):
        own = self._create_lead(self.user_sales_salesman)
        moved_back, nobodys = (
            self.lead_own,
            self._create_lead(self.user_sales_salesman, user_id=False),
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET status_id = %s WHERE id = %s",
            (self.status_new.id, own.id),
        )
        self.env.invalidate_all()
        fill_owned_statuses(self.env)
        self.assertEqual(own.status_id, self.status_assigned)
        self.assertEqual((moved_back | nobodys).status_id, self.status_new)

    def test_first_name_is_asked_no_more_unless_an_admin_said_so(self):
        self.env["ir.model.data"].search(
            [
                ("module", "=", "lead_management"),
                ("name", "=", "parameter_require_first_name"),
            ]
        ).unlink()
        for changed, kept in (("0 seconds", False), ("1 day", True)):
            setting = self.env["ir.config_parameter"].create(
                {"key": f"lead_management.test {kept}", "value": "True"}
            )
            self.env["ir.model.data"].create(
                {
                    "module": "lead_management",
                    "name": "parameter_require_first_name",
                    "model": setting._name,
                    "res_id": setting.id,
                }
            )
            self.env.cr.execute(
                """
                UPDATE ir_config_parameter
                   SET write_date = create_date + %s::interval
                 WHERE id = %s
                """,
                (changed, setting.id),
            )
            self.env.invalidate_all()
            forget_first_name(self.env)
            self.assertEqual(bool(setting.exists()), kept)


@tagged("post_install", "-at_install", "lead_hooks")
class TestLeadsOff(TestLeadManagementCommon):
    """What mail to the teams becomes, and who sees leads, after uninstalling."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # As before the addon came
        cls.use_lead = cls.env.ref("crm.group_use_lead")
        disable_leads(cls.env)
        cls.env["ir.config_parameter"].set_param(ENABLED_PARAMETER, False)
        for group in ("base.group_user", "base.default_user_group"):
            cls.env.ref(group).implied_ids -= cls.use_lead
        cls.use_lead.user_ids = False
        teams = cls.env["crm.team"]
        cls.team_deals = teams.create({"name": "Deals", "use_opportunities": True})
        cls.team_leads = teams.create(
            {"name": "Leads", "use_leads": True, "use_opportunities": True}
        )
        cls.teams = cls.team_deals | cls.team_leads
        cls.teams.use_leads = False
        cls.teams.alias_defaults = "{'type': 'opportunity', 'color': 3}"
        cls.team_leads.alias_id.alias_defaults = "{'type': 'opportunity', 'color': 3}"
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE crm_team SET use_leads = TRUE WHERE id = %s", [cls.team_leads.id]
        )
        cls.env.invalidate_all()

    def _get_types(self):
        return [
            literal_eval(team.alias_defaults).get("type")
            for team in (self.team_deals, self.team_leads)
        ]

    def test_mail_becomes_what_it_became_before(self):
        """Of a team that used leads already, mail made opportunities all the same."""
        before = self.teams.mapped("alias_defaults")
        enable_leads(self.env)
        self.assertEqual(self._get_types(), ["lead", "lead"])
        new = self.env["crm.team"].create({"name": "New", "use_leads": True})
        self.assertEqual(literal_eval(new.alias_defaults)["type"], "lead")
        self.team_deals.alias_defaults = "{'type': 'lead', 'color': 5}"
        disable_leads(self.env)
        self.assertEqual(self._get_types(), ["opportunity", "opportunity"])
        self.assertEqual(self.team_leads.alias_defaults, before[1])
        self.assertEqual(literal_eval(self.team_deals.alias_defaults)["color"], 5)
        self.assertEqual(literal_eval(new.alias_defaults)["type"], "opportunity")
        self.assertEqual(self.teams.mapped("use_leads"), [False, True])

    def test_what_an_admin_turned_on_for_everybody_stays(self):
        enable_leads(self.env)
        self.env["res.config.settings"].create({"group_use_lead": True}).execute()
        disable_leads(self.env)
        self.assertEqual(self._get_types(), ["lead", "lead"])
        self.assertEqual(self.teams.mapped("use_leads"), [True, True])
        self.assertIn(self.use_lead, self.env.ref("base.group_user").all_implied_ids)

    def test_leads_that_are_there_stay_in_a_menu(self):
        enable_leads(self.env)
        seller = self.user_sales_salesman
        self.assertIn(seller, self.use_lead.all_user_ids)
        disable_leads(self.env)
        self.assertNotIn(seller, self.use_lead.all_user_ids)
        keep_leads_visible(self.env)
        self.assertIn(seller, self.use_lead.all_user_ids)
        self.assertIn(self.use_lead, self.env.ref("crm.crm_menu_leads").group_ids)

    def test_without_leads_nobody_keeps_their_menu(self):
        self.env["crm.lead"].with_context(active_test=False).search(
            [("type", "=", "lead")]
        ).write({"type": "opportunity"})
        enable_leads(self.env)
        disable_leads(self.env)
        keep_leads_visible(self.env)
        self.assertFalse(self.use_lead.all_user_ids)
