import logging
from collections import namedtuple

from psycopg2 import DataError, IntegrityError

from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.lead_management.models.in_parts import RECORD_ERRORS, do_in_parts

_logger = logging.getLogger(__name__)

SHOWN_NAMES = 5
# What the system alone writes, and writes with another field
TIMES = ("date_status_update", "status_seconds")
WRITTEN_WITH = {"status_id": TIMES, "stars": ("stars_manual",)}

Outcome = namedtuple("Outcome", "changed unchanged failures kept", defaults=[None])
Refusal = namedtuple("Refusal", "reason count names")
Preview = namedtuple("Preview", "total will_change unchanged changes refusals")


class CrmLeadBulkOperation(models.AbstractModel):
    """Something that can be done to many leads.

    SPECIFICATION

    An operation gets its parameters as `values`, a dictionary that can be written as
    JSON. It is asked, always with the rights of the user who started the work:

      * `_read_dialog`: the values, from the fields of the dialog `crm.lead.bulk`;
      * `_check_values`: whether they can be used at all;
      * `_describe`: what it will do, in words; one text per line;
      * `_get_refusals`: which leads are left alone, and why. Said as domains, so that
        the dialog counts them in the database and a batch finds them by one query;
      * `_get_unchanged_domain`: which leads are as wanted already. They count as done;
      * `_apply`: do it, to a batch of leads that are neither. Everything it writes
        belongs to the transaction of the batch: it never commits and sends nothing that
        a rollback could not take back;
      * `_get_kept_fields`: what it changes on leads, if that can be undone;
      * `_after_job`: once, when the last lead is behind us.

    A batch that fails is tried again in halves, down to the leads that are at fault.
    These are listed with what was raised; all others are done. Errors of the database
    that call for a second try of the whole transaction are passed on.

    To add an operation `call`: a model `crm.lead.bulk.operation.call` that inherits
    this one, `selection_add=[("call", "Call")]` on `crm.lead.bulk.job.operation`, the
    fields and the piece of view it needs in `crm.lead.bulk`, and a server action in the
    Actions menu that calls `crm.lead._open_bulk_dialog("call")`.
    """

    _name = "crm.lead.bulk.operation"
    _description = "Operation on Many Leads"

    # What the user must be allowed to do with each lead
    _access = "write"
    # How many leads are done in one transaction: about a second's work
    _batch_size = 200

    # ------------------------------------------------------------
    # WHAT AN OPERATION SAYS
    # ------------------------------------------------------------

    def _read_dialog(self, dialog):
        """Return the values the user has chosen in the dialog.

        :param dialog: a `crm.lead.bulk` record
        """
        return {}

    def _check_values(self, values):
        """Refuse values that can't be used for any lead.

        :raise UserError: says what to choose
        """

    def _describe(self, values):
        """Return what will be done, in words.

        :rtype: list[str]
        """
        return []

    def _preview_changes(self, domain, values):
        """Return what will happen to the leads that a domain matches, in words.

        :rtype: list[str]
        """
        return self._describe(values)

    def _get_refusals(self, values):
        """Return which leads are refused: pairs of a `Domain` and the reason; the first
        that matches counts."""
        return []

    def _get_unchanged_domain(self, values):
        """Return which leads are as wanted already."""
        return Domain.FALSE

    def _apply(self, leads, values):
        """Do it.

        :raise UserError: what is wrong with one of the leads
        """
        raise NotImplementedError

    def _get_kept_fields(self, values):
        """Return the names of the fields that undoing puts back, of all that the
        operation changes on a lead; none when it can't be undone."""
        return []

    def _after_job(self, job):
        """Do what is done once for all leads, when the job is over."""

    def _tell_will_change(self, count, total):
        """Return how many leads something will happen to, in a sentence.

        :param str count: how many, as people read numbers
        :param str total: of how many
        """
        return self.env._(
            "Leads to change: %(count)s of %(total)s.", count=count, total=total
        )

    def _tell_changed(self, count, total):
        """Return how many leads something has happened to, in words."""
        return self.env._(
            "Leads changed: %(count)s of %(total)s", count=count, total=total
        )

    # ------------------------------------------------------------
    # PREVIEW
    # ------------------------------------------------------------

    def _preview(self, domain, values):
        """Tell what would become of leads, without touching them.

        :param domain: which leads; archived ones are found as well
        """
        leads = self.env["crm.lead"].with_context(active_test=False)
        domain = Domain(domain)
        total = leads.search_count(domain)
        allowed = self.env["ir.rule"]._compute_domain("crm.lead", self._access)
        refused_domains = self._get_refusals(values)
        if not self.env.su and not allowed.is_true():
            refused_domains = [
                (~allowed, self._get_forbidden_reason()),
                *refused_domains,
            ]
        refusals = []
        for refused, reason in refused_domains:
            if count := leads.search_count(domain & refused):
                names = leads.search(domain & refused, limit=SHOWN_NAMES)
                refusals.append(Refusal(reason, count, names.mapped("display_name")))
            domain &= ~refused
        unchanged = self._get_unchanged_domain(values)
        left = total - sum(refusal.count for refusal in refusals)
        as_wanted = (
            0 if unchanged.is_false() else leads.search_count(domain & unchanged)
        )
        changes = []
        if left > as_wanted:
            changes = self._preview_changes(domain & ~unchanged, values)
        return Preview(total, left - as_wanted, as_wanted, changes, refusals)

    def _get_forbidden_reason(self):
        return self.env._("You may not change it.")

    # ------------------------------------------------------------
    # WORK
    # ------------------------------------------------------------

    def _run_batch(self, numbers, values):
        """Do it to a batch. An operation whose batches don't have leads, see
        `crm.lead.bulk.job._start_numbered`, does its own.

        :param list numbers: ids of leads
        :return: as `_run`
        """
        return self._run(self.env["crm.lead"].browse(numbers), values)

    def _make_outcome(self, changed, unchanged, failures):
        return Outcome(changed, unchanged, failures)

    def _name_failed(self, numbers):
        """Return what is told of those that failed: by number, the id of the lead, 0
        where there is none, and a name that the user may know."""
        readable = self._filter_access(
            self.env["crm.lead"].browse(numbers).exists(), "read"
        )
        names = {lead.id: lead.display_name for lead in readable}
        return {
            number: (number, names.get(number) or self.env._("Lead %(id)s", id=number))
            for number in numbers
        }

    def _run(self, leads, values):
        """Do it to a batch, one way or the other.

        :return: how many leads were changed, how many were as wanted already, and why
            the others were not changed, by their id
        """
        failures = {}
        there = leads.exists()
        for lead in leads - there:
            failures[lead.id] = self.env._("It was deleted in the meantime.")
        todo = self._filter_allowed(there, failures)
        for refused, reason in self._get_refusals(values):
            matching = self._search_among(todo, refused)
            failures.update(dict.fromkeys(matching._ids, reason))
            todo -= matching
        unchanged = self._search_among(todo, self._get_unchanged_domain(values))
        todo -= unchanged
        names = self._get_kept_fields(values)
        before = todo._get_bulk_states(names) if names else {}
        failed = self._apply_in_parts(todo, values)
        changed = todo.filtered(lambda lead: lead.id not in failed)
        return Outcome(
            len(changed),
            len(unchanged),
            {**failures, **failed},
            self._get_kept(changed, names, before) if names else None,
        )

    def _filter_allowed(self, leads, failures):
        allowed = self._filter_access(leads, self._access)
        reason = self._get_forbidden_reason()
        failures.update(dict.fromkeys((leads - allowed)._ids, reason))
        return allowed

    def _filter_access(self, leads, operation):
        try:
            return leads._filtered_access(operation)
        except AccessError:
            # One of the companies the job was started in is no longer the user's.
            return leads.browse()

    def _search_among(self, leads, domain):
        if not leads or domain.is_false():
            return leads.browse()
        return leads.with_context(active_test=False).search(
            Domain("id", "in", leads.ids) & domain, order="id"
        )

    def _apply_in_parts(self, leads, values):
        """Apply to all leads that can stand it; return the reasons of the others, by
        their id."""
        failures = do_in_parts(leads, lambda part: self._apply(part, values))
        for lead, error in failures.items():
            if not isinstance(error, RECORD_ERRORS):
                _logger.error(
                    "%s failed on lead %s", self._name, lead.id, exc_info=error
                )
        return {lead.id: self._get_reason(error) for lead, error in failures.items()}

    def _get_reason(self, error):
        """Return what is told about a lead that failed."""
        if isinstance(error, IntegrityError | DataError):
            return self.env._(
                "The database refused it: %(reason)s",
                reason=str(error).partition("\n")[0],
            )
        if isinstance(error, RECORD_ERRORS):
            return str(error.args[0]) if error.args else type(error).__name__
        return self.env._(
            "Something unexpected went wrong (%(error)s). Contact your administrator.",
            error=type(error).__name__,
        )
