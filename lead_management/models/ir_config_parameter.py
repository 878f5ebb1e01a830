import logging

from odoo import models
from odoo.tools import SQL, ormcache, str2bool

_logger = logging.getLogger(__name__)

# 270 years in days: what dates can still be moved by
HIGHEST = 100_000
PREFIX = "lead_management."


class IrConfigParameter(models.Model):
    """The settings as code reads them.

    A parameter is a text that any admin can edit. One that can't be used counts as not
    set: the default holds, and the log says so once until parameters are changed again.
    """

    _inherit = "ir.config_parameter"

    def _get_lead_number(self, key, default=0):
        """Return a whole number from 0 to `HIGHEST`."""
        return self._read_lead_setting(key, default, "a number", None)

    def _get_lead_flag(self, key, default=False):
        """Return whether something is on."""
        return self._read_lead_setting(key, default, "True or False", None)

    def _get_lead_choice(self, key, default, choices):
        """Return one of a tuple of texts."""
        return self._read_lead_setting(key, default, "a choice", tuple(choices))

    @ormcache(cache="stable")
    def _get_own_params(self):
        """Return all parameters of the addons, at one query for all that are asked."""
        self.flush_model(["key", "value"])
        sql = "SELECT key, value FROM ir_config_parameter WHERE starts_with(key, %s)"
        return dict(self.env.execute_query(SQL(sql, PREFIX)))

    @ormcache("key", "default", "kind", "choices", cache="stable")
    def _read_lead_setting(self, key, default, kind, choices):
        own = key.startswith(PREFIX)
        text = self._get_own_params().get(key) if own else self._get_param(key)
        if not text:
            return default
        try:
            if kind == "a number":
                value = int(text)
                is_usable = 0 <= value <= HIGHEST
            elif kind == "a choice":
                value, is_usable = text, text in choices
            else:
                value, is_usable = str2bool(text), True
        except ValueError:
            is_usable = False
        if is_usable:
            return value
        _logger.warning(
            "The parameter %s is %r and not %s that can be used: %r holds",
            key,
            text,
            kind,
            default,
        )
        return default
