from odoo import fields, models

MAX_FILL_SECONDS = 120


class CrmLeadCaptureForm(models.Model):
    """How much a form takes, and what it takes for a robot's."""

    _inherit = "crm.lead.capture.form"

    daily_limit = fields.Integer(
        default=500,
        help="Leads per day. Further submissions wait, and become leads first the"
        " next day.",
    )
    rate_limit = fields.Integer(
        "Submissions per Visitor",
        default=20,
        help="How often the form can be sent from one network address in an hour."
        " Further submissions are quarantined. 0 means no limit.",
    )
    min_fill_seconds = fields.Integer(
        "Minimum Time",
        default=3,
        help="Seconds a person needs to fill in the form. Faster submissions are"
        " quarantined. Works only on the page that Odoo serves. 0 turns it off.",
    )
    use_recaptcha = fields.Boolean(
        "reCAPTCHA",
        help="Let Google reCAPTCHA v3 judge whether visitors are people. Loads Google's"
        " script into the form. Its keys are in the general settings, once Odoo's"
        " Google reCAPTCHA integration is installed.",
    )
    recaptcha_min_score = fields.Float(
        "Minimum Score",
        default=0.5,
        help="From 0 (certainly a robot) to 1 (certainly a person). Submissions that"
        " score less are quarantined.",
    )
    silence_days = fields.Integer(
        "Warn When Silent",
        default=30,
        help="Days without submissions after which the form warns that something may"
        " be wrong. 0 turns the warning off.",
    )

    _check_daily_limit = models.Constraint(
        "CHECK(daily_limit > 0)", "The daily limit must be at least 1."
    )
    _check_rate_limit = models.Constraint(
        "CHECK(rate_limit >= 0)",
        "The number of submissions per visitor can't be negative.",
    )
    _check_min_fill_seconds = models.Constraint(
        f"CHECK(min_fill_seconds >= 0 AND min_fill_seconds <= {MAX_FILL_SECONDS})",
        "The minimum time must be between 0 and 120 seconds.",
    )
    _check_recaptcha_min_score = models.Constraint(
        "CHECK(recaptcha_min_score >= 0 AND recaptcha_min_score <= 1)",
        "The minimum score must be between 0 and 1.",
    )
    _check_silence_days = models.Constraint(
        "CHECK(silence_days >= 0)", "The number of silent days can't be negative."
    )
