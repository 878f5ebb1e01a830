from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmLeadAssignmentRule(models.Model):
    """Rules are changed in a draft, tried out, and then activated.

    SPECIFICATION

    A draft is an archived copy of a rule, with its entries; each of them knows the
    entry that it is a copy of. It assigns nothing. There is one draft of a rule, which
    all managers of assignment share.

    Activating a draft archives the active rule of its company, and makes the draft the
    active one, at once: no lead that arrives meanwhile meets two rules or none. What
    was replaced is a version of the rule from then on: see `version.py`.
    """

    _inherit = "crm.lead.assignment.rule"

    draft_of_id = fields.Many2one(
        "crm.lead.assignment.rule",
        readonly=True,
        copy=False,
        system=True,
        index="btree_not_null",
        ondelete="cascade",
        help="The rule that this is a draft of",
    )
    simulation_ids = fields.One2many("crm.lead.assignment.simulation", "rule_id")
    simulation_count = fields.Integer(compute="_compute_simulation_count")
    is_outdated = fields.Boolean(
        compute="_compute_is_outdated",
        help="The rule was changed after the draft was made of it",
    )

    @api.depends("simulation_ids")
    def _compute_simulation_count(self):
        groups = self.env["crm.lead.assignment.simulation"]._read_group(
            [("rule_id", "in", self.ids)], ["rule_id"], ["__count"]
        )
        counts = {rule.id: count for rule, count in groups}
        for rule in self:
            rule.simulation_count = counts.get(rule.id, 0)

    @api.depends("draft_of_id.write_date", "draft_of_id.entry_ids.write_date")
    def _compute_is_outdated(self):
        for rule in self:
            changed = [*rule.draft_of_id, *rule.draft_of_id.entry_ids]
            dates = [one.write_date for one in changed if one.write_date]
            rule.is_outdated = bool(
                rule.create_date and dates and max(dates) > rule.create_date
            )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active"):
            # Unarchived by hand, where no rule was in use: a rule like others
            self.filtered("draft_of_id")._as_system().draft_of_id = False
        return result

    def action_open_draft(self):
        """Open the draft of the rule, a new one if there is none.

        :raise UserError: the rule is a draft itself, or was never used
        """
        self.ensure_one()
        self.check_access("write")
        current = self._get_current()
        if not current.active and self.replaced_date:
            # What has replaced it was archived by hand, for whatever is in use now.
            used = self.with_context(active_test=True)
            of_company = [("company_id", "=", self.company_id.id)]
            current = used.search(of_company) or current
        if self._is_draft() or not (current.active or self.replaced_date):
            raise UserError(
                self.env._(
                    "“%(rule)s” isn't in use: change it as it is, and then unarchive"
                    " or activate it.",
                    rule=self.name,
                )
            )
        drafts = self.with_context(active_test=False)
        draft = drafts.search(
            [("draft_of_id", "=", current.id), ("active", "=", False)], limit=1
        )
        if not draft or self != current:
            draft.unlink()
            draft = self._make_draft(current)
        return draft._open()

    def _make_draft(self, current):
        """Return a copy to work on.

        :param current: the rule that the draft may replace: this one, or what has
            replaced it
        """
        draft = self._as_system().copy(
            {
                "name": current.name,
                "draft_of_id": current.id,
                "version": current.version + 1,
            }
        )
        for entry, copied in zip(self.entry_ids, draft.entry_ids, strict=True):
            copied.original_id = entry
        return draft.with_env(self.env)

    def action_simulate(self):
        """Open a new simulation of the draft."""
        self.ensure_one()
        self.check_access("write")
        self._check_is_draft()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Simulate"),
            "res_model": "crm.lead.assignment.simulation",
            "view_mode": "form",
            "context": {"default_rule_id": self.id},
        }

    def action_activate(self):
        """Let the draft assign leads from now on, in place of the active rule.

        :return: the action that opens it
        :raise UserError: it is no draft
        """
        self.ensure_one()
        self.check_access("write")
        self._check_is_draft()
        # The list of rules shows archived ones, and says so in its context.
        used = self.with_context(active_test=True)
        current = used.search([("company_id", "=", self.company_id.id)])
        version = max(rule.version for rule in current | self.draft_of_id) + 1
        replaced = current or self.draft_of_id
        replaced._as_system().write(
            {
                "active": False,
                "replaced_by_id": self.id,
                "replaced_date": fields.Datetime.now(),
            }
        )
        # One a company is active, at any moment.
        replaced.flush_recordset()
        self._as_system().write(
            {"active": True, "draft_of_id": False, "version": version}
        )
        return self._open()

    def _is_draft(self):
        return bool(self.draft_of_id) and not self.active

    def _check_is_draft(self):
        if not self._is_draft():
            raise UserError(
                self.env._(
                    "“%(rule)s” isn't a draft. Make one of the active rule first.",
                    rule=self.name,
                )
            )

    def _open(self):
        return self._get_records_action(name=self.env._("Assignment Rule"), context={})

    def action_open_simulations(self):
        """Return the action that lists the simulations of the rule."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_management_simulator.crm_lead_assignment_simulation_action"
        )
        action["domain"] = [("rule_id", "in", self.ids)]
        action["context"] = {"default_rule_id": self.id}
        return action


class CrmLeadAssignmentRuleEntry(models.Model):
    """An entry of a draft knows which entry it is a copy of."""

    _inherit = "crm.lead.assignment.rule.entry"

    original_id = fields.Many2one(
        "crm.lead.assignment.rule.entry",
        readonly=True,
        copy=False,
        system=True,
        index="btree_not_null",
        help="The entry of the version before that this one was made of",
    )
