from collections import defaultdict

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, ValidationError
from odoo.fields import Domain

from .campaign_seats import Seats


class CrmLeadCampaignMember(models.Model):
    """Somebody in a campaign: a lead, a contact, or a lead and the contact it became.

    A campaign has a lead once and a contact once. Members come in

    * by themselves when a lead gets a campaign (`crm.lead.campaign_id`, "came from"):
      they start in the first status that counts as a response;
    * by hand, in bulk or from software with `_add_to_campaign` of leads and contacts:
      they start in the first status. Whoever is a member already stays one, and moves
      on when a later status is given.

    The contact of a member is its lead's customer, so it is set when the lead is
    converted and taken back when that is undone, whichever way that happens. Where the
    contact is a member by itself, a new lead of the contact joins that member; when a
    lead turns out to be of such a contact later, both members stay, and the contact's
    moves on to the later status of the two.
    """

    _name = "crm.lead.campaign.member"
    _description = "Campaign Member"
    _inherit = ["lead.access.mixin", "lead.guard.mixin"]
    _order = "date_added desc, id desc"
    _rec_name = "campaign_id"

    _access_fields = {"lead_id": "write", "partner_id": "read"}

    campaign_id = fields.Many2one(
        "utm.campaign", required=True, index=True, ondelete="restrict"
    )
    lead_id = fields.Many2one("crm.lead", index="btree_not_null")
    partner_id = fields.Many2one("res.partner", "Contact", index="btree_not_null")
    status_id = fields.Many2one(
        "crm.lead.campaign.status",
        required=True,
        compute="_compute_status_id",
        precompute=True,
        store=True,
        readonly=False,
        index=True,
        ondelete="restrict",
        domain="[('id', 'in', available_status_ids)]",
    )
    available_status_ids = fields.Many2many(
        "crm.lead.campaign.status", compute="_compute_available_status_ids"
    )
    is_response = fields.Boolean(related="status_id.is_response", string="Responded")
    date_added = fields.Datetime(
        "Added On", required=True, readonly=True, default=fields.Datetime.now
    )
    date_response = fields.Datetime("First Response On", readonly=True)
    date_status = fields.Datetime(
        "Last Change On", readonly=True, default=fields.Datetime.now
    )

    _lead_once = models.UniqueIndex(
        "(campaign_id, lead_id) WHERE lead_id IS NOT NULL",
        "This lead is in the campaign already: change its status there.",
    )
    _contact_once = models.UniqueIndex(
        "(campaign_id, partner_id) WHERE partner_id IS NOT NULL",
        "This contact is in the campaign already: change its status there.",
    )
    _is_somebody = models.Constraint(
        "CHECK(lead_id IS NOT NULL OR partner_id IS NOT NULL)",
        "A member of a campaign is a lead or a contact: choose one.",
    )

    @api.depends("campaign_id")
    def _compute_status_id(self):
        statuses = self.campaign_id._get_member_statuses()
        for member in self:
            if member.campaign_id and not member.status_id:
                member.status_id = statuses[member.campaign_id]._pick_first()

    @api.depends("campaign_id")
    def _compute_available_status_ids(self):
        statuses = self.campaign_id._get_member_statuses()
        for member in self:
            member.available_status_ids = statuses.get(member.campaign_id, False)

    @api.depends("campaign_id", "lead_id", "partner_id")
    def _compute_display_name(self):
        for member in self:
            who = member.lead_id.display_name or member.partner_id.display_name
            member.display_name = f"{member.campaign_id.display_name}: {who}"

    @api.constrains("status_id", "campaign_id")
    def _check_status(self):
        for member in self:
            campaign = member.status_id.campaign_id
            if campaign and campaign != member.campaign_id:
                raise ValidationError(
                    self.env._(
                        "“%(status)s” is a status of another campaign: choose one of"
                        " “%(campaign)s”.",
                        status=member.status_id.name,
                        campaign=member.campaign_id.display_name,
                    )
                )

    # ------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        responded = members.filtered(
            lambda member: member.status_id.is_response and not member.date_response
        )
        if responded:
            responded.date_response = self.env.cr.now()
        return members

    def write(self, vals):
        # Whoever gives the dates as well, knows them better.
        if "status_id" not in vals or "date_status" in vals:
            return super().write(vals)
        moved = self.filtered(lambda member: member.status_id.id != vals["status_id"])
        result = super().write(vals)
        moved._date_status()
        return result

    def _date_status(self):
        """Note when the members got the status they have now."""
        now = self.env.cr.now()
        for is_response, members in self.grouped("is_response").items():
            members.date_status = now
            if is_response:
                members.filtered(lambda m: not m.date_response).date_response = now
            else:
                members.date_response = False

    # ------------------------------------------------------------
    # JOINING
    # ------------------------------------------------------------

    def _join(self, wishes):
        """Add members, and move those that are there on to a later status.

        Set-based: a few searches, one `create`, and a write for each kind of change,
        however many wishes there are.

        :param wishes: list of `Seat` without members
        :return: the members, new and old, in the order of the wishes
        :raise ConcurrencyError: somebody was added by another transaction, which only
            a new one sees: Odoo tries the request again
        """
        campaigns = self.env["utm.campaign"].browse({w.campaign_id for w in wishes})
        leads = {wish.lead_id for wish in wishes if wish.lead_id}
        partners = {wish.partner_id for wish in wishes if wish.partner_id}
        seats = Seats(
            self.search(
                Domain("campaign_id", "in", campaigns.ids)
                & (
                    Domain("lead_id", "in", leads)
                    | Domain("partner_id", "in", partners)
                )
            )
        )
        taken = [seats.take(wish) for wish in wishes]
        new = [seat for seat in dict.fromkeys(taken) if not seat.member]
        try:
            members = self.create([seat.get_values() for seat in new])
        except UniqueViolation as error:
            raise ConcurrencyError(str(error)) from error
        for seat, member in zip(new, members, strict=True):
            seat.member = member
        self._update_seats(set(taken).difference(new))
        return self.browse([seat.member.id for seat in taken])

    def _update_seats(self, seats):
        members = defaultdict(self.browse)
        for seat in seats:
            if changes := seat.get_changes():
                members[tuple(changes.items())] |= seat.member
        for changes, changed in members.items():
            changed.write(dict(changes))

    def _follow_contacts(self):
        """Take the customers of the leads as contacts, where they are not members yet.

        A contact that is one by itself moves on to the later status of the two.
        """
        by_customer = self.grouped(lambda member: member.lead_id.partner_id)
        others = self.search(
            [
                ("campaign_id", "in", self.campaign_id.ids),
                ("partner_id", "in", [partner.id for partner in by_customer]),
            ]
        )
        holders = {(other.campaign_id, other.partner_id): other for other in others}
        for customer, members in by_customer.items():
            if not customer:
                members.partner_id = False
                continue
            losing = taking = self.browse()
            for member in members:
                holder = holders.setdefault((member.campaign_id, customer), member)
                if holder == member:
                    taking |= member
                else:
                    losing |= member
                    if member.status_id._is_after(holder.status_id):
                        holder.status_id = member.status_id
            losing.partner_id = False
            taking.partner_id = customer

    def _unite(self, name, record):
        """Pass members on to the lead or the contact that theirs are merged into.

        In a campaign that has it already, one member stays, with the latest status and
        the earliest dates. What is on the other side, contact or lead, stays a member.

        :param str name: `lead_id` or `partner_id`
        """
        other = "partner_id" if name == "lead_id" else "lead_id"
        members = self | self.search([(name, "=", record.id)])
        for same in members.grouped("campaign_id").values():
            kept = same.filtered(lambda member: member[name] == record)[:1] or same[0]
            values = same._get_united_values()
            somebody = kept[other] or same[other][:1]
            rest = same - kept
            doubles = rest.filtered(
                lambda member, somebody=somebody: member[other] <= somebody
            )
            (rest - doubles)[name] = False
            doubles.unlink()
            kept.write({**values, name: record.id, other: somebody.id})

    def _get_united_values(self):
        """Return the values of the one member that is made of several."""
        furthest = self[0]
        for member in self[1:]:
            if member.status_id._is_after(furthest.status_id):
                furthest = member
        responses = [date for date in self.mapped("date_response") if date]
        return {
            "status_id": furthest.status_id.id,
            "date_added": min(self.mapped("date_added")),
            "date_response": min(responses, default=False),
            "date_status": furthest.date_status,
        }
