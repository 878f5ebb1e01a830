import datetime

from markupsafe import Markup

from odoo import models

from ..crm_lead_capture_field.properties import PREFIX


class CrmLeadCaptureSubmission(models.Model):
    """Answers that are properties of the lead.

    Which properties a lead has, its team says, which is known once the lead was given
    out; so they are written then.
    """

    _inherit = "crm.lead.capture.submission"

    def _prepare_lead_values(self, lookups):
        values = super()._prepare_lead_values(lookups)
        lookups.setdefault("properties", {})[self] = {
            name: values.pop(name) for name in list(values) if name.startswith(PREFIX)
        }
        return values

    def _set_properties(self, leads, lookups):
        """Write the properties of leads; what the team of one doesn't have goes to its
        notes."""
        asked = {
            lead: given
            for submission, lead in zip(self, leads, strict=True)
            if (given := lookups["properties"][submission])
        }
        if not asked:
            return
        submissions = dict(zip(leads, self, strict=True))
        found = self.env["crm.lead"].union(*asked)
        for lead, row in zip(
            found, found.read(["lead_properties"], load=None), strict=True
        ):
            known = {one["name"]: one.get("value") for one in row["lead_properties"]}
            given = {
                name.removeprefix(PREFIX): (
                    value.isoformat() if isinstance(value, datetime.date) else value
                )
                for name, value in asked[lead].items()
            }
            fitting = {name: given[name] for name in given if name in known}
            if fitting:
                lead.lead_properties = {**known, **fitting}
            submissions[lead]._note_properties(
                lead, [name for name in given if name not in known]
            )

    def _note_properties(self, lead, names):
        """Put answers into the notes of a lead whose team has no such properties."""
        fields = self.form_id._get_lines().values()
        keys = {
            line.name: line.lead_field.removeprefix(PREFIX)
            for line in fields
            if line.lead_field
        }
        noted = [
            (key, text.replace("\n", ", "))
            for key, text in self._get_sorted_answers()
            if keys.get(key) in names
        ]
        if not noted:
            return
        lead.description = (lead.description or Markup()) + self._get_description(
            noted, message=""
        )
        self.noted = [*(self.noted or ()), *(key for key, _text in noted)]
