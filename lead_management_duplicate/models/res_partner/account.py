from odoo import api, fields, models
from odoo.fields import Command

from ...tools.pairs_apart import get_pairs


class ResPartner(models.Model):
    """What hangs on an account, what was merged into it, and which other accounts it is
    no duplicate of."""

    _inherit = "res.partner"

    not_duplicate_ids = fields.Many2many(
        "res.partner",
        "res_partner_not_duplicate_rel",
        "partner_id",
        "other_id",
        "Not Duplicates",
        copy=False,
        help="Accounts that somebody has marked as different companies; kept for one of"
        " the two",
    )
    account_lead_count = fields.Integer(
        "Leads and Opportunities", compute="_compute_account_usage"
    )
    account_contact_count = fields.Integer("Contacts", compute="_compute_account_usage")
    account_order_count = fields.Integer("Orders", compute="_compute_account_usage")

    merge_count = fields.Integer("Merges", compute="_compute_merge_count")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_account_usage(self):
        contacts = self._group_of_accounts(
            "res.partner",
            "commercial_partner_id",
            [("id", "not in", self.ids), ("commercial_partner_id", "in", self.ids)],
        )
        leads = self._group_by_account("crm.lead")
        linked = self._group_of_accounts(
            "crm.lead",
            "account_id",
            [("account_id", "in", self.ids), ("partner_id", "=", False)],
        )
        orders = self._group_by_account("sale.order")
        for partner in self:
            account = partner._origin.id
            partner.account_contact_count = contacts.get(account, 0)
            partner.account_lead_count = leads.get(account, 0) + linked.get(account, 0)
            partner.account_order_count = orders.get(account, 0)

    def _group_by_account(self, model):
        """Count the records of a model, those of the accounts' contacts too; return the
        numbers by id of the account; of models that aren't installed, or that the user
        may not read, none."""
        if model not in self.env or not self.env[model].has_access("read"):
            return {}
        counts = {}
        for partner, count in self.env[model]._read_group(
            [("partner_id.commercial_partner_id", "in", self.ids)],
            ["partner_id"],
            ["__count"],
        ):
            account_id = partner.sudo().commercial_partner_id.id
            counts[account_id] = counts.get(account_id, 0) + count
        return counts

    def _group_of_accounts(self, model, field_name, domain):
        if not self.env[model].has_access("read"):
            return {}
        return {
            account.id: count
            for account, count in self.env[model]._read_group(
                domain, [field_name], ["__count"]
            )
        }

    # ------------------------------------------------------------
    # DUPLICATES
    # ------------------------------------------------------------

    def action_not_duplicate(self):
        """Take an account out of the group of duplicates that is shown.

        The group is the context's `account_duplicate_id`.
        """
        groups = self.env["crm.account.duplicate"]
        return groups._leave_shown(self, "account_duplicate_id")

    def _keep_apart(self, groups):
        """Remember which accounts are no duplicates of each other."""
        for account_id, other_ids in get_pairs(groups).items():
            self.browse(account_id).sudo().not_duplicate_ids = [
                Command.link(other_id) for other_id in other_ids
            ]

    # ------------------------------------------------------------
    # MERGES
    # ------------------------------------------------------------

    @api.depends_context("uid")
    def _compute_merge_count(self):
        self.env["crm.merge"]._count_merges(self)

    def action_open_merges(self):
        """Return the action that lists what was merged into the contacts."""
        return self.env["crm.merge"]._get_action_of(self, self.env._("Merges"))
