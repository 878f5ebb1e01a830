from odoo import models


class CrmLead(models.Model):
    """A copy of a lead is a new lead.

    Who it is and where it came from is copied: person, company, tags, source, notes.
    What happened to the original is not: it is open and rated anew, whatever became of
    the other one. Fields of leads say so by `copy`; those of Odoo that opportunities
    share are named here. Opportunities that never were leads are copied as Odoo does.
    """

    _inherit = "crm.lead"

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for lead, vals in zip(self, vals_list, strict=True):
            if lead.status_id:
                vals.update(lead._get_values_of_copy(), **(default or {}))
        return vals_list

    def _get_values_of_copy(self):
        """Return the values of Odoo's own fields that a copy of a lead starts with."""
        if self.type == "opportunity":
            return {"date_conversion": False}
        return {
            "active": True,
            "campaign_id": False,
            "date_conversion": False,
            "date_deadline": False,
            "lost_reason_id": False,
            "priority": "0",
        }
