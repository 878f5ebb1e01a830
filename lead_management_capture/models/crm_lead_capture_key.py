import datetime
import hashlib
import secrets

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

KEY_BYTES = 32
KEY_BEGINNING = "lead_"
SHOWN_CHARACTERS = 10
REPLACED_HOURS = 24
# Nobody needs to know it to the second, and each post would write a row.
USED_HOURS = 1


class CrmLeadCaptureKey(models.Model):
    """What lets a program send leads to a web form as JSON.

    The key is shown once, when it is made; what is kept tells whether a key is right,
    not what it is. A key that is replaced goes on working for a day, so that the
    program can be given the new one without a gap.
    """

    _name = "crm.lead.capture.key"
    _description = "Key of a Web Form"
    _inherit = ["lead.guard.mixin", "lead.cached.mixin"]

    form_id = fields.Many2one(
        "crm.lead.capture.form", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char("Program", required=True, help="What sends leads with this key")
    beginning = fields.Char(
        "Key", readonly=True, system=True, help="How the key begins"
    )
    digest = fields.Char(
        required=True,
        readonly=True,
        system=True,
        copy=False,
        groups=fields.NO_ACCESS,
        help="SHA-256 of the key",
    )
    expiration_date = fields.Datetime(
        "Valid Until", help="Leave it empty for a key that works until it is deleted"
    )
    used_date = fields.Datetime("Last Used", readonly=True, system=True, copy=False)

    _digest_unique = models.Constraint("UNIQUE(digest)", "There is such a key already.")

    def _get_digest(self, key):
        # The keys are random and long: nothing is gained by a slow hash.
        return hashlib.sha256(key.encode()).hexdigest()

    def _new_key(self, form, name, until=False):
        """Make a key of a form that the user may change. Nobody else can make any.
        Return the key's record, and the key itself, which is known only here."""
        form.check_access("write")
        key = KEY_BEGINNING + secrets.token_urlsafe(KEY_BYTES)
        record = self.sudo().create(
            {
                "form_id": form.id,
                "name": name,
                "beginning": key[:SHOWN_CHARACTERS],
                "digest": self._get_digest(key),
                "expiration_date": until,
            }
        )
        return record.with_env(self.env), key

    def action_replace(self):
        """Make a key that takes the place of this one, which ends in a day."""
        self.ensure_one()
        if self.expiration_date and self.expiration_date <= fields.Datetime.now():
            raise UserError(
                self.env._(
                    "The key “%(key)s” of the form “%(form)s” has ended already. Create"
                    " a new one.",
                    key=self.name,
                    form=self.form_id.name,
                )
            )
        _record, key = self._new_key(self.form_id, self.name, self.expiration_date)
        end = fields.Datetime.now() + datetime.timedelta(hours=REPLACED_HOURS)
        self.expiration_date = min(filter(None, [self.expiration_date, end]))
        return self._show(key)

    def _show(self, key):
        return self.env["crm.lead.capture.key.show"]._get_records_action(
            name=self.env._("New Key"), target="new", context={"default_key": key}
        )

    def _note_use(self, key_id):
        """Note that a key was used, about once an hour. Whoever comes second at the
        same moment has nothing to note."""
        now = fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                """
                UPDATE %(table)s SET used_date = %(now)s
                 WHERE id IN (SELECT id FROM %(table)s
                               WHERE id = %(key)s
                                 AND (used_date IS NULL OR used_date < %(since)s)
                                 FOR UPDATE SKIP LOCKED)
                """,
                table=SQL.identifier(self._table),
                key=key_id,
                now=now,
                since=now - datetime.timedelta(hours=USED_HOURS),
            ),
            # Who comes second just after it is done again: no error to look into
            log_exceptions=False,
        )


class CrmLeadCaptureKeyShow(models.AbstractModel):
    """The dialog that shows a key once. Nothing of it is stored."""

    _name = "crm.lead.capture.key.show"
    _description = "New Key of a Web Form"

    # Without it, an onchange returns no value of `key`.
    id = fields.Id()
    key = fields.Char(readonly=True)
