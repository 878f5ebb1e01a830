from collections import namedtuple

from lxml import etree

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

COUNT_LIMIT = 10_000
SEARCH_VIEW = "crm.view_crm_case_leads_filter"
LEADS_ACTION = "lead_management.crm_lead_action_all"

# A filter of an action's search view, which the home page counts
HomeView = namedtuple(
    "HomeView",
    "sequence name icon action search_view",
    defaults=(LEADS_ACTION, SEARCH_VIEW),
)


class CrmLead(models.Model):
    """What the lead home page counts.

    A view of the page is a filter of the leads' search view: its name, what it counts
    and what a click opens are the filter's, so that they can't differ. Extend
    `_get_home_view_list` for more of them.
    """

    _inherit = "crm.lead"

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

    def _get_home_views(self):
        views = sorted(self._get_home_view_list())
        names = {view.name for view in views}
        filters, found = {}, []
        # Read together
        actions = self.env["ir.actions.act_window"].sudo()
        actions = actions.browse(self._get_home_id(view.action) for view in views)
        for view, action in zip(views, actions, strict=True):
            model = self.env[action.res_model]
            key = model, view.search_view
            if key not in filters:
                filters[key] = self._get_home_filters(*key, names)
            label, domain = filters[key][view.name]
            domain &= Domain(self._eval_home(action.domain))
            # What is counted of records about leads is of late, and so of few leads.
            model = model.with_context(lead_access_each=True)
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

    def _get_home_id(self, xml_id):
        """Return the id of what an addon has made, without reading it."""
        data = self.env["ir.model.data"]
        return data._xmlid_to_res_id(xml_id, raise_if_not_found=True)

    def _eval_home(self, domain):
        return safe_eval(domain or "[]", {"uid": self.env.uid})

    def _get_home_filters(self, model, search_view, names):
        """Return label and domain of the filters of a search view that are counted."""
        view_id = self._get_home_id(search_view)
        arch = etree.fromstring(model.get_view(view_id, "search")["arch"])
        return {
            node.get("name"): (
                node.get("string"),
                Domain(self._eval_home(node.get("domain"))),
            )
            for node in arch.iter("filter")
            if node.get("name") in names
        }
