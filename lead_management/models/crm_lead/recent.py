from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

RECENT_LEADS = 30
LARGEST_ID = 2**31 - 1


class CrmLead(models.Model):
    """The leads that the current user opened last.

    Opening a form changes nothing on the server; the client says in the call with which
    it marks leads as read that one was opened. Only ids are kept, the last ones of each
    user. What became of these leads, and whether the user may still see them, is asked
    when they are shown.
    """

    _inherit = "crm.lead"

    is_recent = fields.Boolean(
        "Recently Viewed",
        compute="_compute_is_recent",
        search="_search_is_recent",
        compute_sudo=False,
        help="Among the leads that I opened last; sorted by it, the latest come first",
    )

    @api.depends_context("uid")
    def _compute_is_recent(self):
        recent = set(self._get_recent_ids())
        for lead in self:
            lead.is_recent = lead.id in recent

    def _search_is_recent(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain("id", "in", self._get_recent_ids())
        return domain if True in value else ~domain

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        if field_name == "is_recent":
            # True before False is the latest before the others.
            return SQL(
                "-COALESCE(array_position(%s, %s), %s) %s %s",
                [*self._get_recent_ids(), 0],
                SQL.identifier(alias, "id"),
                RECENT_LEADS + 1,
                direction,
                nulls,
            )
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    def _get_recent_ids(self):
        """Return the ids of the leads that the user opened, the latest first."""
        kept = self.env.user.res_users_settings_id.recent_lead_ids
        # Users may write their own settings.
        kept = kept if isinstance(kept, list) else []
        return [
            lead_id
            for lead_id in kept
            if type(lead_id) is int and 0 < lead_id <= LARGEST_ID
        ][:RECENT_LEADS]

    def mark_as_read(self):
        """Note that the current user has opened leads in the client.

        They are the user's recently viewed ones from now on, and those that were unread
        are read. When a lead was last written does not change.

        :return: the number of leads that were unread until now
        """
        opened = list(dict.fromkeys(self.ids))[:RECENT_LEADS]
        before = self._get_recent_ids()
        if before[: len(opened)] != opened:
            others = [lead_id for lead_id in before if lead_id not in opened]
            settings = self.env["res.users.settings"]
            settings._find_or_create_for_user(self.env.user).recent_lead_ids = [
                *opened,
                *others,
            ][:RECENT_LEADS]
        return super().mark_as_read()
