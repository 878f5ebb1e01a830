from lxml.builder import E

from odoo import api, models

from .crm_lead_decision import MAX_TEXT


class LeadDecisionMixin(models.AbstractModel):
    """Why a record is as it is, for whoever asks."""

    _inherit = "lead.decision.mixin"

    def _note_decisions(self, kind, decisions):
        super()._note_decisions(kind, decisions)
        if not decisions:
            return
        self.env["crm.lead.decision"].sudo()._note(
            (record.sudo(), kind, decision) for record, decision in decisions.items()
        )

    def _get_noted_values(self, names):
        noted = super()._get_noted_values(names)
        decisions = self.env["crm.lead.decision"].sudo()
        decisions._save_noted()
        # The newest first, so that the oldest counts.
        for decision in decisions.search_fetch(
            decisions._get_domain_of(self), order="id desc"
        ):
            values = (decision.facts or {}).get("values") or {}
            noted.setdefault(decision._get_subject().id, {}).update(
                {
                    name: value
                    for name, value in values.items()
                    # Of longer texts only the beginning was noted.
                    if name in names
                    and not (isinstance(value, str) and len(value) >= MAX_TEXT)
                }
            )
        return noted

    def unlink(self):
        # Nobody's unlink leaves ids of records that are gone.
        self.env["crm.lead.decision"].sudo()._forget(self)
        return super().unlink()

    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form" and self._asks_why_in_header:
            header = arch.find("header")
            if header is not None:
                header.insert(
                    len(header.findall("button")),
                    E.button(
                        name="action_why",
                        type="object",
                        string=self.env._("Why?"),
                        title=self.env._("What was decided here automatically"),
                    ),
                )
        return arch, view

    def action_why(self):
        """Return the action that opens the panel."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.client",
            "tag": "lead_why",
            "name": self.env._("Why?"),
            "target": "new",
            "params": {"res_model": self._name, "res_id": self.id},
            "context": {"dialog_size": "medium", "footer": False},
        }

    @api.readonly
    def get_why(self):
        """Return what decided about the record, and what would decide now.

        :return: a list of what is decided, each with `kind`, `label`, `value` (what the
            record has, as a text), `then` (what `_get_told` of the last
            `crm.lead.decision` returns, or False), `again` (`text`, `rule`, `value`,
            `is_same` and `differs`, or False), without kinds about which there is
            nothing
        :raise AccessError: the user may not read the record
        """
        self.ensure_one()
        self.check_access("read")
        result = self._get_why_of(self._get_decision_kinds())
        further, names = self._get_decided_further()
        further = further and further._filtered_access("read")
        if further:
            kinds = further._get_decision_kinds()
            result += further._get_why_of(
                {name: kinds[name] for name in names if name in kinds}
            )
        return result

    def _get_why_of(self, kinds):
        decisions = self._get_last_decisions()
        result = []
        for name, kind in kinds.items():
            decision, again = decisions.get(name), self._decide_again(name)
            if not decision and not again:
                continue
            result.append(
                {
                    "kind": name,
                    "label": kind.label,
                    "value": self._get_decided_text(kind),
                    "then": (decision and decision._get_told()) or False,
                    "again": self._get_told_again(name, kind, again),
                }
            )
        return result

    def _get_last_decisions(self):
        """Return the last decision of each kind, by kind."""
        decisions = self.env["crm.lead.decision"]
        decisions.sudo()._save_noted()
        return {
            kind: decisions.browse(last_id)
            for kind, last_id in decisions._read_group(
                decisions._get_domain_of(self), ["kind"], ["id:max"]
            )
        }

    def _get_decided_text(self, kind):
        """Return the value a kind of decision has given the record, as people read
        it."""
        field = kind.field and self._fields[kind.field]
        if not field or not self._has_field_access(field, "read"):
            return ""
        value = self[kind.field]
        if field.relational:
            value = value.id
        return self.env["crm.lead.decision"]._get_told_value(field, value)

    def _get_told_again(self, name, kind, again):
        if not again:
            return False
        decision, value = again
        decisions = self.env["crm.lead.decision"]
        told, is_same = "", None
        if value is not None:
            told = decisions._get_told_value(self._fields[kind.field], value)
            is_same = told == self._get_decided_text(kind)
        return {
            "text": self._tell_decision(name, decision.code, decision.told),
            "rule": decisions._get_told_rule(
                decision.rule and decision.rule._name,
                decision.rule and decision.rule.id,
            ),
            "value": told,
            "is_same": is_same is True,
            "differs": is_same is False,
        }
