from collections import namedtuple

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

MANAGERS = "sales_team.group_sale_manager"

# A step of the checklist. Its action is what a click opens; a model that inherits
# `lead.sample.mixin` may offer a sample beside it.
SetupStep = namedtuple(
    "SetupStep", "sequence name label action is_done sample_model", defaults=(None,)
)


class CrmLead(models.Model):
    """The checklist on the lead home page: what to set up after installing.

    Sales managers see it, until all steps are done in their company, or until one of
    them closes it. A step is done when the database says so, or when somebody ticks it
    off, to whom things are right as they came. Extend `_get_setup_steps` for more
    steps.
    """

    _inherit = "crm.lead"

    def _get_setup_steps(self):
        """Return the steps of the checklist, as `SetupStep`s of the current company."""
        members = self.env["crm.team.member"].search_count(
            self._get_setup_company_domain("crm_team_id.company_id"), limit=2
        )
        return [
            SetupStep(
                10,
                "statuses",
                self.env._("Look through the statuses"),
                "lead_management.crm_lead_status_action",
                self._is_set_up_by_people("crm.lead.status"),
            ),
            SetupStep(
                20,
                "sources",
                self.env._("Choose the lead sources"),
                "lead_management.utm_source_action_lead_source",
                self._is_set_up_by_people(
                    "utm.source", Domain("is_lead_source", "=", True)
                ),
            ),
            SetupStep(
                30,
                "team",
                self.env._("Bring in your team"),
                "sales_team.crm_team_action_config",
                members > 1,
            ),
        ]

    def _get_setup_company_domain(self, field_name="company_id"):
        return Domain(field_name, "in", [False, self.env.company.id])

    def _is_set_up_by_people(self, model_name, domain=Domain.TRUE):
        """Return whether somebody has created or changed such a record: what an addon
        brings along, the superuser has."""
        by_people = Domain("write_uid", "!=", SUPERUSER_ID) & Domain(
            "write_uid", "!=", False
        )
        records = self.env[model_name].with_context(active_test=False)
        return bool(records.search_count(domain & by_people, limit=1))

    def _get_home_setup(self):
        """Return the steps for the home page; none where there is nothing to do, or for
        people who don't do it."""
        if not self.env.user.has_group(MANAGERS):
            return []
        is_closed, ticked = self.env["res.company"]._get_lead_setup()
        if is_closed:
            return []
        steps = [
            step._replace(is_done=step.is_done or step.name in ticked)
            for step in sorted(self._get_setup_steps())
        ]
        if all(step.is_done for step in steps):
            return []
        return [
            {
                "name": step.name,
                "label": step.label,
                "action": step.action,
                "is_done": step.is_done,
                "sample_model": step.sample_model,
                "sample_id": step.sample_model
                and self.env[step.sample_model]._find_sample().id,
            }
            for step in steps
        ]

    @api.model
    def tick_lead_setup(self, name=None, is_done=True):
        """Tick off a step of the checklist by hand, or take that back.

        :param str name: of the step; a name that no step has is left alone
        :param bool is_done: False to take it back
        :raise AccessError: the user is no sales manager
        """
        self._check_setup_access()
        if name not in [step.name for step in self._get_setup_steps()]:
            return
        _is_closed, ticked = self.env["res.company"]._get_lead_setup()
        ticked = ticked | {name} if is_done else ticked - {name}
        self.env.company.sudo().lead_setup_ticked = sorted(ticked)

    @api.model
    def close_lead_setup(self):
        """Take the checklist off the home page, for everybody in the company.

        :raise AccessError: the user is no sales manager
        """
        self._check_setup_access()
        self.env.company.sudo().lead_setup_closed = True

    def _check_setup_access(self):
        if not self.env.user.has_group(MANAGERS):
            raise AccessError(
                self.env._("Only sales managers can change the checklist.")
            )
