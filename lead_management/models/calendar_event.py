from odoo import models


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    _is_about_leads = True  # leads have meetings as well as opportunities
