from datetime import date, timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

DEFAULT_DAYS = 365
MAX_DELETED = 50_000  # in one night
MAX_TEXT = 200  # characters of a text that decided
NOTED = "lead_management_why.noted"


class CrmLeadDecision(models.Model):
    """What decided something about a lead, an account or what a visitor sent, as it
    was noted when it decided.

    Rows are made by `_note_decisions` of `lead.decision.mixin` and never changed. They
    hold ids, codes and values, no sentences and no names: these are told to each reader
    in his language, and only those of records that he may read. Whoever may read the
    record reads what was decided about it.
    """

    _name = "crm.lead.decision"
    _description = "Decision"
    _inherit = ["lead.access.mixin", "lead.guard.mixin"]
    _order = "id desc"
    _rec_name = "kind"
    _counts_as_use = False  # goes with its record, and uses it for nothing

    lead_id = fields.Many2one(
        "crm.lead", readonly=True, system=True, ondelete="cascade"
    )
    # Of what is no lead
    res_model = fields.Char("Kind of Record", readonly=True, system=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", readonly=True, system=True
    )
    subject = fields.Char("About", compute="_compute_subject")
    kind = fields.Selection(
        lambda self: self._get_kind_selection(),
        "What Was Decided",
        required=True,
        readonly=True,
        system=True,
    )
    code = fields.Char(required=True, readonly=True, system=True)
    rule_model = fields.Char("Kind of Rule", readonly=True, system=True)
    rule_id = fields.Many2oneReference(
        model_field="rule_model", readonly=True, system=True
    )
    rule_version = fields.Datetime(
        readonly=True,
        system=True,
        help="When the rule, as it decided, had been changed last",
    )
    # Values of fields that not everybody may read: `_get_told` tells who may.
    facts = fields.Json(readonly=True, system=True, groups="base.group_system")
    create_date = fields.Datetime("Decided On", readonly=True)
    reason = fields.Char(compute="_compute_reason")

    _lead_kind_idx = models.Index("(lead_id, kind, id DESC)")
    _res_kind_idx = models.Index(
        "(res_model, res_id, kind, id DESC) WHERE res_model IS NOT NULL"
    )
    _create_date_idx = models.Index("(create_date)")

    _has_subject = models.Constraint(
        "CHECK((lead_id IS NULL) <> (res_model IS NULL))",
        "A decision is about one record.",
    )

    def _get_subjects(self):
        """Return the names of the models about whose records something is decided."""
        mixin = self.pool["lead.decision.mixin"]
        return [
            name
            for name, model in self.pool.items()
            if issubclass(model, mixin) and not model._abstract
        ]

    def _get_kind_selection(self):
        kinds = {}
        for name in self._get_subjects():
            kinds = self.env[name]._get_decision_kinds() | kinds
        return [(name, kind.label) for name, kind in kinds.items()]

    def _get_subject(self):
        """Return the record that was decided about."""
        if self.lead_id or self.res_model not in self.env:
            return self.lead_id
        return self.env[self.res_model].browse(self.res_id)

    @api.depends("lead_id", "res_model", "res_id")
    @api.depends_context("uid")
    def _compute_subject(self):
        for decision in self:
            subject = decision._get_subject()
            decision.subject = subject._get_told_name(subject._name, subject.id)

    @api.depends("kind", "code", "facts")
    @api.depends_context("lang", "uid")
    def _compute_reason(self):
        for decision in self:
            decision.reason = decision._tell()

    def _tell(self):
        """Return why, in words for the user."""
        told = (self.sudo().facts or {}).get("told") or {}
        return self._get_subject()._tell_decision(self.kind, self.code, told)

    # ------------------------------------------------------------
    # ACCESS
    # ------------------------------------------------------------

    def _get_domain_of(self, records):
        """Return the domain of what was decided about records of one model."""
        if records._name == "crm.lead":
            return Domain("lead_id", "in", records.ids)
        return Domain("res_model", "=", records._name) & Domain(
            "res_id", "in", records.ids
        )

    def _get_access_domain(self, asked):
        domain = super()._get_access_domain(asked)
        if self._get_asked_deciding("lead_id", asked):
            return domain
        for name in self._get_subjects():
            if name != "crm.lead" and self.env[name].has_access("read"):
                domain |= Domain("res_model", "=", name) & Domain(
                    "res_id",
                    "in",
                    self.env[name].with_context(active_test=False)._search([]),
                )
        return domain

    def _filtered_by_access_fields(self, operation):
        of_leads = self.filtered(lambda decision: not decision.sudo().res_model)
        allowed = super(CrmLeadDecision, of_leads)._filtered_by_access_fields(operation)
        for name, others in (self - of_leads).sudo().grouped("res_model").items():
            if name not in self.env:
                continue
            subjects = self.env[name].browse(others.mapped("res_id")).exists()
            readable = set(subjects._filtered_access("read")._ids)
            allowed |= others.filtered(
                lambda decision, readable=readable: decision.res_id in readable
            ).with_env(self.env)
        return allowed

    # ------------------------------------------------------------
    # NOTING
    # ------------------------------------------------------------

    def _note(self, noted):
        """Keep decisions, those of a transaction (or between two savepoints) at once.

        The values that decided are read now. In sudo.

        :param noted: tuples of a record, a kind and a `Decision`
        """
        precommit = self.env.cr.precommit
        if NOTED not in precommit.data:
            precommit.data[NOTED] = []
            precommit.add(self._save_noted)
        known = {}
        for record, kind, decision in noted:
            if record._name not in known:
                known[record._name] = record._get_decision_kinds()
            field_name = known[record._name][kind].field
            precommit.data[NOTED].append(
                self._prepare(record, kind, decision, field_name)
            )

    def _save_noted(self):
        """Write what was noted. In sudo."""
        # What others note while the transaction ends is for the next time.
        noted = self.env.cr.precommit.data.pop(NOTED, [])
        # Nobody's work on the records, whoever's action it was that made rules decide
        self.with_user(SUPERUSER_ID).create(noted)

    def _forget(self, records):
        """Forget what was decided about records that are deleted. In sudo."""
        noted = self.env.cr.precommit.data.get(NOTED, [])
        gone = {(records._name, record_id) for record_id in records._ids}
        noted[:] = [
            vals
            for vals in noted
            if (vals["res_model"] or "crm.lead", vals["res_id"] or vals["lead_id"])
            not in gone
        ]
        if records._name != "crm.lead":  # those go in the database
            self.search(self._get_domain_of(records)).unlink()

    def _prepare(self, record, kind, decision, field_name):
        """Return the values of the row for one record, in sudo."""
        # Not everybody about whose record a rule decides may read the rule.
        rule = decision.rule and decision.rule.sudo()
        is_lead = record._name == "crm.lead"
        return {
            "lead_id": is_lead and record.id,
            "res_model": not is_lead and record._name,
            "res_id": not is_lead and record.id,
            "kind": kind,
            "code": decision.code,
            "rule_model": rule and rule._name,
            "rule_id": rule and rule.id,
            "rule_version": rule and (rule.write_date or self.env.cr.now()),
            "facts": {
                "told": decision.told,
                "values": self._get_values(record, decision.names),
                "result": self._get_values(record, [field_name] if field_name else []),
            },
        }

    def _get_values(self, record, names):
        """Return the values of fields of a record as JSON has them."""
        values = {}
        for name in names:
            field = record._fields.get(name)
            if not field or field.type in ("binary", "json", "properties"):
                continue
            value = record[name]
            if field.relational:
                value = value.ids if field.type.endswith("2many") else value.id
            elif isinstance(value, date):
                value = str(value)
            elif isinstance(value, str):
                value = value[:MAX_TEXT]
            values[name] = value
        return values

    @api.autovacuum
    def _gc_decisions(self):
        """Delete what is older than the settings say, some of it a night."""
        days = self.env["ir.config_parameter"]._get_lead_number(
            "lead_management.why_days", DEFAULT_DAYS
        )
        until = fields.Datetime.now() - timedelta(days=days)
        old = self.search([("create_date", "<", until)], limit=MAX_DELETED, order="id")
        old.unlink()
        return len(old), len(old) == MAX_DELETED
