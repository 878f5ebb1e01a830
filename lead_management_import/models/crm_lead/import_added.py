from markupsafe import Markup

from odoo import models


class CrmLead(models.Model):
    """Rows of people of whom a lead is open: they are added to it.

    They fill its blanks, and all that the file says of them becomes a note.
    """

    _inherit = "crm.lead"

    def _add_rows(self, rows):
        """Add rows to leads.

        :param rows: pairs of the id of a lead and values as of `create`
        """
        if not rows:
            return
        leads = self.browse({lead_id for lead_id, _values in rows}).exists()
        leads.check_access("write")
        # Somebody may have deleted one: its row is created no more, and told nowhere.
        there = [
            (leads & leads.browse(lead_id), values)
            for lead_id, values in rows
            if lead_id in leads._ids
        ]
        names = self._get_fields_to_tell()
        bodies = {}
        for lead, values in there:
            told = self._describe_typed(values, names)
            bodies[lead.id] = bodies.get(lead.id, Markup()) + Markup("<p>%s</p>%s") % (
                self.env._("In an imported file, and added here:"),
                told,
            )
        self._add_to_leads(there)
        leads._message_log_batch(bodies=bodies)
