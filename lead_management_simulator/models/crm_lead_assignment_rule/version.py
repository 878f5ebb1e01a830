from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmLeadAssignmentRule(models.Model):
    """Versions: what a draft has replaced stays as it was.

    Leads, and what is kept about why somebody has got them, refer to the entries of the
    version that decided. So neither the version nor its entries can be changed any
    more; who wants it back makes a draft of it. It can be deleted.

    Changing the active rule itself keeps no version. The leads that its entries have
    assigned would have to refer to the copy, as those entries are what is changed; and
    each row that is dragged or typed in would be a version of its own. It is the way
    for small corrections; a draft is the way for what one may want to go back on.
    """

    _inherit = "crm.lead.assignment.rule"

    version = fields.Integer(default=1, readonly=True, copy=False, system=True)
    replaced_by_id = fields.Many2one(
        "crm.lead.assignment.rule",
        readonly=True,
        copy=False,
        system=True,
        index="btree_not_null",
    )
    replaced_date = fields.Datetime(
        "Replaced On", readonly=True, copy=False, system=True
    )
    version_count = fields.Integer(
        "Earlier Versions", compute="_compute_version_count", compute_sudo=False
    )

    @api.depends("replaced_by_id")
    def _compute_version_count(self):
        for rule in self:
            rule.version_count = len(rule._get_earlier()) if rule.id else 0

    @api.depends("name", "version", "draft_of_id", "replaced_date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for rule in self:
            if rule.draft_of_id and not rule.active:
                rule.display_name = self.env._("%s (draft)", rule.name)
            elif rule.replaced_date:
                rule.display_name = self.env._(
                    "%(rule)s (version %(version)s)",
                    rule=rule.name,
                    version=rule.version,
                )
        return result

    def _get_earlier(self):
        """Return the versions that led to the rule."""
        found = last = self.with_context(active_test=False).browse(self.ids)
        while last:
            last = last.search([("replaced_by_id", "in", last.ids)]) - found
            found |= last
        return found.with_env(self.env) - self

    def _get_current(self):
        """Return what has replaced the rule at last, or itself."""
        current, seen = self, self
        while current.replaced_by_id and current.replaced_by_id not in seen:
            current = current.replaced_by_id
            seen |= current
        return current

    def action_open_versions(self):
        """Return the action that lists the earlier versions of the rule."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_management_assignment.crm_lead_assignment_rule_action"
        )
        action.update(
            name=self.env._("Earlier versions"),
            domain=[("id", "in", self._get_earlier().ids)],
            context={"active_test": False, "create": False},
            path=False,
        )
        return action

    def write(self, vals):
        self._check_not_replaced()
        return super().write(vals)

    def unlink(self):
        self.check_access("unlink")
        self._hand_on_versions()
        return super().unlink()

    def _hand_on_versions(self):
        """Let the versions that the rules have replaced be replaced by what has
        replaced the rules. If nothing has, they are archived rules like others, which
        can be changed and used: nobody could make a draft of them."""
        rules = self.sudo().with_context(active_test=False)
        versions = rules.search([("replaced_by_id", "in", self.ids)]) - rules
        for gone, replaced in versions.grouped("replaced_by_id").items():
            left = gone
            while left in rules:
                left = left.replaced_by_id
            vals = {"replaced_by_id": left.id}
            if not left:
                vals["replaced_date"] = False
            replaced.write(vals)

    def _check_not_replaced(self):
        """Refuse to change a version that decided about leads."""
        if self._may_write_system_fields():
            return
        for rule in self.filtered("replaced_date"):
            raise UserError(
                self.env._(
                    "“%(rule)s” was replaced, and is kept as it decided about leads."
                    " Make a draft of it to use it again.",
                    rule=rule.display_name,
                )
            )


class CrmLeadAssignmentRuleEntry(models.Model):
    """The entries of a version are kept with it."""

    _inherit = "crm.lead.assignment.rule.entry"

    @api.model_create_multi
    def create(self, vals_list):
        entries = super().create(vals_list)
        entries.rule_id._check_not_replaced()
        return entries

    def write(self, vals):
        self.rule_id._check_not_replaced()
        result = super().write(vals)
        self.rule_id._check_not_replaced()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_replaced(self):
        self.rule_id._check_not_replaced()
