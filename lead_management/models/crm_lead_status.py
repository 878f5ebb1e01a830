from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

# The categories a status can belong to, from first contact to the end. The workflow
# reads categories, never names: admins name, split and order statuses as they like.
CATEGORIES = [
    ("new", "New"),
    ("assigned", "Assigned"),
    ("in_process", "In Process"),
    ("converted", "Converted"),
    ("recycled", "Recycled"),
    ("dead", "Dead"),
]
# Those of leads that are no longer worked on
CLOSED = ("converted", "dead")


class CrmLeadStatus(models.Model):
    """A step on the path of a lead, and the steps that may follow it.

    The moves a person may make are the `next_status_ids` of a status. What happens to a
    lead by other doors (an owner is set, it is lost, restored, converted, merged)
    selects a status by its category: the first active one in the admin's order.
    """

    _name = "crm.lead.status"
    _description = "Lead Status"
    _inherit = ["lead.picklist.mixin", "lead.cached.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    category = fields.Selection(
        CATEGORIES,
        required=True,
        default="in_process",
        help="What the status means to the workflow. Leads that are converted, dead,"
        " restored or get an owner move to the first status of the matching category.",
    )
    fold = fields.Boolean(
        "Folded", help="Show this status as a narrow column in the kanban view"
    )
    color = fields.Integer(aggregator=None, help="Color of the status in lists")
    guidance = fields.Html(
        translate=True,
        help="What to do with a lead in this status; shown to the salesperson beside"
        " the status path",
    )
    next_status_ids = fields.Many2many(
        "crm.lead.status",
        "crm_lead_status_transition",
        "status_id",
        "next_status_id",
        "Next Statuses",
        domain="[('id', '!=', id)]",
        help="Where a salesperson may move a lead from here. Sales managers may make"
        " every move.",
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_last_of_category(self):
        self._check_covers_categories(self.search([]) - self)

    def _check_covers_categories(self, statuses):
        """Refuse statuses that leave a door without one to lead to."""
        covered = set(statuses.mapped("category"))
        labels = self._fields["category"]._description_selection(self.env)
        for category, label in labels:
            if category not in covered:
                raise ValidationError(
                    self.env._(
                        "Keep at least one active status in the category"
                        " “%(category)s”: leads move there automatically.",
                        category=label,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"active", "category"}:
            # Not a constraint: new statuses can't empty a category, and the shipped
            # ones are created one by one.
            self._check_covers_categories(self.search([]))
        return result

    # ------------------------------------------------------------
    # SEARCH
    # ------------------------------------------------------------

    def _search(self, domain, *args, active_test=True, bypass_access=False, **kwargs):
        """Answer from memory which statuses are of some categories.

        Nearly every question about leads asks that. With their ids in the place of a
        query PostgreSQL knows how many leads they have, and joins nothing.
        """
        is_plain = not any((*args, *kwargs.values()))
        asked = self._get_asked_categories(domain) if is_plain else None
        if asked is None or not (
            self.env.su or bypass_access or self._are_all_readable()
        ):
            kwargs.update(active_test=active_test, bypass_access=bypass_access)
            return super()._search(domain, *args, **kwargs)
        active_test = active_test and self.env.context.get("active_test", True)
        return self.browse(
            status_id
            for status_id, category, active in self._get_known()
            if category in asked and (active or not active_test)
        )._as_query(ordered=False)

    def _get_asked_categories(self, domain):
        """Return the categories that a domain asks for, if it asks for nothing else."""
        match list(Domain(domain)):
            case [("category", "in" | "not in" as operator, list(values))]:
                known = dict(CATEGORIES).keys()
                return known & set(values) if operator == "in" else known - set(values)

    def _are_all_readable(self):
        rules = self.env["ir.rule"]._compute_domain(self._name, "read")
        return self.has_access("read") and rules.is_true()

    @tools.ormcache()
    def _get_known(self):
        """Return the id, the category and whether it is active of every status, in the
        admin's order."""
        statuses = self.sudo().with_context(active_test=False)
        return tuple(
            (status.id, status.category, status.active)
            for status in statuses.search_fetch([], ["category", "active"])
        )

    def _get_of_category(self, category):
        """Return the status that leads of a category move to by themselves."""
        return self.browse(self._get_ids_by_category().get(category))

    def _get_chosen(self, status_id):
        """Return the status that a client names by its id."""
        known = type(status_id) is int and 0 < status_id < 2**31
        status = self.browse(status_id).exists() if known else self.browse()
        if not status:
            raise UserError(
                self.env._(
                    "There is no such status: reload the page and choose one of the"
                    " status path."
                )
            )
        return status

    def _get_ids_by_category(self):
        ids = {}
        for status_id, category, active in self._get_known():
            if active:
                ids.setdefault(category, status_id)
        return ids

    def _get_closed_ids(self):
        """Return the ids of the statuses, archived ones too, of leads that are no
        longer worked on."""
        return tuple(
            status_id
            for status_id, category, _active in self._get_known()
            if category in CLOSED
        )

    def _get_usage_fields(self):
        return [
            *super()._get_usage_fields(),
            ("crm.lead", "status_id"),
            ("crm.lead", "status_before_id"),
        ]
