from collections import namedtuple

from odoo import api, fields, models, tools
from odoo.fields import Domain

from .in_parts import CONFLICTS
from .lead_domain_mixin import DOMAIN_ERRORS
from .lead_notice import get_notification

BATCH_SIZE = 1000
STARS = [
    ("0", "No stars"),
    ("1", "1 star"),
    ("2", "2 stars"),
    ("3", "3 stars"),
    ("4", "4 stars"),
    ("5", "5 stars"),
]

CachedRule = namedtuple("CachedRule", "id company_id domain stars names")


class CrmLeadStarRule(models.Model):
    """Rule that gives leads their stars.

    SPECIFICATION

    Which rule applies: the active rules are asked in their order, and the first one
    whose filter the lead meets gives its stars. A lead that meets none has no stars:
    what counts is how the lead is now, not how it came to be that way. A rule with a
    company is asked for leads of that company only, a rule without one for all leads.

    Which leads are rated: leads, not opportunities, whose stars nobody set by hand.
    Filters look at all records, not only at those the current user may see.

    When the rules run:

      * on new leads;
      * on leads that are written, when an active rule uses one of the written fields.
        It uses a field that its filter names, alone or as the first step of a path
        (`tag_ids.name` uses `tag_ids`), and the fields that one is computed from
        (`in_target_region` uses `country_id`, which uses `partner_id`);
      * on leads whose stars are reset;
      * on all open leads, by the button.

    They don't run when something beyond the lead changes (a tag is renamed, a day has
    passed), nor when the rules themselves change: the button is for that.

    How they run: in batches, without a query per lead, and with one write per number of
    stars. A rule that can't run, say because it names a field of an app that was
    uninstalled, is left out and logged; it never keeps a lead from being saved.
    """

    _name = "crm.lead.star.rule"
    _inherit = ["lead.domain.mixin", "lead.guard.mixin", "lead.cached.mixin"]
    _description = "Star Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True, help="Archived rules are kept but don't rate leads"
    )
    domain = fields.Char(
        help="Leads that meet this filter, and no filter of a rule above, get the"
        " stars",
    )
    stars = fields.Selection(
        STARS, default="1", required=True, help="How many stars the leads get"
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Rate only the leads of this company. Leave it empty to rate leads of"
        " every company and leads without one.",
    )

    def action_apply_to_all(self):
        """Rate all open leads of the user's companies again, by all rules whichever
        are selected, and tell how many got other stars."""
        self.check_access("write")
        domain = Domain(self._get_open_lead_domain()) & Domain(
            "company_id", "in", [False, *self.env.companies.ids]
        )
        lead_ids = self.env["crm.lead"].sudo().search(domain).ids
        changed = 0
        for ids in tools.split_every(BATCH_SIZE, lead_ids):
            # One line in the chatter of every lead would tell nobody anything.
            leads = self.env["crm.lead"].with_context(mail_notrack=True).browse(ids)
            changed += len(leads._apply_star_rules())
            self.env.invalidate_all()
        return get_notification(
            self.env._(
                "Open leads that got other stars: %(changed)s of %(count)s.",
                changed=changed,
                count=len(lead_ids),
            )
        )

    @api.model
    def _get_open_lead_domain(self):
        """Return which leads the button rates."""
        return [("type", "=", "lead"), ("stars_manual", "=", False)]

    @api.model
    def _find_rules(self, leads):
        """Tell which rule gives leads their stars.

        :param leads: the `crm.lead` records to rate, in sudo
        :return: a `CachedRule` by lead; None where no rule does
        :rtype: dict
        """
        rules = dict.fromkeys(leads)
        for rule in self._get_cached_rules():
            asked = leads
            if rule.company_id:
                asked = leads.filtered(
                    lambda lead, rule=rule: lead.company_id.id == rule.company_id
                )
            try:
                met = asked.filtered_domain(rule.domain)
            except CONFLICTS:
                raise
            except Exception as error:
                self.browse(rule.id)._log_domain_error(repr(rule.domain), str(error))
                continue
            rules.update(dict.fromkeys(met, rule))
            leads -= met
        return rules

    @api.model
    @tools.ormcache()
    def _get_cached_rules(self):
        rules = []
        names = ["name", "company_id", "domain", "stars"]
        for rule in self.sudo().search_fetch([], names):
            # Prepared here, once, so that one that fails costs no lead anything. It is
            # not asked of the database: leads are compared with it in memory.
            try:
                domain = rule._parse_domain()
                rule.env["crm.lead"]._search(domain, limit=1)
            except DOMAIN_ERRORS as error:
                rule._log_domain_error(rule.domain, rule._tell_domain_error(error))
                continue
            names = {one.field_expr.split(".")[0] for one in domain.iter_conditions()}
            rules.append(
                CachedRule(
                    rule.id,
                    rule.company_id.id,
                    domain,
                    rule.stars,
                    tuple(sorted(names)),
                )
            )
        return tuple(rules)

    @api.model
    @tools.ormcache()
    def _get_trigger_fields(self):
        """Return the names of the lead fields on whose change the rules run."""
        rules = self._get_cached_rules()
        used = {"type", "stars_manual"}.union(*(rule.names for rule in rules))
        if any(rule.company_id for rule in rules):
            used.add("company_id")
        return frozenset(self._get_fields_behind(used))

    def _try_domain(self):
        result = super()._try_domain()
        # Rules are asked of leads in memory.
        self.env["crm.lead"].sudo().new({}).filtered_domain(self._parse_domain())
        return result
