from collections import namedtuple

from lxml import etree

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from .profile import REQUIRED_SETTINGS
from .status import OPEN_CATEGORIES

COUNT_LIMIT = 10_000
KEY_LEADS = 5
RECENT_LEADS = 5
LEAD_FIELDS = (
    *("name", "contact_name", "partner_name"),
    *("stars", "bant_score", "status_id"),
)
TASKS = 8
BARS = 6
SEARCH_VIEW = "crm.view_crm_case_leads_filter"
LEADS_ACTION = "lead_management.crm_lead_action_all"

# A filter of an action's search view, which the home page counts
HomeView = namedtuple(
    "HomeView",
    "sequence name icon action search_view",
    defaults=(LEADS_ACTION, SEARCH_VIEW),
)


class CrmLead(models.Model):
    """What the lead home page shows, read at once.

    A view of the page is a filter of the leads' search view: its name, what it counts
    and what a click opens are the filter's, so that they can't differ. Extend
    `_get_home_view_list` for more of them, and `get_lead_home` for other things.
    """

    _inherit = "crm.lead"

    @api.model
    @api.readonly
    def get_lead_home(self, scope="mine"):
        """Return all that the lead home page shows to the current user.

        :param str scope: whose key leads and charts: `mine`, or `team` for those of the
            user's teams (of everybody the user may see, without a team)
        :return: `{"views", "key_leads", "recent", "tasks", "charts", "tools",
            "lead_buttons", "sources", "required"}`; counts stop at `count_limit`
        :rtype: dict
        """
        self.check_access("read")
        domain = self._get_home_domain(scope)
        filters = self._get_home_report_filters(scope)
        return {
            "count_limit": COUNT_LIMIT,
            "views": self._get_home_views(),
            "key_leads": self._get_home_key_leads(
                domain & Domain("is_laid_aside", "=", False)
            ),
            "recent": self._get_home_recent_leads(),
            "tasks": self._get_home_tasks(),
            "charts": [
                {
                    "title": self.env._("By source"),
                    "action": "lead_management.crm_lead_report_action_by_source",
                    "filters": filters,
                    **self._get_home_chart(domain, "source_id"),
                },
                {
                    "title": self.env._("By status"),
                    "action": "lead_management.crm_lead_report_action_funnel",
                    "filters": filters,
                    **self._get_home_chart(domain, "status_id"),
                },
            ],
            "tools": self._get_home_tools(),
            "lead_buttons": self._get_home_lead_buttons(),
            "sources": self.env["utm.source"].search_read(
                [("is_lead_source", "=", True)], ["display_name"], order="name"
            ),
            "required": self._get_home_required(),
        }

    @api.model
    def _get_home_domain(self, scope):
        """Return the domain of the open leads of the user, or of the user's teams."""
        domain = Domain("type", "=", "lead") & Domain(
            "status_id.category", "in", OPEN_CATEGORIES
        )
        if scope != "team":
            return domain & Domain("user_id", "=", self.env.uid)
        teams = self._get_home_teams()
        return domain & Domain("team_id", "in", teams.ids) if teams else domain

    @api.model
    def _get_home_teams(self):
        # As the filter of the report does, whose page a chart opens
        teams = self.env["crm.team"].with_context(active_test=False)
        return teams.search(
            ["|", ("user_id", "=", self.env.uid), ("member_ids", "=", self.env.uid)]
        )

    @api.model
    def _get_home_report_filters(self, scope):
        """Return the filters of the report that show what a chart counts."""
        if scope != "team":
            return ["open", "my_leads"]
        return ["open", "my_team"] if self._get_home_teams() else ["open"]

    # ------------------------------------------------------------
    # VIEWS
    # ------------------------------------------------------------

    @api.model
    def _get_home_view_list(self):
        """Return what the home page counts, as `HomeView`s; their sequence is theirs on
        the page."""
        return [
            HomeView(
                10,
                "my_unread",
                "fa-envelope-o",
                "lead_management.crm_lead_action_unread",
            ),
            HomeView(
                20, "my_leads", "fa-user-o", "lead_management.crm_lead_action_my_leads"
            ),
            HomeView(30, "open", "fa-folder-open-o"),
            HomeView(40, "today", "fa-calendar-o"),
            HomeView(60, "recycled_due", "fa-refresh"),
            HomeView(
                70,
                "neglected",
                "fa-clock-o",
                "lead_management.crm_lead_action_neglected",
            ),
            HomeView(80, "recent", "fa-eye", "lead_management.crm_lead_action_recent"),
            HomeView(
                90,
                "this_month",
                "fa-check",
                "lead_management.crm_lead_conversion_action",
                "lead_management.crm_lead_conversion_view_search",
            ),
        ]

    @api.model
    def _get_home_views(self):
        views = sorted(self._get_home_view_list())
        names = {view.name for view in views}
        filters = {
            key: self._get_home_filters(*key, names)
            for key in {
                (self._get_home_model(view), view.search_view) for view in views
            }
        }
        found = []
        for view in views:
            model = self._get_home_model(view)
            label, domain = filters[model, view.search_view][view.name]
            domain &= Domain(self._eval_home(self._get_home_action(view).domain))
            found.append((view, label, model._search(domain, limit=COUNT_LIMIT)))
        # One query for all of them
        counts = SQL(", ").join(
            SQL("(SELECT COUNT(*) FROM %s AS found)", query.subselect())
            for _view, _label, query in found
        )
        [counts] = self.env.execute_query(SQL("SELECT %s", counts))
        return [
            {
                "name": view.name,
                "label": label,
                "icon": view.icon,
                "action": view.action,
                "count": count,
            }
            for (view, label, _query), count in zip(found, counts, strict=True)
        ]

    @api.model
    def _get_home_action(self, view):
        return self.env.ref(view.action).sudo()

    @api.model
    def _get_home_model(self, view):
        return self.env[self._get_home_action(view).res_model]

    @api.model
    def _eval_home(self, domain):
        return safe_eval(domain or "[]", {"uid": self.env.uid})

    @api.model
    def _get_home_filters(self, model, search_view, names):
        """Return label and domain of the filters of a search view that are counted."""
        view_id = self.env.ref(search_view).id
        arch = etree.fromstring(model.get_view(view_id, "search")["arch"])
        return {
            node.get("name"): (
                node.get("string"),
                Domain(self._eval_home(node.get("domain"))),
            )
            for node in arch.iter("filter")
            if node.get("name") in names
        }

    # ------------------------------------------------------------
    # LISTS
    # ------------------------------------------------------------

    @api.model
    def _get_home_key_leads(self, domain):
        leads = self.search_fetch(
            domain,
            LEAD_FIELDS,
            order="stars DESC, bant_score DESC, id DESC",
            limit=KEY_LEADS,
        )
        return [
            {
                **lead._get_home_names(),
                "stars": int(lead.stars or 0),
                "score": lead.bant_score,
                "status": lead.status_id.name,
                "color": lead.status_id.color,
            }
            for lead in leads
        ]

    @api.model
    def _get_home_recent_leads(self):
        """Return the leads that the user opened last and may still read."""
        leads = self.with_context(active_test=False).search_fetch(
            [("is_recent", "=", True), ("type", "=", "lead")],
            LEAD_FIELDS,
            order="is_recent DESC",
            limit=RECENT_LEADS,
        )
        return [lead._get_home_names() for lead in leads]

    def _get_home_names(self):
        return {
            "id": self.id,
            "name": self.contact_name or self.partner_name or self.name,
            "company": self.partner_name if self.contact_name else "",
        }

    @api.model
    def _get_home_tasks(self):
        """Return the user's tasks on leads that are due, and how many there are."""
        today = fields.Date.context_today(self)
        activities = self.env["mail.activity"]
        domain = [
            ("res_model", "=", self._name),
            ("user_id", "=", self.env.uid),
            ("date_deadline", "<=", today),
        ]
        due = activities.search(domain, order="date_deadline, id", limit=TASKS)
        return {
            "count": activities.search_count(domain, limit=COUNT_LIMIT)
            if len(due) == TASKS
            else len(due),
            "items": [
                {
                    "id": activity.id,
                    "lead_id": activity.res_id,
                    "lead": activity.res_name,
                    "summary": activity.summary or activity.activity_type_id.name,
                    "icon": activity.icon or activity.activity_type_id.icon,
                    "days_late": (today - activity.date_deadline).days,
                }
                for activity in due
            ],
        }

    @api.model
    def _get_home_chart(self, domain, field_name):
        """Return the largest groups of leads, with what the others have together."""
        groups = self._read_group(
            domain, [field_name], ["__count"], order="__count DESC"
        )
        bars = [
            {"id": group.id, "label": group.display_name or "", "count": count}
            for group, count in groups
        ]
        return {
            "field": field_name,
            "bars": bars[:BARS],
            "others": sum(bar["count"] for bar in bars[BARS:]),
            "most": max((bar["count"] for bar in bars), default=0),
        }

    # ------------------------------------------------------------
    # TOOLS AND FORM
    # ------------------------------------------------------------

    @api.model
    def _get_home_tools(self):
        """Return the entries below the menu of tools that the user may see."""
        root = self.env.ref("lead_management.crm_lead_menu_tools", False)
        if not root:
            return []
        # A search doesn't look at the groups of menus.
        menus = self.env["ir.ui.menu"].search([("parent_id", "=", root.id)])
        menus = menus._filter_visible_menus()
        return [
            {"name": menu.name, "action": menu.action.id}
            for menu in menus
            if menu.action
        ]

    @api.model
    def _get_home_lead_buttons(self):
        """Return the buttons beside each key lead and task.

        :return: a list of `{"method", "label", "icon"}`; the method of the lead returns
            an action
        """
        return []

    @api.model
    def _get_home_required(self):
        """Return which of the fields of the quick addition the admin asks for."""
        get_flag = self.env["ir.config_parameter"]._get_lead_flag
        required = {
            name: get_flag(parameter) for name, parameter in REQUIRED_SETTINGS.items()
        }
        return {
            "name": required["contact_first_name"] or required["contact_last_name"],
            "company": required["partner_name"],
        }
