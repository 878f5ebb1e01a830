from typing import Any, NamedTuple

from odoo import models

HIDDEN_NAME = "…"


class Decision(NamedTuple):
    """What decided something about a record by itself.

    :param str code: which of the ways in which this kind is decided
    :param rule: the record that says so: a rule, an entry; False for none
    :param tuple names: the fields of the record it was decided on
    :param dict told: what else the sentence needs, as JSON has it: ids, not names
    """

    code: str
    rule: Any = False
    names: tuple = ()
    told: dict = {}


class Kind(NamedTuple):
    """What is decided: what people call it, and the field that has the result."""

    label: str
    field: str


class LeadDecisionMixin(models.AbstractModel):
    """Why a record is as it is: whatever decides something by itself says so here.

    SPECIFICATION

    * Leads, accounts and what visitors send are such records.
    * Code that changes one without anybody having asked for this value calls
      `_note_decisions` right where it decides. What a person chooses is no decision.
    * A kind of decision (status, stars …) is described by who makes it, who extends
      `_get_decision_kinds`, `_tell_decision` and, where there is something that would
      decide again today, `_decide_again`, of the model that it is about.
    * `_asks_why_in_header`: whether its form has the button that asks among those of
      its header. Otherwise a view of the addon that keeps decisions has it.
    * Nothing is kept here. An addon that keeps and shows it extends `_note_decisions`.
    """

    _name = "lead.decision.mixin"
    _description = "Record with Automatic Decisions"

    _asks_why_in_header = False

    def _note_decisions(self, kind, decisions):
        """Take note of what decided about records.

        :param str kind: one of `_get_decision_kinds`
        :param dict decisions: `Decision` by record, after it is carried out
        """

    def _get_decision_kinds(self):
        """Return what is decided by itself, in the order it is told. Extend for more.

        :return: `Kind` by its technical name
        """
        return {}

    def _get_noted_values(self, names):
        """Return what fields had when something was decided about the records first.

        :param names: of fields
        :return: values by name, by the id of the record: as `write` takes them, those
            that were noted and nothing else
        :rtype: dict[int, dict]
        """
        return {}

    def _decide_again(self, kind):
        """Return what would decide now, without changing anything.

        :return: a `Decision` with the value it would give (None where that says
            nothing), or None where nothing decides again
        :rtype: tuple[Decision, object] | None
        """
        return

    def _tell_decision(self, kind, code, told):
        """Return in words why something was decided, for the user.

        :param str code: of the `Decision`
        :param dict told: of the `Decision`; a name that the user may not read is
            `HIDDEN_NAME`, see `_get_told_name`
        :rtype: str
        """
        return ""

    def _get_decided_further(self):
        """Return the record that this one became, and of whose decisions is told as
        well, perhaps none; and their kinds."""
        return None, ()

    def _get_told_name(self, model_name, record_id):
        """Return the name of a record if the user may read it and it is there."""
        if model_name not in self.env or not record_id:
            return HIDDEN_NAME
        record = self.env[model_name].browse(record_id).exists()
        readable = record._filtered_access("read")
        return readable.display_name or HIDDEN_NAME
