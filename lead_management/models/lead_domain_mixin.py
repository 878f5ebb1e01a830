from ast import literal_eval

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# What a domain that can't be used raises while it is read and prepared
DOMAIN_ERRORS = (KeyError, SyntaxError, TypeError, ValueError, UserError)


class LeadDomainMixin(models.AbstractModel):
    """A filter on leads that an admin builds in the domain editor.

    It holds fixed values only: no variables such as `uid`, so that it means the same
    whoever causes it to be asked.
    """

    _name = "lead.domain.mixin"
    _description = "Filter on Leads"

    domain = fields.Char("Filter", default="[]", required=True)

    def _parse_domain(self):
        """Return the filter as a `Domain`.

        :raise ValueError: the filter isn't a list of conditions with fixed values
        """
        try:
            conditions = literal_eval(self.domain)
        except (SyntaxError, ValueError):
            conditions = None
        if not isinstance(conditions, list | tuple):
            raise ValueError(
                self.env._(
                    "it isn't a list of conditions with fixed values: %(filter)s",
                    filter=self.domain,
                )
            )
        return Domain(conditions)

    def _check_domain_rights(self):
        """Check that the user may ask what the filter asks: who may not read a field
        shall not learn its values by what becomes of leads.

        :raise AccessError: a field of the filter is not for the user
        """
        # Constraints run as superuser.
        self.env["crm.lead"].sudo(False)._search(self._parse_domain())
