from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_list

from odoo.addons.lead_management.models.lead_domain_mixin import DOMAIN_ERRORS

from .domain_words import DomainWords

TARGETS = [
    ("user", "A salesperson"),
    ("rotation", "Salespeople in turn"),
    ("queue", "A queue"),
    ("team", "A sales team's members in turn"),
    ("known", "The owner of what it matches"),
]
IN_TURN = ("rotation", "team")
# Whose leads have somebody to go to whoever is away or busy
ALWAYS = ("user", "queue")
COUNTED_DAYS = 30
# A filter is tried on that many leads, as many as the rules look at in one go, and may
# be expected to cost so much by the database's own reckoning: about half a second.
TRIED_LEADS = 1000
MAX_COST = 30_000


class CrmLeadAssignmentRuleEntry(models.Model):
    """One line of an assignment rule: which leads, and who gets them.

    How entries work together is specified in `crm.lead.assignment.rule`; this model
    holds what can be said of one alone: its filter, its target, and what is wrong with
    them.
    """

    _name = "crm.lead.assignment.rule.entry"
    _inherit = ["lead.domain.mixin", "lead.guard.mixin"]
    _description = "Assignment Rule Entry"
    _order = "rule_id, sequence, id"

    rule_id = fields.Many2one(
        "crm.lead.assignment.rule", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="rule_id.company_id")
    name = fields.Char(
        required=True, help="Named in the chatter of every lead the entry assigns"
    )
    sequence = fields.Integer(default=10)
    domain = fields.Char(
        help="Leads that meet this filter, and no filter of an entry above, are"
        " assigned by this entry",
    )
    target = fields.Selection(
        TARGETS, "Assign To", required=True, default="user", help="Who gets the leads"
    )
    user_id = fields.Many2one(
        "res.users",
        "Salesperson",
        domain="[('share', '=', False)]",
        index="btree_not_null",
        ondelete="restrict",
    )
    user_ids = fields.Many2many(
        "res.users",
        "crm_lead_assignment_rule_entry_user",
        "entry_id",
        "user_id",
        "Salespeople",
        domain="[('share', '=', False)]",
        context={"active_test": False},
        help="They get leads in turn: whoever got one least recently comes first."
        " Those who are away, archived or at their limit of open leads are skipped.",
    )
    queue_id = fields.Many2one(
        "crm.lead.queue",
        index="btree_not_null",
        ondelete="restrict",
        help="The leads wait there, without an owner, until a member claims them. The"
        " queue tells its members.",
    )
    team_id = fields.Many2one(
        "crm.team",
        "Sales Team",
        index="btree_not_null",
        ondelete="restrict",
        help="Its members get leads in turn, up to their capacity of 30 days, except"
        " those who paused assignment",
    )
    template_id = fields.Many2one(
        "mail.template",
        "Email",
        domain="[('model', '=', 'crm.lead')]",
        index="btree_not_null",
        ondelete="set null",
        help="Sent to the new owner for each lead, whoever the template names as the"
        " recipient",
    )
    keep_owner = fields.Boolean(
        "Keep the owner it has",
        help="A lead that has an owner already, and meets the filter, keeps the owner",
    )
    criteria = fields.Char("Leads", compute="_compute_criteria")
    target_summary = fields.Char("Assigned To", compute="_compute_target_summary")
    problem = fields.Char(
        compute="_compute_problem", help="Why the entry is skipped at present"
    )
    assigned_count = fields.Integer(
        "Leads in 30 Days", compute="_compute_assigned_count"
    )

    @api.depends("domain")
    @api.depends_context("lang")
    def _compute_criteria(self):
        words = DomainWords(self.env)
        for entry in self:
            try:
                domain = entry._parse_domain()
                entry.criteria = words.tell(domain, self.env["crm.lead"])
            except DOMAIN_ERRORS:
                entry.criteria = entry.domain

    @api.depends("target", "user_id", "user_ids", "queue_id", "team_id")
    def _compute_target_summary(self):
        for entry in self:
            if entry.target == "rotation":
                entry.target_summary = entry.env._(
                    "In turn: %(users)s",
                    users=", ".join(entry.user_ids.mapped("name")),
                )
            elif entry.target == "team":
                entry.target_summary = entry.env._(
                    "Members of %(team)s", team=entry.team_id.name or ""
                )
            else:
                entry.target_summary = entry._get_target().display_name

    @api.depends("domain", "target", "user_id", "user_ids", "queue_id", "team_id")
    def _compute_problem(self):
        for entry in self:
            entry.problem = entry.sudo()._get_target_problem()
            if not entry.problem:
                entry.problem = entry._get_domain_problem()

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_assigned_count(self):
        since = fields.Datetime.now() - timedelta(days=COUNTED_DAYS)
        counts = dict(
            self.env["crm.lead"]
            .with_context(active_test=False)
            ._read_group(
                [
                    ("assignment_entry_id", "in", self.ids),
                    ("assignment_date", ">=", since),
                ],
                ["assignment_entry_id"],
                ["__count"],
            )
        )
        for entry in self:
            entry.assigned_count = counts.get(entry._origin, 0)

    # ------------------------------------------------------------
    # WHAT CAN BE WRONG
    # ------------------------------------------------------------

    @api.constrains("target", "user_id", "user_ids", "queue_id", "team_id")
    def _check_target(self):
        for entry in self:
            if not entry._has_target():
                raise ValidationError(
                    self.env._(
                        "Choose who gets the leads of the entry “%(entry)s”.",
                        entry=entry.name,
                    )
                )

    def _has_target(self):
        """Tell whether it is said who gets the leads."""
        return bool(self._get_target())

    def _get_target(self):
        """Return the record, or the users, that the entry gives leads to."""
        self.ensure_one()
        return {
            "user": self.user_id,
            "rotation": self.user_ids,
            "queue": self.queue_id,
            "team": self.team_id,
        }.get(self.target)

    def _get_target_problem(self):
        """Say why nobody can get leads by the entry, whatever the lead; or False."""
        target = self._get_target()
        if not target:
            return self.env._("nobody is chosen")
        target = target.sudo()
        if self.target == "rotation":
            if not target.filtered("active"):
                return self.env._("everybody in the rotation is archived")
        elif not target.active:
            return self.env._("%(target)s is archived", target=target.display_name)
        elif self.target == "team" and not self._get_members():
            return self.env._(
                "%(team)s has no members with a capacity who take part in assignment",
                team=target.display_name,
            )
        return False

    def _try_domain(self):
        cost = self._get_domain_cost()
        if cost > MAX_COST:
            raise ValueError(
                self.env._(
                    "it is too slow: the database expects to do %(times)s times the"
                    " work that assigning a thousand leads may take. Ask for fields of"
                    " the lead itself rather than for texts or long lists linked to"
                    " it.",
                    times=round(cost / MAX_COST, 1),
                )
            )

    def _get_domain_cost(self):
        """Return what the database expects it to cost to ask a batch of leads.

        EXPLAIN and not a trial with a time limit: a trial depends on what else the
        machine does, must run to the limit to refuse, and finds nothing in the cache
        that is warm. The expected cost knows the size of every table the filter goes
        through and whether an index helps.
        """
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        # The newest, as those are what the rules are for. Ids alone: no rows are read.
        sample = leads._search([], limit=TRIED_LEADS, order="id DESC")
        domain = self._parse_domain() & Domain("id", "in", [*sample, 0])
        query = leads._search(domain)
        if query.is_empty():
            return 0
        # The reason is shown to the user; it is no matter for the log.
        self.env.cr.execute(
            SQL("EXPLAIN (FORMAT JSON) %s", query.select()), log_exceptions=False
        )
        [[plan]] = self.env.cr.fetchall()
        return plan[0]["Plan"]["Total Cost"]

    # ------------------------------------------------------------
    # ENGINE
    # ------------------------------------------------------------

    def _match(self, leads):
        """Return those of the leads that meet the filter; one search.

        :param leads: in sudo, written to the database
        """
        self.ensure_one()
        # Asked of the model: of leads of several currencies no amount could be asked.
        # Ids alone: what is known of the leads is read already.
        everything = leads.browse().with_context(active_test=False)
        matching = []
        with self._pass_over():
            domain = self._parse_domain() & Domain("id", "in", leads.ids)
            matching = list(everything._search(domain, order="id"))
        return leads.browse(matching)

    def _get_asked_fields(self):
        """Return the names of the fields that the filter asks for; none if it can't be
        asked."""
        with self._pass_over():
            conditions = self._parse_domain().iter_conditions()
            return tuple(sorted({one.field_expr.split(".")[0] for one in conditions}))
        return ()

    def _get_members(self):
        """Return the memberships of the team that take part in assignment."""
        return self.team_id.sudo().crm_team_member_ids.filtered(
            lambda member: (
                member.assignment_max > 0
                and not member.assignment_optout
                and member.user_id.active
            )
        )

    def _get_users_in_turn(self):
        """Return the users that get leads in turn, whether or not they are there."""
        self.ensure_one()
        if self.target == "rotation":
            return self.user_ids.sudo().filtered("active")
        if self.target == "team":
            return self._get_members().user_id
        return self.env["res.users"]

    def _get_rooms(self):
        """Return how many more leads each member of the team may get, by user id.

        Native counts what a member got in the team in 30 days against the capacity.

        :rtype: Counter
        """
        members = self._get_members()
        # Computed, and not known to change with what was given to them just before.
        members.invalidate_recordset(["lead_month_count"])
        return Counter(
            {
                member.user_id.id: member.assignment_max - member.lead_month_count
                for member in members
            }
        )

    def _can_serve(self, company):
        """Tell whether the target may have leads of a company; without one, always."""
        target = self._get_target().sudo()
        if not company:
            return True
        if self.target == "user":
            return company in target.company_ids
        if self.target in ("queue", "team") and target.company_id:
            return company == target.company_id
        return True

    def _get_problem_words(self):
        """Return the problems of the entries as a list in one text."""
        return format_list(
            self.env,
            [
                self.env._(
                    "“%(entry)s”: %(problem)s", entry=entry.name, problem=entry.problem
                )
                for entry in self
                if entry.problem
            ],
        )

    def _get_lonely_queues(self):
        """Return the queues that get leads though they have no members."""
        return self._get_queues().sudo().filtered(lambda queue: queue.is_lonely)

    def _get_queues(self):
        """Return the queues that the entries put leads into."""
        return self.filtered(lambda entry: entry.target == "queue").queue_id

    @api.model
    def _check_not_named(self, field_name, records):
        """Refuse to delete records that entries give leads to.

        :param str field_name: the field of entries that names them
        :raise UserError: names the record, and the entry if the user may read it
        """
        entries = self.sudo().with_context(active_test=False)
        entry = entries.search([(field_name, "in", records.ids)], limit=1)
        if not entry:
            return
        entry = entry.with_env(self.env)
        seen = entry._filtered_access("read")
        name = entry.sudo()[field_name].display_name
        if not seen:
            raise UserError(
                self.env._(
                    "“%(name)s” can't be deleted: an assignment rule that you may not"
                    " open gives leads to it. Archive it instead.",
                    name=name,
                )
            )
        raise UserError(
            self.env._(
                "“%(name)s” can't be deleted: the entry “%(entry)s” of the assignment"
                " rule “%(rule)s” gives leads to it. Change the entry, or archive"
                " “%(name)s”.",
                name=name,
                entry=entry.name,
                rule=entry.rule_id.name,
            )
        )
