from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

# A filter is tried on that many leads, as many as the rules look at in one go, and may
# be expected to cost so much by the database's own reckoning: about half a second.
TRIED_LEADS = 1000
MAX_COST = 30_000


class CrmLeadAssignmentRuleEntry(models.Model):
    """The filter of an entry: which leads meet it, and whether it can be asked."""

    _inherit = "crm.lead.assignment.rule.entry"

    def _match(self, leads):
        """Return those of the leads that meet the filter; one search.

        :param leads: in sudo, written to the database
        """
        self.ensure_one()
        # Asked of the model: of leads of several currencies no amount could be asked.
        # Ids alone: what is known of the leads is read already.
        everything = self._in_own_language(leads.browse())
        everything = everything.with_context(active_test=False)
        matching = []
        with self._pass_over():
            domain = self._parse_domain() & Domain("id", "in", leads.ids)
            matching = list(everything._search(domain, order="id"))
        return leads.browse(matching)

    def _get_asked_fields(self):
        """Return the names of the fields that the filter asks for; none if it can't be
        asked."""
        with self._pass_over():
            return self._get_field_names(self._parse_domain())
        return ()

    def _try_domain(self):
        self._get_domain_cost()

    def _check_new_domain(self):
        result = super()._check_new_domain()
        cost = self._get_domain_cost()
        if cost > MAX_COST:
            raise ValueError(
                self.env._(
                    "it is too slow: the database expects to do %(times)s times the"
                    " work that assigning a thousand leads may take. Ask for fields of"
                    " the lead itself rather than for texts or long lists linked to"
                    " it.",
                    times=round(cost / MAX_COST, 1),
                )
            )
        return result

    def _get_domain_cost(self):
        """Return what the database expects it to cost to ask a batch of leads.

        EXPLAIN and not a trial with a time limit: a trial depends on what else the
        machine does, must run to the limit to refuse, and finds nothing in the cache
        that is warm. The expected cost knows the size of every table the filter goes
        through and whether an index helps.
        """
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        # The newest, as those are what the rules are for. Ids alone: no rows are read.
        sample = leads._search([], limit=TRIED_LEADS, order="id DESC")
        domain = self._parse_domain() & Domain("id", "in", [*sample, 0])
        query = leads._search(domain)
        if query.is_empty():
            return 0
        # The reason is shown to the user; it is no matter for the log.
        self.env.cr.execute(
            SQL("EXPLAIN (FORMAT JSON) %s", query.select()), log_exceptions=False
        )
        [[plan]] = self.env.cr.fetchall()
        return plan[0]["Plan"]["Total Cost"]
