from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.lead_management.models.lead_notice import RELOAD, get_notification

# How many of the leads that stay the form lists.
SHOWN = 100


class CrmLeadImport(models.Model):
    """An import of leads: who brought which file when, and how to take it back.

    One is made with the first leads of a file; further batches of the file add to it.

    UNDO

    Who may: who imported, and sales managers. Leads that nobody has worked with since
    (see `crm.lead`, `_get_import_touches`) are deleted, whoever owns them now; the
    others stay, and the form says why. A sales manager may insist on deleting those,
    too, that nobody but who imported them has changed: after a mass update, say, that
    was a mistake like the file. What the import wrote on leads that were there
    before, and tags or sources it created, stay too. Undo can be clicked again, when
    the reasons are gone.
    """

    _name = "crm.lead.import"
    _description = "Lead Import"
    _order = "id desc"

    name = fields.Char("File", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        "Imported By",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
    )
    company_id = fields.Many2one(
        "res.company", readonly=True, default=lambda self: self.env.company
    )
    owner_choice = fields.Selection(
        [
            ("file", "As in the file"),
            ("me", "Who imported"),
            ("rules", "By the assignment rules"),
            ("user", "A salesperson"),
            ("queue", "A queue"),
        ],
        "Owner",
        readonly=True,
    )
    state = fields.Selection(
        [("done", "Imported"), ("partial", "Partly undone"), ("undone", "Undone")],
        default="done",
        required=True,
        readonly=True,
    )
    lead_ids = fields.One2many(
        "crm.lead",
        "import_id",
        "Leads",
        readonly=True,
        context={"active_test": False},
    )
    created_count = fields.Integer("Created", readonly=True)
    linked_count = fields.Integer(
        "Linked",
        readonly=True,
        help="Leads that were linked to an account that was there already",
    )
    updated_count = fields.Integer(
        "Updated", readonly=True, help="Leads that were there before and were changed"
    )
    skipped_count = fields.Integer(
        "Skipped",
        readonly=True,
        help="Rows left out as duplicates, or because that was chosen for a column",
    )
    added_count = fields.Integer(
        "Added",
        readonly=True,
        help="Rows of people of whom a lead was open, added to that lead. Undoing the"
        " import leaves them there.",
    )
    left_out_count = fields.Integer(
        "Left Out",
        readonly=True,
        help="Rows with problems that were left out when the others were imported",
    )
    left_out_file = fields.Binary(
        "Rows Left Out",
        readonly=True,
        attachment=True,
        help="The rows with problems, with a column that says why. Correct them, and"
        " import the file.",
    )
    left_out_name = fields.Char(readonly=True)
    undone_date = fields.Datetime("Undone On", readonly=True)
    undone_user_id = fields.Many2one("res.users", "Undone By User", readonly=True)
    # Who it was is told when the user is long deleted.
    undone_user_name = fields.Char(
        "Undone By", compute="_compute_undone_user_name", store=True
    )
    can_undo = fields.Boolean(compute="_compute_can_undo")
    # What undoing would do, for the form.
    lead_count = fields.Integer("Leads Left", compute="_compute_touched")
    touched_count = fields.Integer("Worked On", compute="_compute_touched")
    readable_count = fields.Integer("Leads I Can See", compute="_compute_readable")
    own_edit_count = fields.Integer(
        "Changed by the Importer",
        compute="_compute_touched",
        help="Leads that stay only because who imported them has changed them since",
    )
    can_insist = fields.Boolean(compute="_compute_touched")
    touched_lead_ids = fields.Many2many(
        "crm.lead",
        string="Leads That Stay",
        compute="_compute_touched",
        context={"active_test": False},
    )

    @api.depends_context("uid")
    @api.depends("user_id", "state")
    def _compute_can_undo(self):
        for lead_import in self:
            lead_import.can_undo = (
                lead_import.state != "undone" and lead_import._may_undo()
            )

    @api.depends("undone_user_id")
    def _compute_undone_user_name(self):
        for lead_import in self:
            lead_import.undone_user_name = (
                lead_import.undone_user_id.sudo().name or lead_import.undone_user_name
            )

    @api.depends_context("uid")
    def _compute_touched(self):
        for lead_import in self:
            leads = lead_import._get_leads()
            touched = leads.browse(leads._get_import_touches())
            shown = touched.with_env(self.env)._filtered_access("read")[:SHOWN]
            lead_import.lead_count = len(leads)
            lead_import.touched_count = len(touched)
            lead_import.touched_lead_ids = shown.ids
            lead_import.own_edit_count = (
                len(touched) - len(touched._get_import_touches(lead_import.user_id))
                if touched
                else 0
            )
            lead_import.can_insist = bool(
                lead_import.own_edit_count
                and lead_import.can_undo
                and lead_import._may_insist()
            )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_readable(self):
        counts = dict(
            self.env["crm.lead"]
            .with_context(active_test=False)
            ._read_group([("import_id", "in", self.ids)], ["import_id"], ["__count"])
        )
        for lead_import in self:
            lead_import.readable_count = counts.get(lead_import._origin, 0)

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_undo(self):
        """Delete the leads of the import that nobody has worked with.

        :return: the action that says what was done
        :raise UserError: the user may not, or there is nothing to delete
        """
        return self._undo()

    def action_undo_with_own_edits(self):
        """Delete, beside the leads that nobody has worked with, those that only who
        imported them has changed.

        :return: the action that says what was done
        :raise UserError: the user is no sales manager, or there is nothing to delete
        """
        self._check_undo()
        if not self._may_insist():
            raise UserError(
                self.env._(
                    "Only sales managers can undo the import of “%(file)s” with the"
                    " leads that %(user)s has changed since.",
                    user=self.user_id.name,
                    file=self.name,
                )
            )
        return self._undo(forgiven=self.user_id)

    def _may_insist(self):
        return self.env.su or self.env.user.has_group("sales_team.group_sale_manager")

    def _undo(self, forgiven=None):
        self._check_undo()
        # Who is being written at this moment is being worked with.
        leads = self._get_leads()
        free = leads.try_lock_for_update()
        touches = free._get_import_touches(forgiven)
        untouched = free.browse(set(free.ids) - set(touches))
        if leads and not untouched:
            raise UserError(
                self.env._(
                    "All leads of “%(file)s” have been worked with since. Delete them"
                    " one by one, if that is what you want. Where nobody but %(user)s"
                    " has changed them, a sales manager can undo the import all the"
                    " same.",
                    file=self.name,
                    user=self.user_id.name,
                )
            )
        deleted, kept = len(untouched), len(leads) - len(untouched)
        untouched.unlink()
        self.sudo().write(
            {
                "state": "partial" if kept else "undone",
                "undone_date": fields.Datetime.now(),
                "undone_user_id": self.env.uid,
            }
        )
        message = self.env._("Leads deleted: %(count)s.", count=deleted)
        if kept:
            message = self.env._(
                "Leads deleted: %(count)s. Kept, as somebody has worked with them:"
                " %(kept)s.",
                count=deleted,
                kept=kept,
            )
        return get_notification(message, next_action=RELOAD)

    def action_view_leads(self):
        """Return the action that lists the leads of the import."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("crm.crm_lead_all_leads")
        return {
            **action,
            "display_name": self.name,
            "domain": [("import_id", "=", self.id)],
            "context": {"active_test": False, "create": False},
        }

    def _may_undo(self):
        """Tell whether the user is one of those who may undo the import."""
        self.ensure_one()
        return self.user_id == self.env.user or self._may_insist()

    def _check_undo(self):
        """Raise an error unless the user may undo the import now."""
        if len(self) != 1:
            raise UserError(self.env._("Choose one import to undo."))
        self.check_access("read")
        if not self._may_undo():
            raise UserError(
                self.env._(
                    "Only %(user)s and sales managers can undo the import of"
                    " “%(file)s”.",
                    user=self.user_id.name,
                    file=self.name,
                )
            )
        if self.state == "undone":
            raise UserError(
                self.env._(
                    "The import of “%(file)s” has been undone already.", file=self.name
                )
            )

    def _get_leads(self):
        """Return the leads that the import created and that are still there.

        As superuser, because salespeople may not delete leads, and the rules may have
        given them to somebody else; only `_check_undo` and counts lead here.
        """
        self.ensure_one()
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        return leads.search([("import_id", "=", self.id)], order="id")
