import datetime
import secrets
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ...tools import capture_fields

TOKEN_BYTES = 24


class CrmLeadCaptureForm(models.Model):
    """Form on the web that makes leads.

    SPECIFICATION

    A form asks for fields of a fixed list (`tools/capture_fields.py`), for other fields
    of the lead, and questions of its own, in the order of its lines. It shows on a page
    that Odoo serves, and on any web site as HTML that is pasted there. Both post to one
    address, which holds the form's token.

    What a lead gets beyond the answers (fixed values of lines, campaign, source,
    medium, tags, owner, queue, team, company) is taken from here when the answers are
    processed. None of it stands in the HTML, so that no visitor can change it.

    A form is open while it is active. Archiving closes it: page and address say so, or
    lead to another address, whatever was pasted elsewhere, and nothing is taken any
    more. Restoring opens it at the same address. A copy has an address of its own.
    """

    _name = "crm.lead.capture.form"
    _description = "Web Form for Leads"
    _inherit = [
        *("mail.thread", "mail.activity.mixin"),
        *("lead.sample.mixin", "lead.cached.mixin"),
    ]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(
        required=True, tracking=True, help="What the form is called in Odoo"
    )
    active = fields.Boolean(
        default=True, tracking=True, help="Archiving a form closes it on the web"
    )
    token = fields.Char(
        default=lambda self: secrets.token_urlsafe(TOKEN_BYTES),
        required=True,
        readonly=True,
        copy=False,
        system=True,
        help="Part of the address of the form, which can't be guessed",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        help="Leads of the form belong to this company",
    )
    # What visitors see
    title = fields.Char(
        translate=True,
        help="Heading above the form. Leave it empty to show the form's name.",
    )
    intro = fields.Text(
        "Introduction", translate=True, help="Text between the heading and the fields"
    )
    submit_label = fields.Char(
        "Button", translate=True, help="Text of the button. Leave it empty for “Send”."
    )
    thank_you = fields.Text(
        "Thank-you Text",
        translate=True,
        help="Shown after sending, when there is no return address",
    )
    closed_text = fields.Text(
        translate=True,
        help="Shown while the form is closed. Leave it empty for “This form is"
        " closed.”",
    )
    closed_url = fields.Char(
        "Address When Closed",
        help="Page to which the closed form leads: https://… or a path on this server",
    )
    field_ids = fields.One2many(
        "crm.lead.capture.field",
        "form_id",
        "Fields",
        copy=True,
        default=lambda self: self._default_field_ids(),
    )
    consent_ids = fields.One2many(
        "crm.lead.capture.consent", "form_id", "Consents", copy=True
    )
    lang_ids = fields.Many2many(
        "res.lang",
        string="Languages",
        help="Languages in which the form is shown. Visitors see the one their"
        " browser asks for, or else the company's. Leave it empty to use only the"
        " company's.",
    )
    # What the lead gets
    campaign_id = fields.Many2one("utm.campaign", index="btree_not_null")
    source_id = fields.Many2one(
        "utm.source", domain=[("is_lead_source", "=", True)], index="btree_not_null"
    )
    medium_id = fields.Many2one("utm.medium", index="btree_not_null")
    tag_ids = fields.Many2many("crm.tag", string="Tags")
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        domain=[("share", "=", False)],
        check_company=True,
        index="btree_not_null",
        help="Who gets the leads, unless an assignment rule takes them",
    )
    queue_id = fields.Many2one(
        "crm.lead.queue",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Where the leads wait to be claimed, unless an assignment rule takes them",
    )
    team_id = fields.Many2one(
        "crm.team",
        "Sales Team",
        domain=[("use_leads", "=", True)],
        check_company=True,
        index="btree_not_null",
        help="Team of the leads, unless an assignment rule gives another",
    )
    use_assignment_rules = fields.Boolean(
        default=True,
        help="Try the assignment rules first. The form's owner and team are for"
        " leads that no rule takes.",
    )
    # What happens after sending
    return_url = fields.Char(
        "Return Address",
        help="Page that visitors see after sending: https://… or a path on this"
        " server. Leave it empty to show a thank-you page.",
    )
    error_url = fields.Char(
        "Error Address",
        help="Page that visitors of your own site see when something they typed"
        " can't be used. Leave it empty to show them what to fix on the form's own"
        " page.",
    )
    notify_user_ids = fields.Many2many(
        "res.users",
        string="Notify",
        domain=[("share", "=", False)],
        help="Who gets a message for each lead",
    )
    auto_response_template_id = fields.Many2one(
        "mail.template",
        "Automatic Answer",
        domain=[("model", "=", "crm.lead")],
        index="btree_not_null",
        help="Email the visitor receives",
    )
    answer_limit = fields.Integer(
        "Answers per Hour",
        default=60,
        help="How many automatic answers the form sends in an hour, so that nobody"
        " can use it to send mail in your name. 0 means no limit.",
    )
    frame_ancestors = fields.Text(
        "Sites That May Embed",
        help="Websites that may show the form's page in a frame, one on each line:"
        " https://www.example.com, *.example.com",
    )
    cors_origins = fields.Text(
        "Sites That May Post by Script",
        help="Websites whose scripts may send the form and read the answer, one on"
        " each line: https://www.example.com. Plain forms need none.",
    )

    _token_unique = models.Constraint(
        "UNIQUE(token)", "Another form has this address already."
    )
    _check_owner_or_queue = models.Constraint(
        "CHECK(user_id IS NULL OR queue_id IS NULL)",
        "Leads go either to an owner or to a queue: choose one of the two for the"
        " form.",
    )
    _check_answer_limit = models.Constraint(
        "CHECK(answer_limit >= 0)",
        "The number of automatic answers per hour can't be negative.",
    )

    def _default_field_ids(self):
        return [
            Command.create(
                {
                    "key": key,
                    "sequence": sequence,
                    "required": key in capture_fields.DEFAULT_REQUIRED,
                }
            )
            for sequence, key in enumerate(capture_fields.DEFAULT_KEYS, 1)
        ]

    @api.constrains("active", "field_ids")
    def _check_field_ids(self):
        """An empty form would be a page with a button, and a post nobody can answer."""
        for form in self:
            if form.active and not form.field_ids.filtered(
                lambda field: not field.is_constant
            ):
                raise ValidationError(
                    self.env._(
                        "The form “%(form)s” asks for nothing. Add a field to it.",
                        form=form.name,
                    )
                )

    def copy(self, default=None):
        """Copy forms; questions that depend on others depend on those of the copy."""
        copies = super().copy(default=default)
        for form, new in zip(self, copies, strict=True):
            lines = form.field_ids.sorted("id"), new.field_ids.sorted("id")
            if len(lines[0]) != len(lines[1]):  # others were given
                continue
            twins = dict(zip(*lines, strict=True))
            for line, twin in twins.items():
                if line.shown_if_id:
                    twin.shown_if_id = twins[line.shown_if_id]
        return copies

    def copy_data(self, default=None):
        vals_list = super().copy_data(default=default)
        if not (default or {}).get("name"):
            for form, vals in zip(self, vals_list, strict=True):
                vals["name"] = self.env._("%(form)s (copy)", form=form.name)
        return vals_list

    def _get_today(self):
        """Return the date of today where the form's company is."""
        for name in (self.company_id.partner_id.tz, self.user_id.tz):
            if timezone := self._get_timezone(name):
                return datetime.datetime.now(timezone).date()
        return fields.Date.today()

    def _get_timezone(self, name):
        """Return a time zone by its name, None when the server knows none of it."""
        try:
            return ZoneInfo(name) if name else None
        except (ZoneInfoNotFoundError, OSError, ValueError):
            return None

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        """Refuse to delete forms of which submissions are kept."""
        kept = (
            self.env["crm.lead.capture.submission"]
            .sudo()
            ._read_group([("form_id", "in", self.ids)], ["form_id"], ["__count"])
        )
        for form, count in kept:
            raise UserError(
                self.env._(
                    "“%(form)s” can't be deleted as long as its submissions are kept"
                    " (%(count)s). Archive the form to close it.",
                    form=form.display_name,
                    count=count,
                )
            )
