from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL, format_list


class CrmDuplicateMixin(models.AbstractModel):
    """Groups of records that may be one.

    A model that inherits it has the members in a many2many field, a boolean for each
    kind of evidence, and says by which SQL expression members are compared. Members
    have a field `not_duplicate_ids`, of the others that somebody has said are not the
    same.

    * `_member_field`: the name of the many2many field
    * `_evidence`: for each kind, its boolean, the expression, and what it is worth; the
      best first
    """

    _name = "crm.duplicate.mixin"
    _description = "Possible Duplicates"
    _order = "strength desc, id"

    _counts_as_use = False  # only compares
    _member_field = None
    _evidence = ()

    state = fields.Selection(
        [
            ("open", "To review"),
            ("merged", "Merged"),
            ("dismissed", "Not duplicates"),
        ],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    strength = fields.Integer(readonly=True, help="The better the evidence, the more")
    may_review = fields.Boolean(
        compute="_compute_may_review",
        search="_search_may_review",
        help="The user may read two of the records or more",
    )
    reasons = fields.Char(compute="_compute_reasons")
    hidden_count = fields.Integer("Hidden", compute="_compute_hidden_count")

    @property
    def _compared(self):
        return self[self._member_field]

    def _get_compared_model(self):
        return self.env[self._fields[self._member_field].comodel_name]

    def _get_relation(self):
        """Return the table and columns of the many2many field, as SQL."""
        field = self._fields[self._member_field]
        return tuple(
            map(SQL.identifier, (field.relation, field.column1, field.column2))
        )

    @api.depends(lambda self: (self._member_field,) if self._member_field else ())
    @api.depends_context("uid")
    def _compute_display_name(self):
        for group in self:
            names = group._compared.sorted("id").mapped("display_name")
            text = format_list(self.env, names)
            if group.hidden_count:
                text = self.env._(
                    "%(names)s and %(count)s more that you cannot open",
                    names=text,
                    count=group.hidden_count,
                )
            group.display_name = text

    @api.depends_context("uid")
    def _compute_may_review(self):
        # Rules ask for the field itself: as superuser, not to ask them in turn.
        reviewed = self.sudo().search(
            [("id", "in", self.ids), ("may_review", "=", True)]
        )
        for group in self:
            group.may_review = group.id in reviewed._ids

    def _search_may_review(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Rules are applied as superuser: this is about what the user may read.
        readable = self._get_compared_model().sudo(False)._search([])
        table, group_id, member_id = self._get_relation()
        return [
            (
                "id",
                "in",
                SQL(
                    """
                    SELECT %(group_id)s FROM %(table)s
                     WHERE %(member_id)s IN %(readable)s
                     GROUP BY %(group_id)s HAVING COUNT(*) > 1
                    """,
                    table=table,
                    group_id=group_id,
                    member_id=member_id,
                    readable=readable.subselect(),
                ),
            )
        ]

    @api.depends(lambda self: tuple(name for name, _sql, _weight in self._evidence))
    def _compute_reasons(self):
        labels = self._get_reason_labels()
        for group in self:
            group.reasons = ", ".join(
                labels[name] for name, _sql, _weight in self._evidence if group[name]
            )

    def _get_reason_labels(self):
        """Return how the kinds of evidence are called, by their fields."""
        return {}

    @api.depends(lambda self: (self._member_field,) if self._member_field else ())
    @api.depends_context("uid")
    def _compute_hidden_count(self):
        table, group_id, member_id = self._get_relation()
        counts = dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT %(group_id)s, COUNT(*)
                      FROM %(table)s JOIN %(members)s AS member
                        ON member.id = %(member_id)s
                     WHERE member.active AND %(group_id)s = ANY(%(ids)s)
                     GROUP BY %(group_id)s
                    """,
                    table=table,
                    group_id=group_id,
                    member_id=member_id,
                    members=SQL.identifier(self._get_compared_model()._table),
                    ids=self.ids,
                )
            )
        )
        for group in self:
            hidden = counts.get(group.id, 0) - len(group._compared)
            group.hidden_count = max(hidden, 0)

    # ------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------

    def action_dismiss(self):
        """Remember that the members of each group are no duplicates."""
        self._check_may_decide()
        self._get_compared_model()._keep_apart([group._compared.ids for group in self])
        self.sudo().state = "dismissed"

    def action_reopen(self):
        """Forget that the members of each group are no duplicates."""
        self._check_may_decide()
        for group in self:
            for member in group._compared:
                # One by one: of others, which may be archived, it is remembered.
                member.sudo().not_duplicate_ids = [
                    Command.unlink(id_) for id_ in group._compared.ids
                ]
        self.sudo().state = "open"

    def action_search_again(self):
        """Search now, and show what was found.

        :raise UserError: somebody else is searching
        """
        self._check_may_decide()
        if not self.sudo()._refresh():
            raise UserError(
                self.env._("The search is running already. Come back in a minute.")
            )
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _check_may_decide(self):
        """Leave decisions to those who may merge."""
        self.check_access("read")

    def _close_merged(self, kept, merged):
        """Close the groups of which merging has left one record."""
        groups = self.sudo().search(
            [(self._member_field, "in", kept.ids), ("state", "=", "open")]
        )
        groups.invalidate_recordset([self._member_field])
        groups.filtered(lambda group: len(group._compared - merged) < 2).write(
            {"state": "merged"}
        )
        groups.invalidate_recordset([self._member_field])

    def _leave_shown(self, members, key):
        """Take members out of the group that the user looks at."""
        group_id = self.env.context.get(key)
        is_id = type(group_id) is int and group_id
        group = self.browse(group_id if is_id else ()).exists()
        return group._leave(members) if group else False

    def _leave(self, members):
        """Take members out of a group: they are no duplicates of the others in it."""
        self.ensure_one()
        self._check_may_decide()
        members &= self._compared
        others = self._compared - members
        members._keep_apart(
            [(member.id, other.id) for member in members for other in others]
        )
        values = {self._member_field: [Command.unlink(id_) for id_ in members.ids]}
        if len(others) < 2 and not self.hidden_count:
            values = {"state": "dismissed"}
        self.sudo().write(values)
        self.invalidate_recordset([self._member_field])
        return {"type": "ir.actions.client", "tag": "soft_reload"}
