from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError

OPEN_CATEGORIES = ("new", "assigned", "in_process", "recycled")
# The context value under which a status is written unasked; no client can send it.
FOLLOWS = object()


class CrmLead(models.Model):
    """The status of a lead.

    A lead has a status; an opportunity that was a lead keeps the status Converted; an
    opportunity that never was a lead has none. The status changes in two ways:

    1. **A person writes `status_id`** (`status_change.py`). Salespeople may move a lead
       along the `next_status_ids` of its status only; sales managers and code running
       as superuser may make every move. A move to a Dead status loses the lead as
       native Lost does and asks for a lost reason, a move from Dead to an open status
       restores it, a move to Converted is refused with the way to the convert wizard.
    2. **A native door changes the lead** (`status_follow.py`). It always succeeds and
       the status follows, compared before and after each `write`:

       * the lead becomes an opportunity, or is won: Converted;
       * the opportunity becomes a lead again, or is no longer won: the status it had
         before;
       * it is lost: Dead; it is no longer lost: the status it had before;
       * whatever happens to a lead that has become another record: Converted, until
         its conversion is undone;
       * it gets an owner: New becomes Assigned; it loses its owner: Assigned becomes
         New;
       * a message to the contact, or a done activity: New (with an owner) and Assigned
         become In Process;
       * leads are merged: the status furthest on its way stays.

    A new lead starts Assigned when it has an owner, else New.
    """

    _inherit = "crm.lead"

    status_id = fields.Many2one(
        "crm.lead.status",
        compute="_compute_status_id",
        precompute=True,
        store=True,
        readonly=False,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        tracking=16,
        group_expand="_read_group_status_ids",
    )
    status_category = fields.Selection(related="status_id.category")
    status_color = fields.Integer(related="status_id.color", aggregator=None)
    # What is sanitized when an admin writes it is not once more when a lead is read.
    status_guidance = fields.Html(related="status_id.guidance", sanitize=False)
    status_before_id = fields.Many2one(
        "crm.lead.status",
        "Status Before Closing",
        copy=False,
        readonly=True,
        system=True,
        help="The status the lead goes back to when it is restored or its conversion"
        " is undone",
    )
    date_status_update = fields.Datetime(
        "Last Status Update",
        copy=False,
        readonly=True,
        system=True,
        default=fields.Datetime.now,
    )
    status_days = fields.Integer("Days in Status", compute="_compute_status_days")
    status_seconds = fields.Json(
        "Time in Statuses Left",
        copy=False,
        readonly=True,
        system=True,
        help="Seconds spent in each status the lead has left, by the status' id",
    )
    status_duration = fields.Json(
        "Time in Statuses",
        compute="_compute_status_duration",
        help="Seconds spent in each status until now, by the status' id",
    )

    def _compute_status_id(self):
        # No dependencies: this is where a lead starts. What moves it on is in write().
        for lead in self:
            is_lead = lead.type != "opportunity"
            lead.status_id = is_lead and lead._get_initial_status()

    @api.onchange("user_id")
    def _onchange_user_id_status(self):
        # Forms send the status they show, and so they have to show the right one.
        if not self._origin and self.status_category in ("new", "assigned"):
            self.status_id = self._get_initial_status()

    @api.depends("date_status_update")
    def _compute_status_days(self):
        now = self.env.cr.now()
        for lead in self:
            since = lead.date_status_update or lead.create_date or now
            lead.status_days = max((now - since).days, 0)

    @api.depends("status_id", "status_seconds", "date_status_update")
    def _compute_status_duration(self):
        now = self.env.cr.now()
        for lead in self:
            lead.status_duration = lead._get_status_seconds(now)

    def _read_group_status_ids(self, statuses, domain):
        # Every active status is a column, so that a lead can be dragged to it.
        return statuses.search([]) | statuses

    def _get_status_seconds(self, until):
        """Return the seconds spent in each status until a point in time, by its id.

        Kept on the lead, in the row that a change of status writes anyway.
        `mail.tracking.duration.mixin` adds up the chatter's tracking, of one field: the
        stage has it here, and tracking is off in imports.
        """
        seconds = dict(self.status_seconds or {})
        if self.status_id:
            since = self.date_status_update or self.create_date or until
            spent = max(int((until - since).total_seconds()), 0)
            key = str(self.status_id.id)
            seconds[key] = seconds.get(key, 0) + spent
        return seconds

    def _get_initial_status(self):
        """Return the status of a lead nothing has happened to yet."""
        return self.env["crm.lead.status"]._get_of_category(
            "assigned" if self.user_id else "new"
        )

    def _get_status_before(self):
        """Return the status that a closed lead goes back to: the one it had, or the
        one that takes its place by now."""
        before = self.status_before_id
        if before.category not in OPEN_CATEGORIES:
            return self._get_initial_status()
        return before if before.active else before._get_of_category(before.category)

    def _write_status(self, status, because=None):
        """Write a status without asking whether a person may make the move.

        What a move means to the rest of the lead has happened already.

        :param because: the `Decision` that nobody made by hand
        """
        now = self.env.cr.now()
        vals = {"status_id": status.id, "date_status_update": now}
        # Every lead has its own times; the field's write keeps them to the one UPDATE
        # that the statuses take.
        seconds = self._fields["status_seconds"]
        for lead in self:
            seconds.write(lead, lead._get_status_seconds(now))
        following = self._as_system().with_context(lead_status=FOLLOWS)
        is_open = (self.status_id | status).filtered(
            lambda known: known.category in OPEN_CATEGORIES
        )
        for before, leads in following.grouped("status_id").items():
            if before in is_open and status not in is_open:
                leads.write({**vals, "status_before_id": before.id})
            else:
                leads.write(vals)
        if because:
            self._note_decisions("status", dict.fromkeys(self, because))

    def _followed_later(self):
        """Return the leads such that what is written moves no status: whoever writes
        calls `_follow_doors` afterwards, once for all."""
        return self.with_context(lead_status=FOLLOWS)

    def _is_status_written(self):
        """Tell whether it is `_write_status` that writes."""
        return self.env.context.get("lead_status") is FOLLOWS

    def _check_not_closed(self):
        """Refuse to move leads on that have become another record."""
        for lead in self._filtered_closed_by_conversion():
            raise UserError(
                self.env._(
                    "“%s” is converted. Undo the conversion first.", lead.display_name
                )
            )

    # ------------------------------------------------------------
    # DIALOGS
    # ------------------------------------------------------------

    def action_open_lost(self):
        """Open the dialog that asks why leads are dead.

        :return: native's action, under the name of the status they get
        """
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm.crm_lead_lost_action"
        )
        action["name"] = self.env["crm.lead.status"]._get_of_category("dead").name
        action["context"] = {
            "lead_dead": True,
            "dialog_size": "medium",
            "default_lead_ids": self.ids,
            "active_model": self._name,
            "active_id": self[:1].id,
            "active_ids": self.ids,
        }
        return action

    def action_open_convert(self):
        """Open the convert wizard.

        :return: native's action, perhaps changed by other addons, under a title that
            is true without an opportunity as well
        """
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm.action_crm_lead2opportunity_partner"
        )
        action["name"] = self.env._("Convert lead")
        action["context"] = {
            "active_model": self._name,
            "active_id": self[:1].id,
            "active_ids": self.ids,
            "lead_convert_first": True,
            "dialog_size": "extra-large",  # three cards side by side
        }
        return action

    def _get_way_to_convert(self, message):
        """Return the error that offers to convert the leads instead."""
        return RedirectWarning(
            message,
            self.env.ref("crm.action_crm_lead2opportunity_partner").id,
            self.env._("Convert"),
            self.action_open_convert()["context"],
        )
