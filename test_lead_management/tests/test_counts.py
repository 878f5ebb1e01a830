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
