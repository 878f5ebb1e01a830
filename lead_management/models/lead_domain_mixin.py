import logging
from ast import literal_eval
from contextlib import contextmanager
from math import isfinite

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .domain_words import DomainWords
from .in_parts import CONFLICTS

_logger = logging.getLogger(__name__)

# What a domain that can't be used raises while it is read and put into words
DOMAIN_ERRORS = (KeyError, RecursionError, TypeError, ValueError, UserError)
# Conditions within conditions; more is for no reader, and too much for the interpreter
# or the database when somebody's request is deep already.
MAX_DEPTH = 20
SHOWN_LENGTH = 200


class LeadDomainMixin(models.AbstractModel):
    """A filter on leads that an admin builds in the domain editor.

    It holds fixed values only: no variables such as `uid`, so that it means the same
    whoever causes it to be asked; texts are compared with names in the language of who
    built it (`domain_lang`). One that can't be asked is refused when it is saved.
    One that can't be asked any more, say because the app of a field was uninstalled, is
    passed over (see `_pass_over`) and named in the log, once.
    """

    _name = "lead.domain.mixin"
    _description = "Filter on Leads"

    domain = fields.Char("Filter", default="[]", required=True)
    # Copied, as what is copied by somebody else asks for the same.
    domain_lang = fields.Char(
        "Language",
        compute="_compute_domain_lang",
        store=True,
        precompute=True,
        readonly=False,
    )
    criteria = fields.Char("Leads", compute="_compute_criteria")

    @api.depends("domain")
    def _compute_domain_lang(self):
        for record in self:
            record.domain_lang = self.env.lang or record.write_uid.lang

    @api.depends("domain")
    @api.depends_context("lang", "uid")
    def _compute_criteria(self):
        words = DomainWords(self.env)
        for record in self:
            try:
                model = self.env[record._get_domain_model()]
                record.criteria = words.tell(record._parse_domain(), model)
            except DOMAIN_ERRORS:
                record.criteria = record.domain

    @api.constrains("domain")
    def _check_domain(self):
        for record in self:
            if problem := record._get_domain_problem():
                raise ValidationError(
                    self.env._(
                        "The filter of “%(name)s” can't be used: %(reason)s",
                        name=record.display_name,
                        reason=problem,
                    )
                )

    def _get_domain_model(self):
        """Return the name of the model that is filtered."""
        return "crm.lead"

    def _in_own_language(self, records):
        """Return records as who built the filter sees them: “Deutschland” is not what
        others call the country."""
        self.ensure_one()
        # It may have been deactivated since.
        code = self.env["res.lang"]._get_code(self.domain_lang)
        return records.with_context(lang=code)

    def _get_fields_behind(self, names):
        """Return the names of fields and of those that they are computed from: where
        one of these changes, filters that ask for the fields may have another answer.
        """
        model = self.env[self._get_domain_model()]
        found, asked = set(), [*names]
        while asked:
            name = asked.pop()
            if name not in found and name in model._fields:
                found.add(name)
                depends, _context = model._fields[name].get_depends(model)
                asked += [path.split(".")[0] for path in depends]
        return found

    def _get_field_names(self, domain):
        """Return the names of the fields that a `Domain` asks for, alone or as the
        first step of a path, sorted."""
        conditions = domain.iter_conditions()
        return tuple(sorted({one.field_expr.split(".")[0] for one in conditions}))

    def _parse_domain(self):
        """Return the filter as a `Domain`.

        :raise ValueError: the filter isn't a list of conditions with fixed values
        """
        try:
            conditions = literal_eval(self.domain)
        except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
            conditions = None
        if not isinstance(conditions, list | tuple):
            raise ValueError(
                self.env._(
                    "it isn't a list of conditions with fixed values: %(filter)s",
                    filter=(self.domain or "")[:SHOWN_LENGTH],
                )
            )
        domain = Domain(conditions)
        self._check_conditions(domain)
        return domain

    def _check_conditions(self, domain):
        """Refuse what no database can compare with, and what is nested too deep.

        :raise ValueError: says which
        """
        todo = [(domain, 1)]
        while todo:
            part, depth = todo.pop()
            if depth > MAX_DEPTH:
                raise ValueError(
                    self.env._("its conditions are nested more than %s deep", MAX_DEPTH)
                )
            if isinstance(part, list | tuple | set):
                todo += [(item, depth) for item in part]
            elif isinstance(part, float) and not isfinite(part):
                raise ValueError(self.env._("%s is not a number to compare with", part))
            elif hasattr(part, "children"):
                todo += [(child, depth + 1) for child in part.children]
            elif hasattr(part, "child"):
                todo.append((part.child, depth + 1))
            elif hasattr(part, "field_expr"):
                is_any = part.operator in ("any", "not any")
                value = Domain(part.value) if is_any else part.value
                todo.append((value, depth + 1))

    # ------------------------------------------------------------
    # CAN IT BE ASKED
    # ------------------------------------------------------------

    def _get_domain_problem(self, is_new=True):
        """Say why the filter can't be used; or False.

        :param bool is_new: it is to be saved; what was saved is asked whoever looks
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint(flush=False):
                if is_new:
                    self._check_new_domain()
                self._try_domain()
        except CONFLICTS:
            raise
        except Exception as error:
            return self._tell_domain_error(error)
        return False

    def _tell_domain_error(self, error):
        if isinstance(error, RecursionError):
            return self.env._("it is nested too deep")
        # The database goes on with where in the query it is.
        return str(error).partition("\n")[0] or type(error).__name__

    def _check_new_domain(self):
        """Check that the user may ask what the filter asks: who may not read a field
        shall not learn its values by what becomes of leads. Extend for more.

        :raise AccessError: a field of the filter is not for the user
        """
        # Constraints run as superuser.
        model = self._in_own_language(self.env[self._get_domain_model()]).sudo(False)
        model._search(self._parse_domain())

    def _try_domain(self):
        """Ask the filter of any one record; raise what it raises.

        The caller takes care of a savepoint.
        """
        model = self.env[self._get_domain_model()].sudo()
        query = model._search(self._parse_domain(), limit=1)
        # The reason is shown to the user; it is no matter for the log.
        self.env.cr.execute(query.select(), log_exceptions=False)

    @contextmanager
    def _pass_over(self):
        """Let a filter that can't be asked any more stop nobody.

        What is done within the `with` statement is left off where it fails.
        """
        try:
            with self.env.cr.savepoint(flush=False):
                yield
        except CONFLICTS:
            raise
        except Exception as error:
            self._log_domain_error(self.domain, self._tell_domain_error(error))

    @tools.ormcache("self._name", "self.id", "domain")
    def _log_domain_error(self, domain, reason):
        # Cached, so that each filter is named once and not with every lead.
        _logger.warning(
            "%s “%s” is passed over, as its filter can't be used: %s",
            self,
            self.sudo().display_name,
            reason,
        )
