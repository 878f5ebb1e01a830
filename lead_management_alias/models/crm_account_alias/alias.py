from odoo import api, fields, models

from odoo.addons.lead_management.tools import account_key

from ...tools.learned import DIFFERENT, FORMER, SAME


class CrmAccountAlias(models.Model):
    """What people have said of a name: that it is an account, or that it is not.

    SPECIFICATION

    A line is kept

    * when a person links a lead to an account, or converts it into one, whose name does
      not lead there by itself: the account would not have come first, or not been sure
      (`lesson.py`);
    * when a person says of an account that is shown for a lead: *Not the same*;
    * when a person adds a name on the account's form;
    * when an account gets another name: the former one.

    What follows from it for whom is in `tools/learned.py`. Names are compared as those
    of accounts are, by their exact key (`res.partner.account_key`).

    Nothing is ever changed in a line. It is taken away

    * by hand, on the account's form or in the list of learned names: one's own lines by
      everybody, all lines by sales managers;
    * when who linked the lead links it to another account, or to none;
    * when the conversion that taught it is undone;
    * with the account; the lines of merged accounts go to the one that is left.

    Then accounts are found as if it had never been there.
    """

    _name = "crm.account.alias"
    _inherit = ["lead.access.mixin"]
    _description = "Learned Name"
    _order = "id desc"

    _access_fields = {"partner_id": "read"}
    _counts_as_use = False  # goes with the account, and uses it for nothing

    name = fields.Char(required=True, readonly=True, help="The name as it was typed")
    account_key = fields.Char(
        compute="_compute_account_key",
        store=True,
        precompute=True,
        help="What spellings of the name have in common",
    )
    key_version = fields.Integer(
        compute="_compute_account_key", store=True, precompute=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Account",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Selection(
        [
            (SAME, "Also known as"),
            (DIFFERENT, "Not the same"),
            (FORMER, "Former name"),
        ],
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one("res.users", "Added By", readonly=True, index=True)
    origin = fields.Selection(
        [
            ("lead", "Lead"),
            ("conversion", "Conversion"),
            ("rename", "Renaming"),
            ("merge", "Merge"),
            ("hand", "Typed by hand"),
        ],
        "Learned From",
        required=True,
        readonly=True,
        help="How the name was learned",
    )
    create_date = fields.Datetime("Since", readonly=True)
    can_forget = fields.Boolean(compute="_compute_can_forget")
    # Who reads the line need not know of the lead.
    lead_id = fields.Many2one(
        "crm.lead", readonly=True, index="btree_not_null", groups="base.group_system"
    )
    conversion_id = fields.Many2one(
        "crm.lead.conversion",
        readonly=True,
        index="btree_not_null",
        groups="base.group_system",
    )

    _account_key_idx = models.Index("(account_key, partner_id)")

    @api.depends("name")
    def _compute_account_key(self):
        for alias in self:
            alias.account_key = account_key.company_key(alias.name) or False
            alias.key_version = account_key.VERSION

    @api.depends_context("uid")
    @api.depends("user_id")
    def _compute_can_forget(self):
        allowed = self._filtered_access("unlink")
        for alias in self:
            alias.can_forget = alias in allowed

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_forget(self):
        """Take lines away, so that accounts are found as if they had never been there.

        :raise AccessError: a line is somebody else's, and the user no sales manager
        """
        self.exists().unlink()
        return True

    def _renew_keys(self):
        """Fold the names anew that were folded by other rules than the present ones."""
        outdated = self.sudo().search([("key_version", "!=", account_key.VERSION)])
        outdated._compute_account_key()
