"""A number that stands on a screen is the number of rows behind it."""

from datetime import timedelta

from lxml import etree

from odoo import Command, fields
from odoo.fields import Domain
from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import datetime as safe_datetime
from odoo.tools.safe_eval import safe_eval

from odoo.addons.lead_management_assignment.tests.common_queue import TestQueueCommon

ACTION_WINDOW = "ir.actions.act_window"


class TestCountsCommon(TestQueueCommon):
    """Leads of every kind, and what a client shows when it opens an action.

    There are leads that are archived, dead, recycled, converted each way, somebody
    else's, nobody's, in queues of others and in another company, and opportunities
    that never were leads.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_b = cls.env["res.company"].create({"name": "Company B"})
        manager = cls.user_sales_manager
        cls.manager_b = new_test_user(
            cls.env,
            "manager_b",
            "sales_team.group_sale_manager",
            company_id=cls.company_b.id,
            company_ids=[Command.set(cls.company_b.ids)],
        )
        cls.lonely_queue = cls.env["crm.lead.queue"].create({"name": "Of nobody"})
        cls._queue_lead(name="Nobody's queue", queue_id=cls.lonely_queue.id)
        cls._queue_lead(name="Dead in a queue").status_id = cls.status_dead
        cls.env["crm.lead"].create(
            [
                {"name": "Nobody's", "type": "lead", "user_id": False},
                {"name": "Never a lead", "type": "opportunity", "user_id": False},
            ]
        )
        cls.source = cls.env["utm.source"].create(
            {"name": "Counted", "is_lead_source": True}
        )
        cls.campaign = cls.env["utm.campaign"].create({"name": "Counted"})
        cls.account = cls.env["res.partner"].create(
            {"name": "Counted Ltd", "is_company": True}
        )
        cls.leads = cls.env["crm.lead"]
        for user in (cls.user_sales_salesman, cls.user_sales_leads, manager):
            (new, archived, dead, recycled, later, neglected, account, deal) = (
                cls._create_lead(
                    user,
                    partner_name=f"Counted {number}",
                    source_id=cls.source.id,
                    campaign_id=cls.campaign.id,
                    company_id=cls.env.company.id,
                )
                for number in range(8)
            )
            archived.active = False
            dead.status_id = cls.status_dead
            recycled.status_id = cls.status_recycled
            recycled.recycle_date = fields.Date.today() - timedelta(days=1)
            later.status_id = cls.status_recycled
            later.recycle_date = fields.Date.today() + timedelta(days=9)
            account.account_id = cls.account
            account.with_user(user).convert_lead("account")
            deal.with_user(user).convert_lead("opportunity")
            (new | dead | account).with_user(user).mark_as_read()
            cls.env.flush_all()
            neglected._fields["date_last_touch"].write(
                neglected, fields.Datetime.now() - timedelta(days=50)
            )
            cls.leads |= new | archived | dead | recycled | later | neglected
            cls.leads |= account | deal
        handed = cls._create_lead(manager, user_id=cls.user_sales_salesman.id)
        handed.invalidate_recordset()
        cls.leads_b = cls._create_lead(cls.manager_b, campaign_id=cls.campaign.id)
        cls.env.flush_all()

    def count_rows(self, action, user):
        """Return how many rows the web client shows when it opens an action."""
        env = self.env(user=user, su=False)
        variables = {"uid": user.id, "active_id": action.get("active_id")}
        context = action.get("context") or {}
        if isinstance(context, str):
            context = safe_eval(context, dict(variables))
        domain = action.get("domain") or []
        if isinstance(domain, str):
            domain = safe_eval(domain, dict(variables))
        model = env[action["res_model"]].with_context(**context)
        if action.get("res_id"):
            return len(model.browse(action["res_id"]).exists())
        search_view = action.get("search_view_id")
        view_id = search_view[0] if search_view else False
        arch = etree.fromstring(model.get_view(view_id, "search")["arch"])
        domain = Domain(domain) & self._get_default_domain(arch, context, variables)
        return model.search_count(domain)

    def _get_default_domain(self, arch, context, variables):
        """Return the domain of the filters that an action's context switches on.

        As in the client: what stands together between separators is any of them.
        """
        groups, group = [], []
        for node in arch.iter("filter", "field", "separator", "group"):
            value = context.get(f"search_default_{node.get('name')}")
            if node.tag in ("separator", "group"):
                groups.append(group)
                group = []
            elif value and node.tag == "field":
                groups.append([Domain(node.get("name"), "=", value)])
            elif value and node.get("domain"):
                names = {**variables, "datetime": safe_datetime}
                group.append(Domain(safe_eval(node.get("domain"), names)))
        return Domain.AND(Domain.OR(group) for group in [*groups, group] if group)

    def open(self, xml_id, user, **context):
        action = self.env[ACTION_WINDOW]._for_xml_id(xml_id)
        own = safe_eval(action["context"], {"uid": user.id, "active_id": False})
        return self.count_rows({**action, "context": {**own, **context}}, user)


@tagged("post_install", "-at_install", "lead_counts")
class TestHomeCounts(TestCountsCommon):
    def test_every_view_of_home_counts_what_it_opens(self):
        for user in (
            self.user_sales_salesman,
            self.user_sales_leads,
            self.user_sales_manager,
            self.member,
            self.manager_b,
        ):
            home = self.env["crm.lead"].with_user(user).get_lead_home()
            for view in home["views"]:
                with self.subTest(user=user.login, view=view["name"]):
                    opened = self.open(
                        view["action"],
                        user,
                        **{
                            "search_default_open": 0,
                            f"search_default_{view['name']}": 1,
                        },
                    )
                    self.assertEqual(view["count"], opened)
        self.assertEqual(len(home["views"]), len({v["label"] for v in home["views"]}))

    def test_a_page_of_the_menu_begins_with_what_home_counts(self):
        """For example To Claim: leads in queues, and those that nobody owns."""
        pages = {
            "my_unread": "lead_management.crm_lead_action_unread",
            "my_leads": "lead_management.crm_lead_action_my_leads",
            "open": "lead_management.crm_lead_action_all",
            "to_claim": "lead_management_assignment.crm_lead_action_to_claim",
            "neglected": "lead_management.crm_lead_action_neglected",
            "recent": "lead_management.crm_lead_action_recent",
        }
        for user in (self.user_sales_salesman, self.user_sales_manager, self.member):
            home = self.env["crm.lead"].with_user(user).get_lead_home()
            counts = {view["name"]: view["count"] for view in home["views"]}
            for name, page in pages.items():
                with self.subTest(user=user.login, page=page):
                    self.assertEqual(counts[name], self.open(page, user))
            self.assertTrue(counts["to_claim"])

    def test_what_is_to_claim_can_be_claimed(self):
        for user in (self.user_sales_salesman, self.user_sales_manager, self.outsider):
            leads = self.env["crm.lead"].with_user(user)
            everything = leads.with_context(active_test=False).search([])
            self.assertEqual(
                leads.search([("can_claim", "=", True)]),
                everything.filtered("can_claim").sorted(),
            )
            self.assertEqual(
                leads.with_context(active_test=False).search_count(
                    [("can_claim", "=", False)]
                ),
                len(everything) - len(everything.filtered("can_claim")),
            )

    def test_queues_of_home_count_what_they_open(self):
        home = self.env["crm.lead"].with_user(self.member).get_lead_home()
        self.assertTrue(home["queues"])
        for queue in home["queues"]:
            opened = self.open(
                "lead_management_assignment.crm_lead_action_to_claim",
                self.member,
                search_default_queue_id=queue["id"],
            )
            self.assertEqual(queue["count"], opened)

    def test_charts_of_home_count_what_their_report_shows(self):
        self.sales_team_1.user_id = self.user_sales_manager
        for user in (self.user_sales_salesman, self.user_sales_manager, self.member):
            for scope in ("mine", "team"):
                home = self.env["crm.lead"].with_user(user).get_lead_home(scope)
                for chart in home["charts"]:
                    with self.subTest(user=user.login, scope=scope):
                        opened = self.open(
                            chart["action"],
                            user,
                            **{
                                f"search_default_{name}": 1 for name in chart["filters"]
                            },
                        )
                        shown = sum(bar["count"] for bar in chart["bars"])
                        self.assertEqual(shown + chart["others"], opened)

    def test_filter_converted_finds_all_that_were_converted(self):
        for user in (self.user_sales_salesman, self.user_sales_manager):
            leads = self.env["crm.lead"].with_user(user)
            converted = leads.with_context(active_test=False).search(
                [("status_id.category", "=", "converted")]
            )
            self.assertEqual(set(converted.mapped("type")), {"lead", "opportunity"})
            opened = self.open(
                "lead_management.crm_lead_action_all",
                user,
                search_default_open=0,
                search_default_converted=1,
            )
            self.assertEqual(opened, len(converted))


@tagged("post_install", "-at_install", "lead_counts")
class TestButtonCounts(TestCountsCommon):
    """Every button that shows a number opens as many rows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        lead_import = cls.env["crm.lead.import"].create(
            {"name": "counted.csv", "user_id": cls.user_sales_salesman.id}
        )
        cls.leads.import_id = lead_import
        rule = cls.env["crm.lead.assignment.rule"].create(
            {
                "name": "Counted",
                "active": False,
                "entry_ids": [
                    Command.create({"name": "All", "user_id": cls.member.id})
                ],
            }
        )
        cls.leads.write(
            {
                "assignment_entry_id": rule.entry_ids.id,
                "assignment_date": fields.Datetime.now(),
            }
        )
        form = cls.env["crm.lead.capture.form"].create({"name": "Counted"})
        cls.env["crm.lead.capture.submission"].create(
            [
                {
                    "form_id": form.id,
                    "state": state,
                    "company_id": cls.env.company.id,
                    "dedup_key": state,
                }
                for state in ("lead", "waiting", "new", "quarantine", "failed")
            ]
        )
        job = cls.env["crm.lead.bulk.job"].create(
            {
                "operation": "status",
                "user_id": cls.user_sales_manager.id,
                "company_id": cls.env.company.id,
            }
        )
        gone = cls.leads[0].copy()
        cls.env["crm.lead.bulk.job.failure"].create(
            [
                {"job_id": job.id, "lead_res_id": lead.id, "lead_name": lead.name}
                for lead in cls.leads | gone
            ]
        )
        gone.unlink()
        cls.records = {
            record._name: record
            for record in (
                *(lead_import, rule, form, job),
                *(cls.campaign, cls.account, cls.queue),
            )
        }

    def find_buttons(self):
        """Yield model and node of all buttons with a number in this addon's views."""
        data = self.env["ir.model.data"].search(
            [("module", "=", "lead_management"), ("model", "=", "ir.ui.view")]
        )
        for view in self.env["ir.ui.view"].browse(data.mapped("res_id")).exists():
            for button in etree.fromstring(view.arch_db).iter("button"):
                classes = (button.get("class") or "").split()
                numbers = [
                    node.get("name")
                    for node in button.iter("field")
                    if self.env[view.model]._fields[node.get("name")].type == "integer"
                ]
                if "oe_stat_button" in classes and numbers:
                    yield view.model, button, numbers[0]

    def click(self, record, button, user):
        if button.get("type") == "action":
            name = button.get("name").removeprefix("%(").removesuffix(")d")
            action = self.env[ACTION_WINDOW]._for_xml_id(
                self.env[ACTION_WINDOW].browse(int(name)).get_external_id()[int(name)]
                if name.isdigit()
                else name
            )
            return {**action, "active_id": record.id}
        context = safe_eval(button.get("context") or "{}")
        method = getattr(record.with_context(**context), button.get("name"))
        return method()

    def test_every_button_counts_what_it_opens(self):
        tried = set()
        for model, button, number in self.find_buttons():
            for user in (self.user_sales_salesman, self.user_sales_manager):
                self.assertIn(model, self.records)
                record = self.records[model].with_user(user)
                groups = button.get("groups")
                if not record.has_access("read") or (
                    groups
                    and not any(user.has_group(group) for group in groups.split(","))
                ):
                    continue
                with self.subTest(model=model, number=number, user=user.login):
                    opened = self.count_rows(self.click(record, button, user), user)
                    self.assertEqual(record[number], opened)
                    if opened:
                        tried.add((model, number))
        # Of each there was something to count.
        self.assertEqual(
            tried, {(model, number) for model, _button, number in self.find_buttons()}
        )

    def test_report_by_mail_counts_what_its_form_and_its_page_say(self):
        """For example Neglected Leads: the form counts those, not all leads."""
        for user in (self.user_sales_salesman, self.user_sales_manager):
            for kind, page in (
                ("neglected", "lead_management.crm_lead_action_neglected"),
                ("source", "lead_management.crm_lead_report_action_by_source"),
            ):
                schedule = (
                    self.env["crm.lead.report.schedule"]
                    .with_user(user)
                    .create({"report": kind, "recipient_ids": user.ids})
                )
                model = self.env[schedule.report_model].with_user(user)
                in_form = model.search_count(
                    Domain(safe_eval(schedule.report_domain))
                    & Domain(schedule._parse_domain())
                )
                values = schedule._get_owner_env()[
                    "report.lead_management.lead_report"
                ]._get_report_values([], {"kind": kind, "domain": []})
                total = values["total"]
                in_mail = total if kind == "neglected" else total["count"]
                with self.subTest(user=user.login, kind=kind):
                    self.assertTrue(in_mail)
                    self.assertEqual(in_form, in_mail)
                    self.assertEqual(self.open(page, user), in_mail)

    def test_filters_on_leads_count_no_opportunities(self):
        """For example an entry of an assignment rule: 132 records of 57 leads."""
        for model in ("crm.lead.star.rule", "crm.lead.assignment.rule.entry"):
            view = self.env["ir.ui.view"].search(
                [("model", "=", model), ("type", "=", "form"), ("mode", "=", "primary")]
            )
            [field] = etree.fromstring(view.arch).xpath("//field[@name='domain']")
            self.assertEqual(field.get("widget"), "lead_domain")
            options = safe_eval(field.get("options"))
            self.assertEqual(
                safe_eval(options["base_domain"]), [("type", "=", "lead")], model
            )
