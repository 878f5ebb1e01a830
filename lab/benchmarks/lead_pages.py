"""Pages about leads: opening them from the menu, the home page, and what they weigh."""

import gzip

from lxml import etree

from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

from .benchmark import Benchmark, Comparison, Result, Sample
from .client import View
from .lead_record import COUNT_LIMIT
from .lead_reports import REPORTS
from .side import IMPORTER, SALESMAN, rpc

NATIVE_LEADS = "crm.crm_lead_all_leads"
REPORT = "lead_management.crm_lead_report_action_"
NATIVE_ANALYSIS = "crm.crm_opportunity_report_action_lead"
START_BUNDLE = "web.assets_web"
LAZY_BUNDLE = "lead_management.assets_lazy"
# Of all our addons
ADDON_FILES = "/lead_management"


class OpenPage(Comparison):
    """A page as its menu opens it; see `Pages`."""

    name = "pages-open"
    max_ratio = 1.15
    max_extra_queries = 10
    login = SALESMAN
    repetitions = 15
    warmups = 2

    def __init__(self, title: str, action: str, native_action: str = NATIVE_LEADS):
        self.title = title
        self.actions = {"addon": action, "native": native_action}

    def prepare(self, env, side):
        action = env.ref(self.actions[side.name]).sudo()
        context = safe_eval(action.context or "{}", {"uid": env.uid})
        filters = [name for name, value in context.items() if value]
        context = {
            name: value
            for name, value in context.items()
            if not name.startswith("search_default_")
        }
        (view_id, view_type), *_others = action.views
        asked = None
        if view_type == "list":
            view = View(env, action.res_model, "list", view_id)
            asked = {
                "specification": view.specification(),
                "order": view.order(),
                "limit": view.limit(),
                "count_limit": COUNT_LIMIT,
            }
        return {
            "action": action.id,
            "model": action.res_model,
            "views": [*action.views, (action.search_view_id.id, "search")],
            "context": context,
            "domain": list(
                Domain(safe_eval(action.domain or "[]", {"uid": env.uid}))
                & _default_filters(env, action, filters)
            ),
            "asked": asked,
        }

    def work(self, env, prepared, index):
        model, context = prepared["model"], prepared["context"]
        env["ir.actions.act_window"].sudo().browse(
            prepared["action"]
        )._get_action_dict()
        rpc(
            *(env, model, "get_views", prepared["views"]),
            options={
                "action_id": prepared["action"],
                "load_filters": True,
                "toolbar": True,
            },
            context=context,
        )
        if prepared["asked"]:
            rpc(
                *(env, model, "web_search_read", prepared["domain"]),
                **prepared["asked"],
                context=context,
            )


class OpenHome(OpenPage):
    """The first entry of the Leads menu, beside the one that native has instead."""

    def __init__(self):
        super().__init__("Open Lead Home", "lead_management.lead_home_action")

    def prepare(self, env, side):
        return super().prepare(env, side) if side.name == "native" else None

    def work(self, env, prepared, index):
        if prepared:
            super().work(env, prepared, index)
            return
        action = env.ref(self.actions["addon"]).sudo()
        action._get_action_dict()
        rpc(env, "crm.lead", "get_lead_home", "mine")


def _default_filters(env, action, names) -> Domain:
    """Return the domain of the filters that are on when a page is opened."""
    search_view = action.search_view_id.id or False
    model = env[action.res_model]
    arch = etree.fromstring(model.get_view(search_view, "search")["arch"])
    wanted = {name.removeprefix("search_default_") for name in names}
    return Domain.AND(
        safe_eval(node.get("domain") or "[]", {"uid": env.uid})
        for node in arch.iter("filter")
        if node.get("name") in wanted and not node.get("date")
    )


class LeadHome(Comparison):
    """The one call of the lead home page, beside opening native's Leads Analysis."""

    name = "pages-home"
    repetitions = 20
    warmups = 2

    def __init__(self, title: str, login: str, scope: str, max_seconds: float):
        self.title = title
        self.login = login
        self.scope = scope
        self.max_seconds = max_seconds

    def work(self, env, prepared, index):
        if "crm.lead.report" in env:
            rpc(env, "crm.lead", "get_lead_home", self.scope)
            return
        rpc(
            *(env, "crm.lead", "formatted_read_group", [("type", "=", "lead")]),
            groupby=["create_date:month", "team_id"],
            aggregates=["__count"],
        )


class PageWeight(Benchmark):
    """What the browser loads before the first page, and what only when it is shown;
    minified, and compressed as it is sent."""

    name = "pages-weight"
    title = "Weight of the pages"
    # of what native loads at the start
    max_ratio = 1.03

    def run(self, native, addon, report) -> list[Result]:
        start, own, lazy = [], [], []
        for side in (native, addon):
            report(side.name, 0)
            with side.transaction() as env:
                start.append(weigh(env, START_BUNDLE))
                if side is addon:
                    own.append(weigh(env, START_BUNDLE, ADDON_FILES))
                    lazy.append(weigh(env, LAZY_BUNDLE))
        return [
            Result(
                self.name,
                "Loaded at the start",
                native=Sample(start[:1]),
                addon=Sample(start[1:]),
                max_ratio=self.max_ratio,
                unit="kB",
            ),
            Result(self.name, "… of it ours", addon=Sample(own), unit="kB"),
            Result(self.name, "Ours, when shown", addon=Sample(lazy), unit="kB"),
        ]


def weigh(env, bundle_name: str, prefix: str = "") -> float:
    """Return the kilobytes of a bundle, or of the files in it below a path."""
    bundle = env["ir.qweb"]._get_asset_bundle(bundle_name, debug_assets=False)
    scripts = [a for a in bundle.javascripts if (a.url or "").startswith(prefix)]
    sheets = [a for a in bundle.stylesheets if (a.url or "").startswith(prefix)]
    bundle.templates = [a for a in bundle.templates if a.url.startswith(prefix)]
    parts = [asset.minify() for asset in scripts]
    if bundle.templates:
        parts.append(bundle.generate_xml_bundle())
    # Sheets are compiled as one; what is in them already costs their own text at most.
    parts += [asset.content for asset in sheets]
    return len(gzip.compress("\n".join(parts).encode())) / 1000


class Pages(Benchmark):
    """The pages of the Leads menu and the reports. Opening one: its action, its views
    and what its first view reads. The lead home's one call. Each report:
    `formatted_read_group` with its groups and measures, as graph and pivot ask for
    them. Beside them native's Leads menu, or its Leads Analysis by the same group or by
    the one that comes closest. And how much the browser loads, before the first page
    and later."""

    name = "pages"
    title = "Pages and reports"

    @staticmethod
    def parts() -> tuple:
        """Return the benchmarks of which this one consists."""
        return (
            LeadHome("Lead home, salesperson", SALESMAN, "mine", 0.06),
            LeadHome("Lead home, manager of a team", IMPORTER, "team", 0.1),
            OpenHome(),
            *(OpenPage(*page) for page in PAGES),
            *REPORTS,
            PageWeight(),
        )

    def run(self, native, addon, report):
        return [
            result
            for benchmark in self.parts()
            for result in benchmark.run(native, addon, report)
        ]


PAGES = [
    (f"Open {title}", action, *native)
    for title, action, *native in (
        ("All Leads", "lead_management.crm_lead_action_all"),
        ("My Leads", "lead_management.crm_lead_action_my_leads"),
        ("To Claim", "lead_management_assignment.crm_lead_action_to_claim"),
        ("My Unread Leads", "lead_management.crm_lead_action_unread"),
        ("Recently Viewed", "lead_management.crm_lead_action_recent"),
        ("Neglected Leads", "lead_management.crm_lead_action_neglected"),
        ("Source Effectiveness", REPORT + "source", NATIVE_ANALYSIS),
        ("Status Funnel", REPORT + "funnel", NATIVE_ANALYSIS),
    )
]
