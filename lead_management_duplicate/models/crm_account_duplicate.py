from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.lead_management.models.res_partner.account_key import VAT

# What Odoo's wizard merges at a time.
MAX_MERGED = 3


class CrmAccountDuplicate(models.Model):
    """A group of accounts that may be one company.

    SPECIFICATION

    Compared are active companies that are part of no other, but not the companies of
    this database. They may be the same when they have the same account key, web
    domain, tax ID or phone, see `tools/duplicate_groups.py`.

    A scheduled action searches once a night, and who reviews can search at any time:
    one query for each kind of evidence, whatever the number of accounts. Groups that
    are found again keep their record.

    A group is left by merging, in Odoo's own wizard, with its rights and limits, or by
    saying that these are no duplicates. That is remembered for each pair of accounts;
    a further account of the same name asks about itself only as far as it is concerned.

    Groups are shown to those who may read at least two of their accounts. Other
    accounts are counted, and never named.
    """

    _name = "crm.account.duplicate"
    _inherit = ["crm.duplicate.mixin"]
    _description = "Possible Duplicate Accounts"
    _member_field = "account_ids"
    _evidence = (
        ("same_vat", SQL(VAT), 8),
        ("same_name", SQL("account_key"), 4),
        ("same_website", SQL("account_domain"), 2),
        ("same_phone", SQL("phone_sanitized"), 1),
    )

    account_ids = fields.Many2many(
        "res.partner", "crm_account_duplicate_res_partner_rel", readonly=True
    )
    same_name = fields.Boolean(readonly=True)
    same_website = fields.Boolean(readonly=True)
    same_vat = fields.Boolean("Same Tax ID", readonly=True)
    same_phone = fields.Boolean(readonly=True)
    lead_count = fields.Integer("Leads", compute="_compute_usage")
    contact_count = fields.Integer("Contacts", compute="_compute_usage")
    order_count = fields.Integer("Orders", compute="_compute_usage")

    @api.depends("account_ids")
    @api.depends_context("uid")
    def _compute_usage(self):
        for group in self:
            for name in ("lead_count", "contact_count", "order_count"):
                group[name] = sum(group.account_ids.mapped(f"account_{name}"))

    def _get_reason_labels(self):
        return {
            "same_vat": self.env._("same tax ID"),
            "same_name": self.env._("same name"),
            "same_website": self.env._("same website"),
            "same_phone": self.env._("same phone"),
        }

    def _get_compared_condition(self):
        return SQL(
            "is_company AND active AND parent_id IS NULL"
            " AND NOT EXISTS (SELECT FROM res_company"
            " WHERE partner_id = res_partner.id)"
        )

    def action_merge(self):
        """Return Odoo's wizard, to merge the oldest three accounts of the group.

        :raise AccessError: the user may not merge contacts
        :raise UserError: fewer than two accounts are left
        """
        self.ensure_one()
        self._check_may_decide()
        accounts = self.account_ids.sorted("id")[:MAX_MERGED]
        if len(accounts) < 2:
            raise UserError(
                self.env._(
                    "Fewer than two of these accounts are left. Choose “Search Again”"
                    " to renew the list."
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "base.action_partner_merge"
        )
        return {
            **action,
            "context": {
                "active_model": "res.partner",
                "active_ids": accounts.ids,
                "active_test": False,
                "account_duplicate_id": self.id,
            },
        }

    def _check_may_decide(self):
        """Leave decisions to those who may merge contacts.

        Besides their rights, that is who has Odoo's own action to merge, where it is
        kept to groups: by an admin, or by the OCA's partner_deduplicate_acl.
        """
        result = super()._check_may_decide()
        groups = self.env.ref("base.action_partner_merge").sudo().group_ids
        if not self.env["base.partner.merge.automatic.wizard"].has_access("create") or (
            groups and not groups & self.env.user.all_group_ids
        ):
            raise AccessError(
                self.env._(
                    "Only users with the access right “Contact Creation” can decide"
                    " about duplicate accounts. Ask an administrator for it."
                )
            )
        return result
