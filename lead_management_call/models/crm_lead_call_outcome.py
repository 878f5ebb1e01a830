from odoo import fields, models

# What may be next, and the type of the activity that it is
NEXT_STEPS = [
    ("none", "None"),
    ("call", "Call again"),
    ("meeting", "Meeting"),
    ("email", "Email"),
]
ACTIVITY_TYPES = {
    "call": "mail.mail_activity_data_call",
    "meeting": "mail.mail_activity_data_meeting",
    "email": "mail.mail_activity_data_email",
}


class CrmLeadCallOutcome(models.Model):
    """What comes of a call, in the company's own words.

    The kind is what the reports count and the dialog reacts to: a wrong number may be
    taken off the lead, who asks to be called back is called on a day.
    """

    _name = "crm.lead.call.outcome"
    _description = "Call Outcome"
    _inherit = ["lead.picklist.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [
            ("reached", "Reached"),
            ("not_reached", "Not reached"),
            ("voicemail", "Voicemail"),
            ("call_back", "Call back"),
            ("wrong_number", "Wrong number"),
        ],
        required=True,
        default="reached",
        help="What the outcome counts as. “Reached” and “Call back” mean that somebody"
        " was talked to; “Wrong number” offers to remove the number from the lead.",
    )
    next_step = fields.Selection(
        NEXT_STEPS,
        required=True,
        default="none",
        help="What the dialog proposes to do next",
    )
    next_days = fields.Integer(
        "Days Until Then",
        default=1,
        help="After how many working days of the company, by default; 0 is today",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True, help="Archived outcomes stay on their calls but can't be chosen"
    )

    _next_days_positive = models.Constraint(
        "CHECK(next_days BETWEEN 0 AND 365)",
        "The days until the next step are a number from 0 to 365.",
    )

    def _get_usage_fields(self):
        return [*super()._get_usage_fields(), ("crm.lead.call", "outcome_id")]
