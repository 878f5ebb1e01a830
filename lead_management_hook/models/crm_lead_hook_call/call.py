import datetime
import hashlib
import logging

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.lead_management.models.in_parts import PASSED_ON
from odoo.addons.lead_management_capture.models.crm_lead_capture_submission import (
    receive as receiving,
)
from odoo.addons.lead_management_capture.tools.capture_body import BodyError

from ...tools import payload

_logger = logging.getLogger(__name__)

SAME_TIME = datetime.timedelta(days=1)
KEPT_DAYS = 30
# So many calls of a webhook may wait; whoever sends more is told to come again.
CEILING = 10_000


class CrmLeadHookCall(models.Model):
    """What a service has sent, as it came, and what became of it."""

    _name = "crm.lead.hook.call"
    _description = "Webhook Call"
    _inherit = ["lead.guard.mixin"]
    _order = "id desc"

    hook_id = fields.Many2one(
        "crm.lead.hook",
        "Webhook",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="hook_id.company_id", store=True, index=True)
    create_date = fields.Datetime("Received", readonly=True)
    body = fields.Text("What Was Sent", readonly=True)
    content_type = fields.Char(readonly=True)
    digest = fields.Char(readonly=True, copy=False, help="Tells what was sent again")
    state = fields.Selection(
        [("waiting", "Waiting"), ("taken", "Taken"), ("test", "Test")],
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    waiting = fields.Integer(compute="_compute_waiting", store=True)
    reason = fields.Text(readonly=True, help="Why it waits")
    unused = fields.Text(
        "Left Out", readonly=True, help="Values that the webhook has no line for"
    )

    _digest_uniq = models.UniqueIndex("(hook_id, digest)")

    @api.depends("state")
    def _compute_waiting(self):
        for call in self:
            call.waiting = call.state == "waiting"

    @api.depends("hook_id", "create_date")
    def _compute_display_name(self):
        for call in self:
            call.display_name = f"{call.hook_id.name} {call.id or ''}".strip()

    def _receive(self, hook, data, content_type):
        """Store a call, then try to make a submission of it.

        :return: the call, empty when too many wait
        :raise BodyError: the body can't be stored
        """
        body = payload.decode(data)
        digest = hashlib.sha256(data).hexdigest()
        calls = self.sudo()
        waiting = [("hook_id", "=", hook.id), ("state", "=", "waiting")]
        if calls.search_count(waiting, limit=CEILING) >= CEILING:
            return calls
        values = {
            "hook_id": hook.id,
            "company_id": hook.company_id.id,
            "body": body,
            "content_type": (content_type or "")[:200],
            "digest": digest,
            "state": "waiting",
            "waiting": 1,
        }
        if not (call := calls._insert(values)):
            same = [("hook_id", "=", hook.id), ("digest", "=", digest)]
            since = fields.Datetime.now() - SAME_TIME
            long_ago = calls.search([*same, ("create_date", "<=", since)])
            long_ago.digest = False
            if not long_ago or not (call := calls._insert(values)):
                return calls.search(same, limit=1)
        call._take()
        return call

    def _insert(self, values):
        """Insert a row, unless the same call is there; return it.

        Not by `create`: of two requests at once the second one would end in an error,
        where this is tried again, and finds the row of the first.
        """
        self.env.flush_all()
        now = fields.Datetime.now()
        columns = {**values, "create_date": now, "write_date": now}
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO %s (%s) VALUES %s
                ON CONFLICT (hook_id, digest) DO NOTHING
                RETURNING id
                """,
                SQL.identifier(self._table),
                SQL(", ").join(map(SQL.identifier, columns)),
                tuple(columns.values()),
            ),
            log_exceptions=False,
        )
        return self.browse(row_id for (row_id,) in self.env.cr.fetchall())

    def _take(self):
        """Make submissions of calls that wait; say of the others why not."""
        for call in self.filtered(lambda call: call.state == "waiting"):
            try:
                with self.env.cr.savepoint():
                    call._take_one()
            except PASSED_ON:
                raise
            except Exception as error:
                _logger.warning("Call %s of a webhook failed", call.id, exc_info=error)
                call.reason = f"{type(error).__name__}: {error}"

    def _take_one(self):
        hook = self.hook_id.sudo()
        try:
            values = payload.flatten(
                payload.read(self._get_body(), self.content_type or "")
            )
        except BodyError as error:
            self._wait(self.env._("It can't be read (%s).", error.reason))
            return
        if refusal := hook._find_refusal(values):
            self._wait(refusal)
            return
        inputs, unused = hook._read_inputs(values)
        outcome = {"reason": False, "unused": "\n".join(unused)}
        if hook._is_test(values):
            self.write({**outcome, "state": "test"})
            return
        if reason := self._submit(hook, inputs):
            self._wait(reason, unused)
        else:
            self.write({**outcome, "state": "taken"})

    def _get_body(self):
        """Return the text of which the values are read."""
        return self.body or ""

    def _submit(self, hook, inputs):
        """Hand answers to the form; return why it does not take them, or nothing."""
        forms = self.env["crm.lead.capture.form"]
        open_form = forms._get_open_form(hook._get_mapping().form_token)
        if not open_form:
            return self.env._("The web form “%s” is closed.", hook.form_id.name)
        submissions = self.env["crm.lead.capture.submission"].sudo()
        receipt = submissions._receive_from_program(
            open_form, inputs, f"hook {hook.id}", open_form.langs[0], str(self.id)
        )
        if receipt.outcome == receiving.TAKEN:
            return None
        labels = hook.form_id._get_input_labels()
        errors = receipt.errors or {"": receipt.outcome}
        reasons = []
        for name, code in errors.items():
            reason = submissions._explain_refusal(name, code, open_form)
            reasons.append(": ".join(filter(None, [labels.get(name, name), reason])))
        return "\n".join(reasons)

    def _wait(self, reason, unused=()):
        self.write({"reason": reason, "unused": "\n".join(unused)})

    def action_try_again(self):
        """Try the chosen calls again."""
        self.check_access("read")
        self.sudo().sorted("id")._take()

    @api.autovacuum
    def _gc_calls(self):
        """Forget what was sent once it is a submission: it is personal data."""
        before = fields.Datetime.now() - datetime.timedelta(days=KEPT_DAYS)
        self.search(
            [("state", "!=", "waiting"), ("create_date", "<", before)], limit=10_000
        ).unlink()
