from datetime import timedelta

from odoo import fields, models

SAME_MOMENT = timedelta(seconds=1)


class CrmLead(models.Model):
    """When work on a lead began: the first message to its contact, or activity done."""

    _inherit = "crm.lead"

    date_first_touch = fields.Datetime(
        "First Contact On",
        copy=False,
        readonly=True,
        system=True,
        help="When the contact was first written to or called, or the first activity"
        " was done",
    )

    def _set_in_process(self):
        # Marked here, once the status has moved: both go into one UPDATE.
        result = super()._set_in_process()
        untouched = self.sudo().filtered(lambda lead: not lead.date_first_touch)
        if untouched:
            untouched.date_first_touch = self.env.cr.now()
        return result

    def _take_back_touch(self, moment):
        """Forget that somebody was in touch with the contact, as that was a mistake.

        :param datetime moment: when it was noted; what was noted before stays
        """
        begun = self.sudo().filtered(
            lambda lead: (
                lead.date_first_touch
                and abs(lead.date_first_touch - moment) < SAME_MOMENT
            )
        )
        begun.write({"date_first_touch": False})
