import re
from dataclasses import dataclass, field

from odoo import SUPERUSER_ID, fields, models
from odoo.fields import Command

# The context key under which a batch of an import travels. Its value is an object of
# the class below, which no client can send.
RUN = "lead_import_run"
NUMBERS = ("integer", "float", "monetary")
# What is written without anybody working with a lead
NOBODYS_WORK = {"is_unread", "message_main_attachment_id", "import_editor_id"}


@dataclass(eq=False)
class ImportRun:
    """One batch of an import of leads: what was chosen for its rows.

    Rows are counted from 0, over the whole file, without titles and empty rows.
    """

    wizard: models.BaseModel
    is_test: bool = False
    owner: str = "file"
    offset: int = 0  # the first row of the batch
    continues: bool = False  # the batch before was of the same file
    skipped: frozenset = frozenset()  # rows that are left out
    accounts: dict = field(default_factory=dict)  # the account of rows, by row
    additions: dict = field(default_factory=dict)  # the lead rows are added to, by row
    new_rows: dict = field(default_factory=dict)  # values of what is created, by row
    seen: set = field(default_factory=set)  # rows of this batch that were reached
    # Records that texts of the file stand for, by field and text
    known: dict = field(default_factory=dict)
    only_good: bool = False  # leave out rows with problems, and import the others
    problems: dict = field(default_factory=dict)  # why rows are left out, by row
    values: dict = field(default_factory=dict)  # what all new leads get, by field
    tried: set = field(default_factory=set)  # traits of rows that a test has created


class CrmLead(models.Model):
    """Leads that come from a file.

    What was chosen in the import screen is applied where native hands over the rows as
    values: rows that are left out are not loaded, others get their account, and new
    leads know the import they are from and the owner that was asked for.
    """

    _inherit = "crm.lead"

    import_id = fields.Many2one(
        "crm.lead.import",
        copy=False,
        readonly=True,
        system=True,
        index="btree_not_null",
        help="The import that created the lead",
    )
    import_editor_id = fields.Many2one(
        "res.users",
        "Edited After Import By",
        copy=False,
        readonly=True,
        system=True,
        help="Who changed the lead after its import: the first one, or the first one"
        " beside who imported it",
    )
    import_touch = fields.Char("Why It Stays", compute="_compute_import_touch")

    def _compute_import_touch(self):
        touches = self._origin._get_import_touches()
        for lead in self:
            lead.import_touch = touches.get(lead._origin.id, False)

    def write(self, vals):
        result = super().write(vals)
        if (
            self.env.uid != SUPERUSER_ID
            and not isinstance(self.env.context.get(RUN), ImportRun)
            and vals.keys() - NOBODYS_WORK
        ):
            # The first one, but whoever imported it only while nobody else has.
            edited = self.sudo().filtered(
                lambda lead: (
                    lead.import_id
                    and lead.import_editor_id.id in (False, lead.import_id.user_id.id)
                    and lead.import_editor_id.id != self.env.uid
                )
            )
            if edited:
                super(CrmLead, edited).write({"import_editor_id": self.env.uid})
        return result

    # ------------------------------------------------------------
    # LOADING
    # ------------------------------------------------------------

    def _load_records(self, data_list, update=False):
        run = self.env.context.get(RUN)
        if not isinstance(run, ImportRun):
            return super()._load_records(data_list, update=update)
        kept, added = [], []
        existing = self._get_loaded_xmlids(data_list) if run.is_test else set()
        for data in data_list:
            row = run.offset + data["info"]["rows"]["from"]
            run.seen.add(row)
            if row in run.skipped:
                continue
            if row in run.additions:
                added.append((run.additions[row], data["values"]))
                continue
            if account_id := run.accounts.get(row):
                data["values"]["account_id"] = account_id
            if run.is_test and not (
                data["values"].get("id") or data["xml_id"] in existing
            ):
                run.new_rows[row] = dict(data["values"])
            kept.append(data)
        tried = set(run.tried)
        if run.is_test:
            checks = self._get_checks()
            kept = [data for data in kept if self._is_to_be_tried(data, tried, checks)]
        self._add_rows(added)
        if not kept:
            return self.browse()
        leads = super()._load_records(kept, update=update)
        run.tried = tried
        return leads

    def _is_to_be_tried(self, data, tried, checks):
        """Tell whether a test creates the lead of a row, or has created one that is
        the same in all that a lead can be refused for. Updates are always tried.

        :param set tried: what was tried, the row is added
        """
        if data["xml_id"] or data["values"].get("id"):
            return True
        traits = self._get_import_traits(data["values"], *checks)
        is_new = not traits <= tried
        tried |= traits
        return is_new

    def _get_import_traits(self, values, checked, limits):
        """Return what of a new lead decides whether it may be created: which fields are
        filled, what is chosen, how large numbers are, and texts that are checked;
        hashable values."""
        traits, companies = {frozenset(name for name in values if values[name])}, []
        for name, value in values.items():
            field = self._fields.get(name)
            if field is None or name in checked or field.relational:
                traits.add((name, repr(value)))
            elif field.type in ("selection", "boolean"):
                traits.add((name, value))
            elif field.type in NUMBERS and value:
                sides = tuple((value > limit) - (value < limit) for limit in limits)
                traits.add((name, sides, len(str(int(value)))))
            if field is not None and field.relational and field.check_company:
                companies.append((name, repr(value)))
        return traits | {tuple(sorted(companies))}

    def _get_checks(self):
        """Return what decides whether a lead is refused for what is in a field:
        `(checked, limits)`: the fields that constraints look at, and the numbers with
        which those in the database compare numbers."""
        checked, limits, words = set(), {0.0}, set()
        for method in self._constraint_methods:
            checked.update(getattr(method, "_constrains", ()))
        for check in self._table_objects.values():
            if isinstance(check, models.Constraint):
                definition = check.get_definition(self.pool)
                words.update(re.findall(r"[a-z_]\w*", definition))
                limits.update(map(float, re.findall(r"-?\d+(?:\.\d+)?", definition)))
        for name in words & self._fields.keys():
            if self._fields[name].type not in NUMBERS:
                checked.add(name)
        return checked, sorted(limits)

    def _get_loaded_xmlids(self, data_list):
        """Return the external IDs of a list that are of records already."""
        xmlids = [data["xml_id"] for data in data_list if data.get("xml_id")]
        if not xmlids:
            return set()
        rows = self.env["ir.model.data"].sudo()._lookup_xmlids(xmlids, self)
        return {f"{row[1]}.{row[2]}" for row in rows if row[6]}

    def _check_status_needs(self, status, vals):
        # A file says how things are, and can't answer a dialog; but a lead is converted
        # only by converting it.
        is_import = isinstance(self.env.context.get(RUN), ImportRun)
        if is_import and status.category != "converted":
            return None
        return super()._check_status_needs(status, vals)

    def _load_records_create(self, vals_list):
        run = self.env.context.get(RUN)
        if not isinstance(run, ImportRun):
            return super()._load_records_create(vals_list)
        # What the file says, before what the import adds to it.
        self._check_system_fields(set().union(*vals_list))
        added, leads = {}, self._as_system()
        if not run.is_test:
            added["import_id"] = run.wizard._get_lead_import(run).id
        if run.owner == "me":
            added["user_id"] = self.env.uid
        elif run.owner == "rules" and not run.is_test:
            added["assign_by_rules"] = True
        elif run.owner == "queue":
            added["user_id"] = False
        vals_list = [
            {**self._get_values_of_all_rows(run, vals), **added} for vals in vals_list
        ]
        return super(CrmLead, leads)._load_records_create(vals_list).with_env(self.env)

    def _get_fields_of_all_rows(self):
        """Return the fields that can be chosen once for all new leads of a file, in the
        order of the screen. They hold records. Extend for more."""
        return ["user_id", "queue_id", "source_id", "campaign_id", "tag_ids"]

    def _get_values_of_all_rows(self, run, vals):
        """Return the values of a row with what was chosen for all of them."""
        vals = {**vals}
        for name, chosen in run.values.items():
            if self._fields[name].type == "many2many":
                links = [Command.link(record_id) for record_id in chosen]
                vals[name] = [*(vals.get(name) or []), *links]
            elif name in ("user_id", "queue_id") or not vals.get(name):
                vals[name] = chosen
        return vals
