from datetime import timedelta

from odoo import api, fields, models

SAME_MOMENT = timedelta(seconds=1)


class CrmLead(models.Model):
    """Whether the owner has seen a lead, and when anybody did something on it.

    * Unread is a lead that somebody else created for its owner or handed to them. It is
      read once the owner opens it in the client, which says so by `mark_as_read`, or
      changes it. Lists, exports and other people's reading leave it unread.
    * `date_last_touch` is when a person last changed the lead, or a message was written
      or received on it, or an activity done; `date_first_touch`, when work on it began:
      the first message to its contact, or activity done.
    """

    _inherit = "crm.lead"

    is_unread = fields.Boolean(
        "Unread",
        compute="_compute_is_unread",
        precompute=True,
        store=True,
        copy=False,
        help="Its owner has not opened it since somebody else gave it to them",
    )
    date_last_touch = fields.Datetime(
        "Idle Since",
        default=fields.Datetime.now,
        copy=False,
        readonly=True,
        system=True,
        help="When somebody last changed the lead, wrote or got a message or did an"
        " activity",
    )

    date_first_touch = fields.Datetime(
        "First Contact On",
        copy=False,
        readonly=True,
        system=True,
        help="When the contact was first written to or called, or the first activity"
        " was done",
    )

    _unread_idx = models.Index("(user_id) WHERE is_unread IS TRUE")

    def _compute_is_unread(self):
        # No dependencies: how a lead starts. What comes later is in write().
        for lead in self:
            lead.is_unread = bool(
                lead.type == "lead" and lead.user_id and lead.user_id != self.env.user
            )

    def write(self, vals):
        before = {lead: lead.user_id for lead in self} if "user_id" in vals else {}
        result = super().write(vals)
        if before:
            self._follow_owner(before)
        if not self.env.su:
            self._touch()
            self._set_unread(self.filtered(lambda lead: lead._is_own()), False)
        return result

    def _follow_owner(self, before):
        """Make leads unread that somebody got from somebody else.

        :param dict before: the owner of each lead before the change
        """
        handed_over = self.sudo().filtered(
            lambda lead: lead.type == "lead" and lead.user_id != before[lead]
        )
        for owner, leads in handed_over.grouped("user_id").items():
            leads._set_unread(leads, bool(owner) and owner.id != self.env.uid)

    def _set_unread(self, leads, value):
        """Keep the state for the UPDATE that the current write takes anyway."""
        changed = leads.filtered(lambda lead: lead.is_unread != value)
        if changed:
            self._fields["is_unread"].write(changed, value)

    def _is_own(self):
        return self.user_id.id == self.env.uid

    def _touch(self):
        """Note that somebody did something, in the UPDATE that is under way."""
        now = self.env.cr.now()
        self._fields["date_last_touch"].write(self, now)
        self._fields["neglect_level"].write(self, 0)
        self.modified(["date_last_touch"])

    @api.model
    @api.readonly
    def get_unread_count(self):
        """Return how many unread leads the current user has."""
        return self.search_count(
            [
                ("is_unread", "=", True),
                ("user_id", "=", self.env.uid),
                ("type", "=", "lead"),
            ]
        )

    def mark_as_read(self):
        """Note that the current user has opened leads in the client.

        Their own leads only, and without changing when the lead was last written.

        :return: the number of leads that were unread until now
        """
        self.flush_recordset(["is_unread", "user_id"])
        self.env.cr.execute(
            """
            UPDATE crm_lead
               SET is_unread = FALSE
             WHERE id = ANY(%s) AND user_id = %s AND is_unread
            """,
            [list(self.ids), self.env.uid],
        )
        self.invalidate_recordset(["is_unread"])
        return self.env.cr.rowcount

    def _set_in_process(self):
        # Marked here, once the status has moved: both go into one UPDATE.
        result = super()._set_in_process()
        untouched = self.sudo().filtered(lambda lead: not lead.date_first_touch)
        if untouched:
            untouched.date_first_touch = self.env.cr.now()
        return result

    def _take_back_touch(self, moment):
        """Forget that somebody was in touch with the contact, as that was a mistake.

        :param datetime moment: when it was noted; what was noted before stays
        """
        begun = self.sudo().filtered(
            lambda lead: (
                lead.date_first_touch
                and abs(lead.date_first_touch - moment) < SAME_MOMENT
            )
        )
        begun.write({"date_first_touch": False})
