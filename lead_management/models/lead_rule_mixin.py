from collections import namedtuple

from odoo import fields, models, tools
from odoo.fields import Domain

from .in_parts import CONFLICTS
from .lead_domain_mixin import DOMAIN_ERRORS
from .lead_notice import get_notification

BATCH_SIZE = 1000

CachedRule = namedtuple("CachedRule", "id company_id domain lang names gives")


class LeadRuleMixin(models.AbstractModel):
    """Rules in an order, of which the first whose filter a lead meets counts.

    SPECIFICATION

    Which rule a lead has: the active rules are asked in their order, and the first one
    whose filter the lead meets is its rule. What counts is how the lead is now, not how
    it came to be that way; but a rule may say that leads keep it (`_get_keeping`),
    unless they meet one further up. A rule with a company is asked for leads of that
    company only, a rule without one for all leads. Filters look at all records, not
    only at those the current user may see.

    When rules are asked is the matter of the model that inherits. It asks on change of
    one of the fields that `_get_trigger_fields` names: those that a filter names, alone
    or as the first step of a path (`tag_ids.name` uses `tag_ids`), and the fields that
    one is computed from (`in_target_region` uses `country_id`, which uses
    `partner_id`). Rules aren't asked when something beyond the lead changes (a tag is
    renamed, a day has passed), nor when the rules themselves change: the button is for
    that, and asks them for all open leads.

    How they are asked: of batches, in memory and without a query per lead, so that a
    batch and its leads one by one have the same rules. Rules are read once and kept in
    memory. One that can't be asked, say because it names a field of an app that was
    uninstalled, is left out and logged; it never keeps a lead from being saved.

    Assignment entries are no such rules: a lead may have to go on to the next entry
    although it meets the first, and their filters may be about more than fits in
    memory. They are asked of the database.

    Class attribute of the model: `_gives`, the name of a field of the rule that says
    what leads get by it, and is kept in memory with it (`CachedRule.gives`).
    """

    _name = "lead.rule.mixin"
    _inherit = ["lead.domain.mixin", "lead.cached.mixin"]
    _description = "Rule on Leads"
    _order = "sequence, id"
    _gives = None

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", ondelete="cascade"
    )

    def action_apply_to_all(self):
        """Apply all rules, whichever are selected, to all open leads of the user's
        companies, and tell what came of it."""
        self.check_access("write")
        domain = self._get_open_lead_domain() & Domain(
            "company_id", "in", [False, *self.env.companies.ids]
        )
        leads = self.env["crm.lead"].sudo().with_context(active_test=True)
        lead_ids = leads.search(domain).ids
        count = 0
        for ids in tools.split_every(BATCH_SIZE, lead_ids):
            count += self._apply_again(self.env["crm.lead"].sudo().browse(ids))
            self.env.invalidate_all()
        return get_notification(self._tell_applied(count, len(lead_ids)))

    def _get_open_lead_domain(self):
        """Return which leads the button applies the rules to, as a `Domain`."""
        raise NotImplementedError

    def _apply_again(self, leads):
        """Apply the rules to leads that they may have been applied to already.

        :param leads: in sudo
        :return: the number of leads to tell the user of
        """
        raise NotImplementedError

    def _tell_applied(self, count, total):
        """Say what the button did.

        :param int count: what `_apply_again` returned, of all leads
        """
        raise NotImplementedError

    # ------------------------------------------------------------
    # ENGINE
    # ------------------------------------------------------------

    def _find_rules(self, leads):
        """Tell which rule each lead has.

        :param leads: the `crm.lead` records, in sudo
        :return: a `CachedRule` by lead; None where there is none
        """
        found = dict.fromkeys(leads)
        for cached in self._get_cached_rules():
            if not leads:
                break
            met = self._filter_met(cached, leads)
            found.update(dict.fromkeys(met, cached))
            leads -= met
        return found

    def _find_all_rules(self, leads):
        """Tell of each lead all rules whose filter it meets, where they add up.

        :param leads: the `crm.lead` records, in sudo
        :return: lists of `CachedRule`, in their order, by lead
        """
        found = {lead: [] for lead in leads}
        for cached in self._get_cached_rules():
            for lead in self._filter_met(cached, leads):
                found[lead].append(cached)
        return found

    def _filter_met(self, cached, leads):
        """Return the leads that have a rule, as far as those before it go."""
        if cached.company_id:
            leads = leads.filtered(lambda lead: lead.company_id.id == cached.company_id)
        rule = self.browse(cached.id)
        met = rule._get_keeping(leads)
        try:
            lang = self.env["res.lang"]._get_code(cached.lang)
            asked = (leads - met).with_context(lang=lang)
            met |= asked.filtered_domain(cached.domain).with_env(leads.env)
        except CONFLICTS:
            raise
        except Exception as error:
            rule._log_domain_error(repr(cached.domain), str(error))
        return met

    def _get_keeping(self, leads):
        """Return those of the leads that have the rule and keep it, whether or not they
        meet its filter."""
        return leads.browse()

    @tools.ormcache()
    def _get_cached_rules(self):
        rules = []
        names = ["domain", "domain_lang", "company_id"]
        names += [self._gives] if self._gives else []
        # Kept for everybody, also when who asks first looks at archived records.
        active = self.sudo().with_context(active_test=True)
        for rule in active.search_fetch([], names):
            # Prepared here, once, so that one that fails costs no lead anything. It is
            # not asked of the database: leads are compared with it in memory.
            try:
                domain = rule._parse_domain()
                rule.env["crm.lead"]._search(domain, limit=1)
            except DOMAIN_ERRORS as error:
                rule._log_domain_error(rule.domain, rule._tell_domain_error(error))
                continue
            rules.append(
                CachedRule(
                    rule.id,
                    rule.company_id.id,
                    domain,
                    rule.domain_lang,
                    self._get_field_names(domain),
                    rule[self._gives] if self._gives else None,
                )
            )
        return tuple(rules)

    @tools.ormcache()
    def _get_trigger_fields(self):
        """Return the names of the lead fields on whose change leads may have another
        rule."""
        rules = self._get_cached_rules()
        used = self._get_own_trigger_fields().union(*(rule.names for rule in rules))
        if any(rule.company_id for rule in rules):
            used.add("company_id")
        return frozenset(self._get_fields_behind(used))

    def _get_own_trigger_fields(self):
        """Return the names of the lead fields that count whatever the filters."""
        return set()

    def _try_domain(self):
        result = super()._try_domain()
        # Rules are asked of leads in memory.
        self.env["crm.lead"].sudo().new({}).filtered_domain(self._parse_domain())
        return result
