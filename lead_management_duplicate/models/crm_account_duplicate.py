import logging
import time

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import SQL, format_list

from odoo.addons.lead_management.models.res_partner.account_key import VAT

from ..tools.duplicate_groups import find_groups

_logger = logging.getLogger(__name__)

# Evidence that more accounts share says nothing: a shopping centre's phone.
MAX_SHARED = 19
# What Odoo's wizard merges at a time.
MAX_MERGED = 3
# The evidence: its field, the column of contacts, and what it is worth. Best first.
EVIDENCE = (
    ("same_vat", SQL(VAT), 8),
    ("same_name", SQL("account_key"), 4),
    ("same_website", SQL("account_domain"), 2),
    ("same_phone", SQL("phone_sanitized"), 1),
)
RELATION = "crm_account_duplicate_res_partner_rel"


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
    _description = "Possible Duplicate Accounts"
    _order = "strength desc, id"

    _counts_as_use = False  # only compares accounts

    state = fields.Selection(
        [
            ("open", "To review"),
            ("merged", "Merged"),
            ("dismissed", "Not duplicates"),
        ],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    account_ids = fields.Many2many("res.partner", RELATION, readonly=True)
    same_name = fields.Boolean(readonly=True)
    same_website = fields.Boolean(readonly=True)
    same_vat = fields.Boolean("Same Tax ID", readonly=True)
    same_phone = fields.Boolean(readonly=True)
    strength = fields.Integer(readonly=True, help="The better the evidence, the more")
    may_review = fields.Boolean(
        compute="_compute_may_review",
        search="_search_may_review",
        help="The user may read two of the accounts or more",
    )
    reasons = fields.Char(compute="_compute_reasons")
    hidden_count = fields.Integer("Hidden", compute="_compute_hidden_count")
    lead_count = fields.Integer("Leads", compute="_compute_usage")
    contact_count = fields.Integer("Contacts", compute="_compute_usage")
    order_count = fields.Integer("Orders", compute="_compute_usage")

    @api.depends("account_ids")
    @api.depends_context("uid")
    def _compute_display_name(self):
        for group in self:
            accounts = group.account_ids.sorted("id")
            names = format_list(self.env, accounts.mapped("display_name"))
            if group.hidden_count:
                names = self.env._(
                    "%(names)s and %(count)s more that you cannot open",
                    names=names,
                    count=group.hidden_count,
                )
            group.display_name = names

    @api.depends_context("uid")
    def _compute_may_review(self):
        # Rules ask for the field itself: as superuser, not to ask them in turn.
        reviewed = self.sudo().search(
            [("id", "in", self.ids), ("may_review", "=", True)]
        )
        for group in self:
            group.may_review = group.id in reviewed._ids

    def _search_may_review(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Rules are applied as superuser: this is about what the user may read.
        readable = self.env["res.partner"].sudo(False)._search([])
        return [
            (
                "id",
                "in",
                SQL(
                    """
                    SELECT crm_account_duplicate_id FROM %s
                     WHERE res_partner_id IN %s
                     GROUP BY crm_account_duplicate_id HAVING COUNT(*) > 1
                    """,
                    SQL.identifier(RELATION),
                    readable.subselect(),
                ),
            )
        ]

    @api.depends(*(name for name, _column, _weight in EVIDENCE))
    def _compute_reasons(self):
        labels = {
            "same_vat": self.env._("same tax ID"),
            "same_name": self.env._("same name"),
            "same_website": self.env._("same website"),
            "same_phone": self.env._("same phone"),
        }
        for group in self:
            group.reasons = ", ".join(
                label for name, label in labels.items() if group[name]
            )

    @api.depends("account_ids")
    @api.depends_context("uid")
    def _compute_hidden_count(self):
        self.env.cr.execute(
            SQL(
                """
                SELECT crm_account_duplicate_id, COUNT(*)
                  FROM %s JOIN res_partner ON res_partner.id = res_partner_id
                 WHERE active AND crm_account_duplicate_id = ANY(%s)
                 GROUP BY crm_account_duplicate_id
                """,
                SQL.identifier(RELATION),
                self.ids,
            )
        )
        counts = dict(self.env.cr.fetchall())
        for group in self:
            group.hidden_count = max(
                counts.get(group.id, 0) - len(group.account_ids), 0
            )

    @api.depends("account_ids")
    @api.depends_context("uid")
    def _compute_usage(self):
        for group in self:
            for name in ("lead_count", "contact_count", "order_count"):
                group[name] = sum(group.account_ids.mapped(f"account_{name}"))

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

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

    def action_dismiss(self):
        """Remember that the accounts of each group are no duplicates."""
        self._check_may_decide()
        self.env["res.partner"]._keep_apart([group.account_ids.ids for group in self])
        self.sudo().state = "dismissed"

    def action_reopen(self):
        """Forget that the accounts of each group are no duplicates."""
        self._check_may_decide()
        for group in self:
            for account in group.account_ids:
                account.sudo().not_duplicate_ids -= group.account_ids
        self.sudo().state = "open"

    def action_search_again(self):
        """Search now, and show what was found.

        :raise UserError: somebody else is searching
        """
        self._check_may_decide()
        if not self.sudo()._refresh():
            raise UserError(
                self.env._("The search is running already. Come back in a minute.")
            )
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _check_may_decide(self):
        """Leave decisions to those who may merge contacts.

        Besides their rights, that is who has Odoo's own action to merge, where it is
        kept to groups: by an admin, or by the OCA's partner_deduplicate_acl.

        :raise AccessError: says who may
        """
        self.check_access("read")
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

    # ------------------------------------------------------------
    # SEARCHING
    # ------------------------------------------------------------

    @api.model
    def _cron_refresh(self):
        """Search for duplicates among all accounts."""
        self._refresh()

    @api.model
    def _refresh(self):
        """Renew the groups to review, unless somebody is doing so.

        :return: whether it was done
        """
        start = time.monotonic()
        self.env.cr.execute(
            "SELECT pg_try_advisory_xact_lock(hashtext(%s))", [self._name]
        )
        if not self.env.cr.fetchone()[0]:
            return False
        self.env["res.partner"].flush_model()
        clusters, companies = self._find_clusters()
        found = find_groups(clusters, companies, self._get_pairs_apart())
        self._store(found)
        _logger.info(
            "%s groups of possible duplicate accounts, found in %.1f s",
            len(found),
            time.monotonic() - start,
        )
        return True

    @api.model
    def _find_clusters(self):
        """Return the accounts that share evidence, and the companies they are of.

        :return: `(clusters, companies)` as `find_groups` takes them
        """
        clusters, companies = [], {}
        for name, column, _weight in EVIDENCE:
            self.env.cr.execute(
                SQL(
                    """
                    SELECT array_agg(id), array_agg(company_id)
                      FROM res_partner
                     WHERE is_company AND active AND parent_id IS NULL
                       AND %(column)s > ''
                       AND NOT EXISTS (SELECT FROM res_company
                                        WHERE partner_id = res_partner.id)
                     GROUP BY %(column)s
                    HAVING COUNT(*) BETWEEN 2 AND %(limit)s
                    """,
                    column=column,
                    limit=MAX_SHARED,
                )
            )
            for ids, company_ids in self.env.cr.fetchall():
                clusters.append((name, ids))
                companies.update(zip(ids, company_ids, strict=True))
        return clusters, companies

    @api.model
    def _get_pairs_apart(self):
        self.env.cr.execute(
            "SELECT least(partner_id, other_id), greatest(partner_id, other_id)"
            " FROM res_partner_not_duplicate_rel"
        )
        return set(self.env.cr.fetchall())

    @api.model
    def _store(self, found):
        """Bring the groups to review in line with what was found.

        :param dict found: what `find_groups` returns
        """
        known = self.with_context(active_test=False).search(
            [("state", "!=", "dismissed")], order="id desc"
        )
        by_accounts = {tuple(sorted(group.account_ids.ids)): group for group in known}
        kept = {ids: group for ids, group in by_accounts.items() if ids in found}
        (known - known.browse().union(*kept.values())).unlink()
        new = []
        for ids, kinds in found.items():
            values = {name: name in kinds for name, _column, _weight in EVIDENCE}
            values["strength"] = sum(
                weight for name, _column, weight in EVIDENCE if name in kinds
            )
            values["state"] = "open"
            if group := kept.get(ids):
                group.write(
                    {n: value for n, value in values.items() if group[n] != value}
                )
            else:
                new.append({**values, "account_ids": [Command.set(ids)]})
        self.create(new)

    @api.model
    def _close_merged(self, account, merged):
        """Close the groups of which merging has left one account.

        :param account: the one that is left
        :param merged: those that are about to be deleted
        """
        groups = self.sudo().search(
            [("account_ids", "in", account.ids), ("state", "=", "open")]
        )
        groups.invalidate_recordset(["account_ids"])
        groups.filtered(lambda group: len(group.account_ids - merged) < 2).write(
            {"state": "merged"}
        )
        groups.invalidate_recordset(["account_ids"])
