import contextlib
import functools
from collections.abc import Set

from odoo import models
from odoo.exceptions import MissingError
from odoo.fields import Domain
from odoo.tools import SQL

FEW = 80  # as many as a page of a list shows


class LeadAccessMixin(models.AbstractModel):
    """Records about leads, for those who may work on the lead.

    Whoever may read a lead reads what is recorded about it; whoever may change the lead
    changes, adds and deletes it. Rather than repeat the rules of `crm.lead`, its own
    access is asked, so that every rule on leads counts here: own, all, company, and
    those that other addons or an admin add.

    `_access_fields` says which field leads to the record whose access decides, and
    which access to it changing, adding and deleting asks for. Of several, the first one
    that is set decides; where none is, deciding has access.
    """

    _name = "lead.access.mixin"
    _description = "Record about a lead"

    _access_fields = {"lead_id": "write"}
    _is_about_leads = True  # and so no sign that a lead is an opportunity

    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not self.env.su and not bypass_access:
            domain = Domain(domain)
            domain &= self._get_access_domain(domain)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _get_access_domain(self, asked):
        """Return which of the records that are asked for the user may find.

        Not a record rule: those are evaluated as superuser, who may read every lead.
        """
        name = next(iter(self._access_fields))
        if deciding := self._get_asked_deciding(name, asked):
            # The form of a lead asks for its own: the lead has been read, so that its
            # rules cost less than as a query that is made and run once more. One that
            # does not exist has no records, which the general answer says as well.
            with contextlib.suppress(MissingError):
                return Domain(name, "in", deciding._filtered_access("read").ids)
        if self.env.context.get("lead_access_each") and len(self._access_fields) == 1:
            return Domain.custom(to_sql=self._get_each_access)
        domain, none_before = Domain.FALSE, Domain.TRUE
        for name in self._access_fields:
            domain |= none_before & Domain(name, "any", Domain.TRUE)
            none_before &= Domain(name, "=", False)
        return domain

    def _get_each_access(self, model, alias, query):
        """Return the SQL that looks up the lead of each record, for a few of them:
        without OFFSET, PostgreSQL may rather read all leads first."""
        name = next(iter(self._access_fields))
        readable = model[name]._search(Domain.TRUE, active_test=False)
        own = SQL.identifier(readable.table, "id")
        readable.add_where(SQL("%s = %s", own, model._field_to_sql(alias, name, query)))
        return SQL("EXISTS (%s OFFSET 0)", readable.select(SQL("1")))

    def _get_asked_deciding(self, name, asked):
        """Return the few records to which the field has to lead, or none if the domain
        does not say so."""
        deciding = self.browse()[name]
        conditions = list(asked)
        if "|" not in conditions and "!" not in conditions:
            for condition in conditions:
                if condition[0] != name or condition[1] != "in":
                    continue
                ids = condition[2]  # or a query
                if (
                    isinstance(ids, (list, tuple, Set))
                    and len(ids) <= FEW
                    and all(type(id_) is int for id_ in ids)
                ):
                    return deciding.browse(ids)
        return deciding

    def _keep_names(self, user_field, name_field):
        """Compute the names of users, to be told when the users are long deleted."""
        for record in self:
            name = record[user_field].sudo().name
            record[name_field] = name or record[name_field]

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & self._access_fields.keys():
            # Access is checked before a record is written; this is the check after.
            self.check_access("write")
        return result

    def _check_access(self, operation):
        result = super()._check_access(operation)
        allowed = self - result[0] if result else self
        decided = allowed._filtered_by_access_fields(operation)
        if decided == allowed:
            return result
        forbidden = self - decided
        return forbidden, functools.partial(
            self.env["ir.rule"]._make_access_error, operation, forbidden
        )

    def _filtered_by_access_fields(self, operation):
        """Return those whose lead, or what decides in its place, may be used so."""
        if not any(self._ids):
            return self
        allowed = undecided = self.sudo()
        for name, change in self._access_fields.items():
            deciding = undecided.filtered(name)
            usable = (
                deciding[name]
                .with_env(self.env)
                ._filtered_access("read" if operation == "read" else change)
            )
            allowed -= deciding.filtered(
                lambda record, name=name, usable=usable: record[name] not in usable
            )
            undecided -= deciding
        return (allowed - undecided).with_env(self.env)
