from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

# Of what undoing needs. Records are [model, id], fields [model, id, name, old, new].
FOR_UNDOING = {"readonly": True, "groups": "base.group_system"}


class CrmLeadConversion(models.Model):
    """The ledger of conversions: who made what of which lead, and how to undo it.

    Whoever may read the lead reads its entry. What undoing needs is for the system
    alone: it holds values of accounts that the reader may not know.

    Conversions write it, through whichever door they come. An entry stays when it is
    undone, and says so.

    UNDO

    Who may: a sales manager, and who converted; for as many days as the settings say.
    What is compared is what the result was when the conversion was through with what it
    is now, so that it does not matter who changed it, or how soon.

    It is refused, with every reason, when

      * a record that the conversion created is used by something else (an order, an
        invoice, another lead…; `links.py`), or the opportunity is;
      * somebody else has edited one since, or the opportunity;
      * one was merged with another record since, or the lead was (`merge.py`);
      * the opportunity is won, lost or archived.

    Otherwise, in one transaction:

      * fields that were filled go back to what they were, where nobody changed them;
      * what was moved goes back to the lead, copies of files are deleted;
      * the lead gets its values back, where nobody changed them, and its status;
      * what was created is deleted; archived where the database still needs it, or
        where something would be lost with it: what was typed since, messages, files,
        plans for somebody.

    What will happen is said beforehand, and in the lead's chatter afterwards.
    """

    _name = "crm.lead.conversion"
    _inherit = ["lead.access.mixin"]
    _description = "Lead Conversion"
    _order = "id desc"
    _rec_name = "lead_id"

    lead_id = fields.Many2one(
        "crm.lead", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="lead_id.company_id",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    user_id = fields.Many2one("res.users", "Converted By User", readonly=True)
    # Who it was is told when the user is long deleted.
    user_name = fields.Char(
        "Converted By", compute="_compute_user_name", store=True, precompute=True
    )
    date = fields.Datetime("Converted On", readonly=True)
    target = fields.Selection(
        [("account", "Account"), ("opportunity", "Account and opportunity")],
        readonly=True,
    )
    account_id = fields.Many2one("res.partner", index="btree_not_null", readonly=True)
    contact_id = fields.Many2one("res.partner", index="btree_not_null", readonly=True)
    same_person_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        readonly=True,
        help="The contact of another account who is the same person",
    )
    opportunity_id = fields.Many2one("crm.lead", index="btree_not_null", readonly=True)
    undone_user_id = fields.Many2one("res.users", "Undone By User", readonly=True)
    undone_user_name = fields.Char(
        "Undone By", compute="_compute_undone_user_name", store=True
    )
    undone_date = fields.Datetime("Undone On", readonly=True)
    can_undo = fields.Boolean(compute="_compute_can_undo")
    created = fields.Json("Created Records", **FOR_UNDOING)
    filled = fields.Json("Filled Fields", **FOR_UNDOING)
    moved = fields.Json("Moved Records", **FOR_UNDOING)
    snapshot = fields.Json("Lead Before", **FOR_UNDOING)
    changed = fields.Json("Lead Fields Changed", **FOR_UNDOING)
    result_values = fields.Json(
        "Created Records After",
        help="The values of each created record when the conversion was complete",
        **FOR_UNDOING,
    )
    result_links = fields.Json(
        "Links to the Result",
        help="What referred to the result when the conversion was complete, as [model,"
        " id, model, field, id]",
        **FOR_UNDOING,
    )
    merged = fields.Json(
        "Merged Since",
        help="Of each merge since: what was merged, and into what",
        **FOR_UNDOING,
    )

    # What each lead has become, for the reports
    _current_idx = models.Index(
        "(lead_id, id DESC) INCLUDE (opportunity_id)"
        " WHERE undone_date IS NULL AND opportunity_id IS NOT NULL"
    )

    @api.depends("user_id")
    def _compute_user_name(self):
        self._keep_names("user_id", "user_name")

    @api.depends("undone_user_id")
    def _compute_undone_user_name(self):
        self._keep_names("undone_user_id", "undone_user_name")

    @api.depends_context("uid")
    @api.depends("user_id", "date", "undone_date")
    def _compute_can_undo(self):
        for conversion in self:
            conversion.can_undo = not conversion._get_undo_refusal()

    # ------------------------------------------------------------
    # RECORDING
    # ------------------------------------------------------------

    def _record(self, plans):
        """Enter plans that were carried out; return the entries, in their order."""
        return self._enter(
            [
                {
                    **self._prepare_entry(plan.lead, plan.snapshot),
                    "target": plan.target,
                    "account_id": plan.account.id,
                    "contact_id": plan.contact.id,
                    "same_person_id": plan.same_person and plan.same_person.id,
                    "opportunity_id": plan.lead.id
                    if plan.keeps_lead
                    else plan.opportunity.id,
                    "created": [[record._name, record.id] for record in plan.created],
                    "filled": plan.filled,
                    "moved": plan.moved,
                }
                for plan in plans
            ]
        )

    def _record_native(self, snapshots):
        """Enter leads that native made opportunities, by their values before."""
        leads = self.env["crm.lead"].concat(*snapshots)
        dated = leads.filtered(lambda lead: snapshots[lead]["date_conversion"])
        entries = dated._get_open_conversions()
        # A lead that has become an account goes on to be its opportunity.
        for entry in entries:
            lead = entry.lead_id
            entry.write(
                {
                    "target": "opportunity",
                    "opportunity_id": lead.id,
                    "changed": self._get_changed(lead, entry.snapshot),
                }
            )
        self._enter(
            [
                {
                    **self._prepare_entry(lead, snapshots[lead]),
                    "target": "opportunity",
                    "account_id": lead.partner_id.commercial_partner_id.id,
                    "contact_id": not lead.partner_id.is_company and lead.partner_id.id,
                    "opportunity_id": lead.id,
                }
                for lead in leads - entries.lead_id
            ]
        )

    def _enter(self, vals_list):
        entries = self.sudo().create(vals_list).with_env(self.env)
        self.env["crm.lead"].invalidate_model(self._get_lead_fields())
        return entries

    def _get_lead_fields(self):
        """Return the names of what leads show of their entry."""
        return [
            field.name
            for field in self.env["crm.lead"]._fields.values()
            if field.compute == "_compute_conversion_id"
        ]

    def _prepare_entry(self, lead, snapshot):
        return {
            "lead_id": lead.id,
            "user_id": self.env.uid,
            "date": fields.Datetime.now(),
            "snapshot": snapshot,
            "changed": self._get_changed(lead, snapshot),
        }

    def _get_changed(self, lead, snapshot):
        """Return what a lead was and is, of the values that are others now."""
        now = lead._get_conversion_snapshot()
        return {
            name: [value, now[name]]
            for name, value in snapshot.items()
            if name in now and now[name] != value
        }

    def _post_links(self):
        """Say in the chatter of all records that took part which the others are."""
        notes = defaultdict(list)
        for entry in self:
            lead = entry.lead_id
            parts = entry.account_id, entry.contact_id, entry.opportunity_id
            parts = dict.fromkeys(part for part in parts if part)
            results = [record for record in parts if record != lead]
            links = [record._get_html_link() for record in results]
            notes[lead].append(self.env._("Converted to %s", Markup(", ").join(links)))
            source = self.env._("Converted from the lead %s", lead._get_html_link())
            for record in results:
                notes[record].append(source)
            if entry.same_person_id:
                notes[entry.contact_id].append(
                    self.env._(
                        "The same person as %s",
                        entry.same_person_id._get_html_link(),
                    )
                )
        for model_name in ("res.partner", "crm.lead"):
            bodies = {
                record.id: Markup("<br/>").join(lines)
                for record, lines in notes.items()
                if record._name == model_name
            }
            self.env[model_name].browse(bodies)._message_log_batch(bodies=bodies)

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_open_result(self):
        """Return the action that opens what the lead was converted to.

        :raise UserError: there is no single conversion, or nothing is left of it
        """
        if len(self) != 1:
            raise UserError(self.env._("Choose one conversion to open its result."))
        result = self.opportunity_id or self.account_id or self.contact_id
        if not result:
            raise UserError(
                self.env._(
                    "What “%(lead)s” was converted to has been deleted since.",
                    lead=self.lead_id.display_name,
                )
            )
        return result._get_records_action(name=result.display_name, context={})
