from odoo import api, fields, models
from odoo.exceptions import UserError

MERGED_MODELS = {"crm.lead": "lead_id", "res.partner": "partner_id"}


class CrmMerge(models.Model):
    """The ledger of merges: who merged which records into which, and how to take that
    apart again.

    Every merge of leads or opportunities and every merge of contacts is entered,
    whichever dialog, job or call it comes from. Whoever may read the survivor (the
    record that is left) reads its entries.

    WHAT IS KEPT

    The rows of the database that the merge changes or deletes, as they were and as it
    left them (`crm.merge.line`): those of the merged records and of the survivor, and
    those that point at them (messages, activities, files, orders, members …). They are
    found by what the database itself knows about links, so that no app is named here.
    Nobody reads them: they hold values that the reader of the entry may not know.

    SEPARATING

    Who may: a sales manager, and who merged; who may change the survivor, create such
    records, and works in the companies of what comes back. For as many days as the
    settings say, after which the entry is deleted.

    It is refused, with the reason, when the survivor is deleted, or was merged again
    since: then the later merge is taken apart first.

    Otherwise, in one transaction:

      * the merged records come back, with all their values, under the ids they had: so
        whatever has kept these finds the records again;
      * what the merge moved, changed or deleted is put back, value by value, where it
        still is as the merge left it. What somebody has changed, moved or deleted since
        stays so, and is said;
      * what has come to the survivor since stays with it, and so does what the chatter
        says about the merge.
    """

    _name = "crm.merge"
    _inherit = ["lead.access.mixin"]
    _description = "Merge"
    _order = "id desc"
    _rec_name = "merged_names"

    _access_fields = dict.fromkeys(MERGED_MODELS.values(), "write")
    _counts_as_use = False

    lead_id = fields.Many2one(
        "crm.lead", "Lead or Opportunity", index="btree_not_null", readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner", "Account or Contact", index="btree_not_null", readonly=True
    )
    model = fields.Selection(
        [("crm.lead", "Leads"), ("res.partner", "Contacts")],
        "Kind",
        required=True,
        readonly=True,
    )
    survivor_name = fields.Char("Into", compute="_compute_survivor_name")
    merged_names = fields.Char("Merged Records", readonly=True)
    user_id = fields.Many2one("res.users", "Merged By User", readonly=True)
    user_name = fields.Char(
        "Merged By", compute="_compute_user_name", store=True, precompute=True
    )
    date = fields.Datetime("Merged On", readonly=True, index=True)
    active = fields.Boolean(
        default=True, readonly=True, help="The merge has been carried out"
    )
    separated_user_id = fields.Many2one("res.users", "Separated By User", readonly=True)
    separated_user_name = fields.Char(
        "Separated By", compute="_compute_separated_user_name", store=True
    )
    separated_date = fields.Datetime("Separated On", readonly=True)
    can_separate = fields.Boolean(compute="_compute_can_separate")
    # The ids and names of the merged records
    merged = fields.Json("Merged Ids", readonly=True, groups="base.group_system")
    line_ids = fields.One2many(
        "crm.merge.line", "merge_id", readonly=True, groups="base.group_system"
    )

    @api.depends("user_id")
    def _compute_user_name(self):
        self._keep_names("user_id", "user_name")

    @api.depends("separated_user_id")
    def _compute_separated_user_name(self):
        self._keep_names("separated_user_id", "separated_user_name")

    @api.depends("lead_id", "partner_id")
    @api.depends_context("uid")
    def _compute_survivor_name(self):
        for merge in self:
            merge.survivor_name = merge._get_survivor().display_name

    @api.depends_context("uid")
    @api.depends("user_id", "date", "separated_date", "lead_id", "partner_id")
    def _compute_can_separate(self):
        # Asked for all at once: a list shows many.
        later = self._find_later()
        survivors = {
            self[name]._name: self[name]._filtered_access("write")
            for name in MERGED_MODELS.values()
        }
        for merge in self:
            merge.can_separate = merge._get_survivor() in survivors[
                merge.model
            ] and not merge._get_refusals(later)

    def _get_survivor(self):
        """Return the record that is left of a merge, empty if it is deleted."""
        self.ensure_one()
        return self[MERGED_MODELS[self.model or "crm.lead"]]

    def _check_one(self):
        """Refuse to do anything to no merge, or to many."""
        if len(self) != 1:
            raise UserError(
                self.env._(
                    "Choose one merge, in Leads ‣ Tools ‣ Merges or on the record that"
                    " is left of it."
                )
            )

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_review_separate(self):
        """Open the dialog that says what separating does, and does it.

        :raise UserError: there is no merge, or more than one
        """
        self._check_one()
        self.check_access("read")
        return self.env["crm.merge.separate"]._get_records_action(
            name=self.env._("Separate"),
            target="new",
            context={
                "default_merge_id": self.id,
                "dialog_size": "medium",
                "lead_notice": True,  # say when it is done
            },
        )

    def action_separate(self):
        """Take the merge apart.

        :return: the action that opens what came back
        :raise UserError: it can't be done; gives every reason
        """
        self._check_one()
        self._get_survivor().check_access("write")
        self._lock_survivor()
        self.env.invalidate_all()
        plan = self._plan_separate()
        if plan.refusals:
            raise UserError(self._get_refusal_text(plan.refusals))
        return self._get_separated_action(self._separate(plan))

    def action_open_survivor(self):
        """Return the action that opens the record that is left.

        :raise UserError: there is no single merge, or nothing is left of it
        """
        self._check_one()
        if not self._get_survivor():
            raise UserError(
                self.env._("What “%s” was merged into is deleted.", self.merged_names)
            )
        return self._get_survivor()._get_records_action(context={})

    def _get_action_of(self, records, name):
        """Return the action that lists the merges into the records."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_management_duplicate.crm_merge_action"
        )
        return {
            **action,
            "name": name,
            "domain": [(MERGED_MODELS[records._name], "in", records.ids)],
            # Those that are counted; the separated ones on demand
            "context": {"search_default_merged": 1},
        }

    def _count_merges(self, records):
        """Compute how many merges into each record are not separated again."""
        name = MERGED_MODELS[records._name]
        counts = {}
        if self.has_access("read"):
            counts = {
                record.id: count
                for record, count in self._read_group(
                    [(name, "in", records.ids), ("separated_date", "=", False)],
                    [name],
                    ["__count"],
                )
            }
        for record in records:
            record.merge_count = counts.get(record._origin.id, 0)
