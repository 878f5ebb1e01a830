from odoo import api, models


class CrmLead(models.Model):
    """Why a lead is as it is, for whoever asks."""

    _inherit = "crm.lead"

    def _note_decisions(self, kind, decisions):
        super()._note_decisions(kind, decisions)
        if not decisions:
            return
        self.env["crm.lead.decision"].sudo()._note(
            (lead.sudo(), kind, decision) for lead, decision in decisions.items()
        )

    def unlink(self):
        self.env["crm.lead.decision"]._forget_noted(self)
        return super().unlink()

    def action_why(self):
        """Return the action that opens the panel."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.client",
            "tag": "lead_why",
            "name": self.env._("Why?"),
            "target": "new",
            "params": {"lead_id": self.id},
            "context": {"dialog_size": "medium", "footer": False},
        }

    @api.readonly
    def get_why(self):
        """Return what decided about the lead, and what would decide now.

        :return: a list of what is decided, each with `kind`, `label`, `value` (what
            the lead has, as a text), `then` (what `_get_told` of the last
            `crm.lead.decision` returns, or False), `again` (`text`, `rule`, `value`,
            `is_same` and `differs`, or False), without kinds about which there is
            nothing
        :rtype: list[dict]
        :raise AccessError: the user may not read the lead
        """
        self.ensure_one()
        self.check_access("read")
        decisions = self._get_last_decisions()
        result = []
        for name, kind in self._get_decision_kinds().items():
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
        self.env["crm.lead.decision"].sudo()._save_noted()
        last = {}
        for kind, ids in self.env["crm.lead.decision"]._read_group(
            [("lead_id", "=", self.id)], ["kind"], ["id:max"]
        ):
            last[kind] = self.env["crm.lead.decision"].browse(ids)
        return last

    def _get_decided_text(self, kind):
        """Return the value a kind of decision has given the lead, as people read it."""
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
        is_compared = value is not None
        told = ""
        if is_compared:
            told = decisions._get_told_value(self._fields[kind.field], value)
        return {
            "text": self._tell_decision(name, decision.code, decision.told),
            "rule": decisions._get_told_rule(
                decision.rule and decision.rule._name,
                decision.rule and decision.rule.id,
            ),
            "value": told,
            "is_same": is_compared and told == self._get_decided_text(kind),
            "differs": is_compared and told != self._get_decided_text(kind),
        }
