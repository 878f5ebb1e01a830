from odoo.exceptions import UserError


class ClaimRefused(UserError):
    """A lead can't be claimed; the web client says why in passing, not in a dialog."""
