import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from odoo.addons.lead_management.models.lead_notice import RELOAD, get_notification
from odoo.addons.lead_management_capture.tools.capture_body import BodyError

from ...tools import payload

FULL_NAME = "full name"
TOKEN_BYTES = 24


class CrmLeadHook(models.Model):
    """Address that a service calls when it has a lead.

    SPECIFICATION

    A call is stored before anything is made of it. Then its values (`tools/payload.py`)
    are put in as answers to the questions of a web form, by the lines of the webhook,
    and the form does with them what it does with what a program sends: it checks them,
    counts them, gives the lead its owner, source and tags.

    What can't be read, lacks what the form must have, or comes while the form is closed
    *waits* with the reason. Once the lines or the form are mended it is tried again;
    nothing is lost. The same call within a day is taken once: services repeat a call
    whose answer they have missed.
    """

    _name = "crm.lead.hook"
    _description = "Webhook for Leads"
    _inherit = ["lead.picklist.mixin", "mail.thread", "lead.guard.mixin"]
    _order = "name, id"
    _is_replaceable = False

    name = fields.Char(required=True, tracking=True, help="What calls the address")
    active = fields.Boolean(default=True, tracking=True)
    form_id = fields.Many2one(
        "crm.lead.capture.form",
        "Web Form",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        help="Its questions take the values; its checks, limits and settings are those"
        " of the leads",
    )
    company_id = fields.Many2one(related="form_id.company_id", store=True, index=True)
    platform = fields.Selection(
        [("other", "Any service")],
        default="other",
        required=True,
        help="Some come with their mapping, and prove who calls",
    )
    token = fields.Char(
        default=lambda self: secrets.token_urlsafe(TOKEN_BYTES),
        required=True,
        readonly=True,
        copy=False,
        system=True,
        help="Part of the address, which can't be guessed",
    )
    address = fields.Char(
        compute="_compute_address",
        help="What the service calls, by POST",
    )
    sample = fields.Text(
        copy=False,
        help="What the service sends, to choose from. The last call is taken if you"
        " leave it empty.",
    )
    line_ids = fields.One2many("crm.lead.hook.line", "hook_id", "Mapping", copy=True)
    call_ids = fields.One2many(
        "crm.lead.hook.call",
        "hook_id",
        "Calls",
    )
    call_count = fields.Integer("Received", compute="_compute_call_counts")
    waiting_count = fields.Integer("Waiting", compute="_compute_call_counts")

    _token_unique = models.Constraint(
        "UNIQUE(token)", "Another webhook has this address already."
    )

    def _get_usage_fields(self):
        # What services have sent is kept, and may wait to become leads.
        return [*super()._get_usage_fields(), ("crm.lead.hook.call", "hook_id")]

    @api.depends("token")
    def _compute_address(self):
        for hook in self:
            hook.address = f"{hook.get_base_url()}/lead/hook/{hook.token}"

    @api.depends("call_ids.state")
    def _compute_call_counts(self):
        counts = dict.fromkeys(self, (0, 0))
        for hook, count, waiting in (
            self.env["crm.lead.hook.call"]
            .sudo()
            ._read_group(
                [("hook_id", "in", self.ids)],
                ["hook_id"],
                ["__count", "waiting:sum"],
            )
        ):
            counts[hook] = count, waiting
        for hook in self:
            hook.call_count, hook.waiting_count = counts.get(hook._origin, (0, 0))

    @api.onchange("platform", "form_id")
    def _onchange_platform(self):
        if self.form_id and not self.line_ids:
            self.line_ids = self._get_ready_lines()

    def _get_ready_lines(self):
        """Return commands for lines that take what the platform sends, as far as the
        form asks for it."""
        asked = self.form_id.field_ids.filtered(lambda field: not field.is_constant)
        questions = {field.key: field for field in asked}
        lines = []
        for path, key in self._get_ready_paths().items():
            if key in questions:
                lines.append({"path": path, "field_id": questions[key]._origin.id})
            elif key == FULL_NAME and "last_name" in questions:
                lines.append({"path": path, "use": "name"})
        return [
            Command.create({**line, "sequence": number})
            for number, line in enumerate(lines)
        ]

    @api.constrains("form_id", "line_ids")
    def _check_lines(self):
        for line in self.line_ids:
            target = line.field_id or line.consent_id
            if target and target.form_id != line.hook_id.form_id:
                raise ValidationError(
                    self.env._(
                        "“%(path)s” of the webhook “%(hook)s” answers a question of"
                        " another web form. Choose one of “%(form)s”.",
                        path=line.path,
                        hook=line.hook_id.name,
                        form=line.hook_id.form_id.name,
                    )
                )

    def action_read_sample(self):
        """Add a line for each value of the sample that has none."""
        self.ensure_one()
        self.check_access("write")
        if not self.sample:
            self.sample = self.call_ids[:1].body
        if not self.sample:
            raise UserError(
                self.env._(
                    "Nothing has come to “%(hook)s” yet. Paste what the service sends,"
                    " or let it send a test.",
                    hook=self.name,
                )
            )
        try:
            values = payload.flatten(payload.read(self.sample))
        except BodyError as error:
            raise UserError(
                self.env._(
                    "The sample of “%(hook)s” can't be read as JSON. Paste all that the"
                    " service sends.",
                    hook=self.name,
                )
            ) from error
        known = {line.path: line for line in self.line_ids}
        for path in known.keys() & values.keys():
            known[path].example = values[path][:100]
        self.line_ids = [
            Command.create(
                {
                    "path": path,
                    "example": text[:100],
                    "use": "nothing",
                    "sequence": 100 + number,
                }
            )
            for number, (path, text) in enumerate(values.items())
            if path not in known
        ]

    def action_try_again(self):
        """Try what waits again, the oldest first, with the lines as they are now."""
        self.ensure_one()
        self.check_access("write")
        waiting = self.sudo().call_ids.filtered("waiting").sorted("id")
        waiting._take()
        left = waiting.filtered("waiting")
        return get_notification(
            self.env._(
                "%(done)s processed, %(left)s still waiting.",
                done=len(waiting) - len(left),
                left=len(left),
            ),
            is_warning=bool(left),
            next_action=RELOAD,
        )

    def action_open_calls(self):
        """Show what has come."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "lead_management_hook.crm_lead_hook_call_action"
        )
        return {**action, "domain": [("hook_id", "=", self.id)], "context": {}}
