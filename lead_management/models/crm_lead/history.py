from odoo import models

# The context key of the list in which notes are kept; no client can send one.
NOTES = "lead_notes"


class Notes(list):
    """The values of notes that are written together."""


class CrmLead(models.Model):
    """The history of many leads that were changed in one call.

    Native tells of the changes of one lead after the other, with an INSERT of a note
    and one of its values for each. Here they are told in the same way, and what is told
    is written together. What is posted to followers is posted as ever.
    """

    _inherit = "crm.lead"

    def _message_track(self, fields_iter, initial_values_dict):
        if len(self) < 2:
            return super()._message_track(fields_iter, initial_values_dict)
        notes = Notes()
        leads = self.with_context(**{NOTES: notes})
        tracking = super(CrmLead, leads)._message_track(
            fields_iter, initial_values_dict
        )
        if notes:
            # Who extends it after this class has seen them, one by one.
            CrmLead._message_create(leads.sudo(), notes)
        return tracking

    def message_post(self, **kwargs):
        leads = self
        if NOTES in self.env.context:
            # Whatever is logged by whoever is told is written at once.
            leads = self.with_context(**{NOTES: None})
        return super(CrmLead, leads).message_post(**kwargs)

    def _message_create(self, values_list):
        notes = self.env.context.get(NOTES)
        if not isinstance(notes, Notes) or values_list is notes:
            return super()._message_create(values_list)
        notes.extend(values_list)
        return self.env["mail.message"]
