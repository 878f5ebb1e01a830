from odoo import api, models
from odoo.fields import Domain

from .home_views import COUNT_LIMIT
from .profile import REQUIRED_SETTINGS
from .status import OPEN_CATEGORIES


class CrmLead(models.Model):
    """What the lead home page shows, read at once.

    Extend `_get_home_view_list` for more that is counted (`home_views.py`), and
    `get_lead_home` for other things.
    """

    _inherit = "crm.lead"

    @api.model
    @api.readonly
    def get_lead_home(self, scope="mine"):
        """Return all that the lead home page shows to the current user.

        :param str scope: whose key leads and charts: `mine`, or `team` for those of the
            user's teams (of everybody the user may see, without a team)
        :return: `{"views", "key_leads", "recent", "tasks", "charts", "tools",
            "lead_buttons", "sources", "required", "setup"}`; counts stop at
            `count_limit`
        """
        self.check_access("read")
        domain = self._get_home_domain(scope)
        filters = self._get_home_report_filters(scope)
        by_source, by_status = self._get_home_charts(domain, ["source_id", "status_id"])
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
                    **by_source,
                },
                {
                    "title": self.env._("By status"),
                    "action": "lead_management.crm_lead_report_action_funnel",
                    "filters": filters,
                    **by_status,
                },
            ],
            "tools": self._get_home_tools(),
            "lead_buttons": self._get_home_lead_buttons(),
            "sources": self.env["utm.source"].search_read(
                [("is_lead_source", "=", True)], ["display_name"], order="name"
            ),
            "required": self._get_home_required(),
            "setup": self._get_home_setup(),
        }

    def _get_home_domain(self, scope):
        """Return the domain of the open leads of the user, or of the user's teams."""
        domain = Domain("type", "=", "lead") & Domain(
            "status_id.category", "in", OPEN_CATEGORIES
        )
        if scope != "team":
            return domain & Domain("user_id", "=", self.env.uid)
        teams = self._get_home_teams()
        return domain & Domain("team_id", "in", teams.ids) if teams else domain

    def _get_home_teams(self):
        # As the filter of the report does, whose page a chart opens
        teams = self.env["crm.team"].with_context(active_test=False)
        return teams.search(
            ["|", ("user_id", "=", self.env.uid), ("member_ids", "=", self.env.uid)]
        )

    def _get_home_report_filters(self, scope):
        """Return the filters of the report that show what a chart counts."""
        if scope != "team":
            return ["open", "my_leads"]
        return ["open", "my_team"] if self._get_home_teams() else ["open"]

    # ------------------------------------------------------------
    # TOOLS AND FORM
    # ------------------------------------------------------------

    def _get_home_tools(self):
        """Return the entries below the menu of tools that the user may see."""
        root_id = self.env["ir.model.data"]._xmlid_to_res_id(
            "lead_management.crm_lead_menu_tools"
        )
        if not root_id:
            return []
        # A search doesn't look at the groups of menus.
        menus = self.env["ir.ui.menu"].search([("parent_id", "=", root_id)])
        menus = menus._filter_visible_menus()
        return [
            {"name": menu.name, "action": menu.action.id}
            for menu in menus
            if menu.action
        ]

    def _get_home_lead_buttons(self):
        """Return the buttons beside each key lead and task.

        :return: a list of `{"method", "label", "icon"}`; the method of the lead returns
            an action
        """
        return []

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
