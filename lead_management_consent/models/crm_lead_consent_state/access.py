import functools

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

# Whose addresses a consent may be of
HOLDERS = ("crm.lead", "res.partner")


class CrmLeadConsentState(models.Model):
    """Who reads a consent: whoever may read a lead or a contact of its address."""

    _inherit = "crm.lead.consent.state"

    def _search(self, domain, *args, bypass_access=False, for_holders=False, **kwargs):
        """Find the consents of those whom the user may read.

        :param bool for_holders: leave that out, where the search is part of one for
            those persons, which asks it already
        """
        if not (self.env.su or bypass_access or for_holders):
            domain = Domain(domain) & Domain.custom(to_sql=self._get_readable_sql)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _get_readable_sql(self, model, alias, query):
        """Return the condition that somebody has the address whom the user may read."""
        column = model._field_to_sql(alias, "email_normalized", query)
        found = []
        for name in HOLDERS:
            holders = self.env[name].with_context(active_test=False)
            of_address = holders._search([])
            of_holder = holders._field_to_sql(
                holders._table, "email_normalized", of_address
            )
            of_address.add_where(SQL("%s = %s", of_holder, column))
            found.append(SQL("EXISTS %s", of_address.subselect(SQL("1"))))
        return SQL("(%s)", SQL(" OR ").join(found))

    def _check_access(self, operation):
        result = super()._check_access(operation)
        allowed = self - result[0] if result else self
        if self.env.su or not any(allowed._ids):
            return result
        emails = set(allowed.sudo().mapped("email_normalized"))
        readable = set()
        for name in HOLDERS:
            if not (unknown := emails - readable):
                break
            holders = self.env[name].with_context(active_test=False)
            if not holders.has_access("read"):
                continue
            found = holders._read_group(
                [("email_normalized", "in", list(unknown))], ["email_normalized"]
            )
            readable |= {email for (email,) in found}
        hidden = allowed.sudo().filtered(
            lambda state: state.email_normalized not in readable
        )
        if not hidden:
            return result
        forbidden = self - (allowed - hidden.with_env(self.env))
        return forbidden, functools.partial(
            self.env["ir.rule"]._make_access_error, operation, forbidden
        )
