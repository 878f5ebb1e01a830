from collections import defaultdict, namedtuple

from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError
from odoo.http import request
from odoo.tools import format_list

OPEN_CATEGORIES = ("new", "assigned", "in_process", "recycled")
# Which status survives a merge: the one furthest on its way.
MERGE_ORDER = ("dead", "new", "recycled", "assigned", "in_process", "converted")
# What a door must change to move the status.
DOOR_FIELDS = {"active", "probability", "stage_id", "type", "user_id"}
# The context value under which a status is written unasked; no client can send it.
FOLLOWS = object()

DoorState = namedtuple("DoorState", "type user won_status")


class CrmLead(models.Model):
    """The status of a lead.

    A lead has a status; an opportunity that was a lead keeps the status Converted; an
    opportunity that never was a lead has none. The status changes in two ways:

    1. **A person writes `status_id`.** Salespeople may move a lead along the
       `next_status_ids` of its status only; sales managers and code running as
       superuser may make every move. A move to a Dead status loses the lead as native
       Lost does and asks for a lost reason, a move from Dead to an open status restores
       it, a move to Converted is refused with the way to the convert wizard.
    2. **A native door changes the lead.** It always succeeds and the status follows,
       compared before and after each `write`:

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
        index="btree_not_null",
        ondelete="set null",
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
            if lead.type == "opportunity":
                lead.status_id = False
            else:
                lead.status_id = lead._get_initial_status()

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

    @api.model
    def _read_group_status_ids(self, statuses, domain):
        # Every active status is a column, so that a lead can be dragged to it.
        return statuses.search([]) | statuses

    # ------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        initially = DoorState("lead", None, "pending")
        leads.filtered(
            lambda lead: lead.type == "lead" and lead.won_status != "pending"
        )._follow_doors(defaultdict(lambda: initially))
        leads._apply_initial_status()
        return leads

    def write(self, vals):
        if self.env.context.get("lead_status") is FOLLOWS:
            return super().write(vals)
        if "status_id" in vals:
            return self._write_status_of_person(vals)
        if not vals.keys() & DOOR_FIELDS:
            return super().write(vals)
        before = {lead: lead._get_door_state() for lead in self}
        result = super().write(vals)
        self._check_not_won(before)
        self._follow_doors(before)
        return result

    def action_set_lost(self, **additional_values):
        """Lose leads and opportunities, the native way.

        :raise UserError: a lead has become an account, and would be an open lead
            besides it when it is restored
        """
        self._check_not_closed()
        return super().action_set_lost(**additional_values)

    def _check_not_closed(self):
        """Refuse to move leads on that have become another record.

        :raise UserError: names the first, and the way on
        """
        for lead in self._filtered_closed_by_conversion():
            raise UserError(
                self.env._(
                    "“%s” is converted. Undo the conversion first.", lead.display_name
                )
            )

    def web_save(self, *args, **kwargs):
        leads = self.with_context(lead_saved_by_client=True)
        return super(CrmLead, leads).web_save(*args, **kwargs)

    def web_save_multi(self, *args, **kwargs):
        leads = self.with_context(lead_saved_by_client=True)
        return super(CrmLead, leads).web_save_multi(*args, **kwargs)

    def _check_not_won(self, before):
        """Refuse to let a client win leads: what is won is an opportunity, which a lead
        becomes when it is converted. Odoo's own code may win one, and a conversion that
        comes later makes it whole.

        :param dict before: the `DoorState` of each lead before the change
        :raise RedirectWarning: with the way to the conversion
        """
        if self.env.su or not (request or self.env.context.get("lead_saved_by_client")):
            return
        for lead in self:
            if (
                lead.type == "lead"
                and lead.won_status == "won"
                and before[lead].won_status != "won"
            ):
                raise RedirectWarning(
                    self.env._(
                        "“%(lead)s” is a lead: convert it to an opportunity, which can"
                        " be won.",
                        lead=lead.display_name,
                    ),
                    self.env.ref("crm.action_crm_lead2opportunity_partner").id,
                    self.env._("Convert"),
                    lead._get_convert_action()["context"],
                )

    def _apply_initial_status(self):
        """Bring new leads that were given a closed status in line with it.

        :raise UserError: a lead can't be created as converted
        """
        by_category = self.filtered(lambda lead: lead.type == "lead").grouped(
            "status_category"
        )
        if dead := by_category.get("dead"):
            dead.filtered(lambda lead: lead.won_status != "lost").action_set_lost()
        if (converted := by_category.get("converted")) and not self.env.su:
            # Those that were created as won are among them.
            for lead in converted:
                raise UserError(
                    self.env._(
                        "“%(lead)s” can't be created as %(status)s: leave its status"
                        " empty and convert it once it is there.",
                        lead=lead.display_name,
                        status=lead.status_id.name,
                    )
                )

    # ------------------------------------------------------------
    # A PERSON CHANGES THE STATUS
    # ------------------------------------------------------------

    def action_set_status(self, status_id):
        """Move leads to a status as a person clicks it on the status path.

        :param int status_id: the status to move to
        :return: the action that asks for what the move needs (a lost reason, the
            conversion), or False when the move is done
        :raise UserError: the move is not allowed; names the moves that are
        """
        status = self.env["crm.lead.status"]._get_chosen(status_id)
        self._check_status_transition(status)
        if status.category == "dead":
            return self._get_lost_action()
        if status.category == "converted":
            return self._get_convert_action()
        self.status_id = status
        return False

    def _write_status_of_person(self, vals):
        vals = dict(vals)
        status = self.env["crm.lead.status"].browse(vals.pop("status_id") or ())
        if not status:
            raise UserError(
                self.env._("A lead always has a status: choose one of the status path.")
            )
        moved = self.filtered(lambda lead: lead.status_id != status)
        moved._check_status_transition(status)
        moved._check_status_needs(status, vals)
        if vals:
            self.write(vals)
        if status.category == "dead":
            moved.filtered(lambda lead: lead.won_status != "lost").action_set_lost()
        elif status.category in OPEN_CATEGORIES:
            lost = moved.filtered(lambda lead: lead.won_status == "lost")
            # It goes where the person says, not to the status it had.
            lost.with_context(lead_status=FOLLOWS).action_restore()
        moved._write_status(status)
        return True

    def _check_status_transition(self, status):
        """Refuse moves that the statuses don't allow to the current user.

        :raise UserError: names the lead, its status and the moves that are possible
        """
        self._check_not_closed()
        if self.env.su or self.env.user.has_group("sales_team.group_sale_manager"):
            return
        for lead in self:
            current = lead.status_id
            if not current or status == current or status in current.next_status_ids:
                continue
            if current.next_status_ids:
                way_on = self.env._(
                    "From there it can go to %(statuses)s.",
                    statuses=format_list(
                        self.env, current.next_status_ids.mapped("name"), style="or"
                    ),
                )
            else:
                way_on = self.env._("Only a sales manager can move it from there.")
            raise UserError(
                self.env._(
                    "“%(lead)s” is %(current)s and can't become %(target)s. %(way_on)s",
                    lead=lead.display_name,
                    current=current.name,
                    target=status.name,
                    way_on=way_on,
                )
            )

    def _check_status_needs(self, status, vals):
        """Ask for what a move needs besides the status, when a person makes it.

        :raise RedirectWarning: with the way to the lost reason or to the conversion
        :raise UserError: the record is an opportunity and has left the path
        """
        if self.env.su or not self:
            return
        opportunities = self.filtered(lambda lead: lead.type == "opportunity")
        if opportunities:
            raise UserError(
                self.env._(
                    "“%(name)s” is an opportunity: move it by its stage.",
                    name=opportunities[0].display_name,
                )
            )
        if status.category == "converted" and vals.get("type") != "opportunity":
            raise RedirectWarning(
                self.env._(
                    "A lead becomes %(status)s when it is converted to an account.",
                    status=status.name,
                ),
                self.env.ref("crm.action_crm_lead2opportunity_partner").id,
                self.env._("Convert"),
                self._get_convert_action()["context"],
            )
        if status.category == "dead" and not (
            vals.get("lost_reason_id")
            or all(lead.lost_reason_id or lead.won_status == "lost" for lead in self)
        ):
            raise RedirectWarning(
                self.env._(
                    "A lead becomes %(status)s with a lost reason.", status=status.name
                ),
                self.env.ref("crm.crm_lead_lost_action").id,
                self.env._("Choose a lost reason"),
                self._get_lost_action()["context"],
            )

    def action_open_lost(self):
        """Open the dialog that asks why leads are dead.

        :return: native's action, under the name of the status they get
        """
        return self._get_lost_action()

    def _get_lost_action(self):
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
        return self._get_convert_action()

    def _get_convert_action(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm.action_crm_lead2opportunity_partner"
        )
        action["name"] = self.env._("Convert lead")
        action["context"] = {
            "active_model": self._name,
            "active_id": self[:1].id,
            "active_ids": self.ids,
            "lead_convert_first": True,
        }
        return action

    # ------------------------------------------------------------
    # THE STATUS FOLLOWS
    # ------------------------------------------------------------

    def _get_door_state(self):
        return DoorState(self.type, self.user_id, self.won_status)

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

    def _get_status_of_owner(self, status):
        """Return the status that another owner makes of one; empty if it stays."""
        statuses = self.env["crm.lead.status"]
        if status.category == "new" and self.user_id:
            return statuses._get_of_category("assigned")
        if status.category == "assigned" and not self.user_id:
            return statuses._get_of_category("new")
        return statuses

    def _follow_doors(self, before):
        """Move the status of leads after native code has changed them.

        :param dict before: the `DoorState` of each lead before the change
        """
        # Who gives a lead away may be unable to see it any more.
        leads_by_status = defaultdict(self.sudo().browse)
        dead_by_status = defaultdict(self.sudo().browse)
        for lead in self.sudo():
            status = lead._get_status_after_door(before[lead])
            if status and status != lead.status_id:
                leads_by_status[status] |= lead
            elif (
                lead.status_category == "dead"
                and lead.user_id != before[lead].user
                and (status := lead._get_status_of_owner(lead.status_before_id))
            ):
                # Restored, it will be its new owner's.
                dead_by_status[status] |= lead
        for status, leads in leads_by_status.items():
            leads._write_status(status)
        for status, leads in dead_by_status.items():
            leads.status_before_id = status

    def _get_status_after_door(self, before):
        """Return the status that a native change calls for; see the class docstring.

        :param DoorState before: the lead before the change
        :return: a `crm.lead.status`, empty when the status stays as it is
        """
        statuses = self.env["crm.lead.status"]
        if self.type == "opportunity":
            came_from_lead = before.type == "lead"
            return (
                statuses._get_of_category("converted") if came_from_lead else statuses
            )
        if self.won_status != before.won_status or self.type != before.type:
            if self.won_status == "lost":
                return statuses._get_of_category("dead")
            if self.won_status == "won" or self._filtered_closed_by_conversion():
                return statuses._get_of_category("converted")
            return self._get_status_before()
        if self.user_id != before.user:
            return self._get_status_of_owner(self.status_id)
        return statuses

    def _write_status(self, status):
        """Write a status without asking whether a person may make the move.

        What a move means to the rest of the lead has happened already.
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

    def _mail_track(self, tracked_fields, initial_values):
        # Where the status follows something that the chatter tells anyway, it is not
        # told a second time.
        if any(
            name in initial_values and self[name] != initial_values[name]
            for name in ("type", "won_status")
        ):
            tracked_fields = {
                name: info
                for name, info in tracked_fields.items()
                if name != "status_id"
            }
        return super()._mail_track(tracked_fields, initial_values)

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        if message.mail_activity_type_id or self._is_message_to_contact(message):
            self._set_in_process()
        return result

    def _message_mail_after_hook(self, mails):
        # E-mail composed for many leads at once: no message is posted on each of them.
        # A marketing mailing (the field comes with that app) is no work on a lead.
        result = super()._message_mail_after_hook(mails)
        if "mailing_id" not in mails._fields or not mails.mailing_id:
            self._set_in_process()
        return result

    def _is_message_to_contact(self, message):
        """Tell whether an employee wrote the message, and not as an internal note."""
        return (
            message.message_type in ("comment", "email_outgoing")
            and not message.is_internal
            and not message.subtype_id.internal
            and message.author_id
            and not message.author_id.partner_share
        )

    def _set_in_process(self):
        """Note that work on the leads has begun."""
        begun = self.sudo().filtered(
            lambda lead: (
                lead.type == "lead"
                and lead.user_id
                and lead.status_category in ("new", "assigned")
            )
        )
        begun._write_status(self.env["crm.lead.status"]._get_of_category("in_process"))

    def _merge_dependences(self, opportunities):
        super()._merge_dependences(opportunities)
        merged = self | opportunities
        statuses = merged.status_id
        if not statuses:
            return
        if "opportunity" in merged.mapped("type"):
            best = statuses._get_of_category("converted")
        else:
            best = max(statuses, key=lambda status: MERGE_ORDER.index(status.category))
        if best != self.status_id:
            self._write_status(best)
