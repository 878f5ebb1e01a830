from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from ..crm_lead_star_rule import STARS
from ..lead_decision_mixin import Decision, Kind


class CrmLead(models.Model):
    """How good the lead looks: stars, given by rules or by hand, and a rating.

    The stars of a lead follow the star rules (see `crm.lead.star.rule`) until somebody
    sets them, in a form or by API. From then on they stay, until they are reset. Native
    priority, which forms of leads don't show, sets as many stars where another app or
    an import gives one; stars leave it alone.
    """

    _inherit = "crm.lead"

    stars = fields.Selection(
        STARS,
        default="0",
        required=True,
        copy=False,
        tracking=True,
        help="How promising the lead is. Stars follow the star rules until somebody"
        " sets them.",
    )
    stars_manual = fields.Boolean(
        "Stars Set by Hand",
        copy=False,
        readonly=True,
        system=True,
        help="The stars stay as they were set by hand; star rules don't change them",
    )
    rating_id = fields.Many2one(
        "crm.lead.rating",
        copy=False,
        ondelete="restrict",
        tracking=True,
        help="What became of the lead's business",
    )
    in_target_region = fields.Boolean(
        compute="_compute_in_target_region",
        search="_search_in_target_region",
        help="The lead's country belongs to the target region chosen in the settings;"
        " while none is chosen, the lead is in the country of its company",
    )

    # What the lead list shows, in its order
    _stars_id_idx = models.Index(
        "(stars DESC, id DESC) WHERE active IS TRUE AND type = 'lead'"
    )

    @api.depends("country_id", "company_id")
    @api.depends_context("company")
    def _compute_in_target_region(self):
        targets = self._get_target_country_group().country_ids
        own = self.env.company
        for lead in self:
            country = lead.country_id
            lead.in_target_region = bool(country) and country in (
                targets or (lead.company_id or own).sudo().country_id
            )

    def _search_in_target_region(self, operator, value):
        if operator != "in":
            return NotImplemented
        if countries := self._get_target_country_group().country_ids:
            domain = Domain("country_id", "in", countries.ids)
        else:
            companies = self.env["res.company"].sudo().search([])
            domain = Domain.OR(
                Domain("country_id", "=", country.id)
                & (
                    Domain("company_id", "in", local.ids)
                    | Domain("company_id", "=", False)
                    & Domain(self.env.company in local)
                )
                for country, local in companies.grouped("country_id").items()
                if country
            )
        return Domain.OR(domain if wanted else ~domain for wanted in value)

    @api.model_create_multi
    def create(self, vals_list):
        default = self.env.context.get("default_stars")
        for vals in vals_list:
            # Forms send every field: no stars means that nobody gave any.
            if not vals.get("stars", True):
                vals["stars"] = "0"
            if vals.get("stars", default or "0") != "0":
                vals.setdefault("stars_manual", True)
        leads = super().create(vals_list)
        leads.filtered(lambda lead: not lead.stars_manual)._take_stars_from_priority()
        leads._apply_star_rules()
        return leads

    def write(self, vals):
        if "stars" in vals:
            vals["stars"] = vals["stars"] or "0"
            vals.setdefault("stars_manual", True)
            return super().write(vals)
        result = super().write(vals)
        if "priority" in vals:
            self._take_stars_from_priority()
        if not self.env["crm.lead.star.rule"]._get_trigger_fields().isdisjoint(vals):
            self._apply_star_rules()
        return result

    def _take_stars_from_priority(self):
        prioritized = self.filtered(
            lambda lead: lead.type == "lead" and (lead.priority or "0") != "0"
        )
        for priority, leads in prioritized.grouped("priority").items():
            leads.write({"stars": priority})
        prioritized._note_decisions(
            "stars", dict.fromkeys(prioritized, Decision("priority"))
        )

    def action_reset_stars(self):
        """Let the star rules decide again where stars were set by hand."""
        return self._as_system().write({"stars_manual": False})

    def _apply_star_rules(self):
        """Give the leads the stars that the rules say.

        Opportunities and leads with stars set by hand keep theirs.

        :return: the leads whose stars changed, in sudo
        """
        # The writer may be unable to see the lead any more, say after giving it away.
        leads = self.sudo().filtered(
            lambda lead: lead.type == "lead" and not lead.stars_manual
        )
        changes = defaultdict(leads.browse)
        decisions = {}
        for lead, rule in self.env["crm.lead.star.rule"]._find_rules(leads).items():
            stars = rule.gives if rule else "0"
            if lead.stars != stars:
                changes[stars] |= lead
                decisions[lead] = self._get_star_decision(rule)
        for stars, changed in changes.items():
            changed.write({"stars": stars, "stars_manual": False})
        leads._note_decisions("stars", decisions)
        return leads.browse().union(*changes.values())

    # ------------------------------------------------------------
    # WHY
    # ------------------------------------------------------------

    def _get_star_decision(self, rule):
        if not rule:
            return Decision("none")
        return Decision(
            "rule", self.env["crm.lead.star.rule"].browse(rule.id), rule.names
        )

    def _get_decision_kinds(self):
        kinds = super()._get_decision_kinds()
        return kinds | {"stars": Kind(self.env._("Stars"), "stars")}

    def _decide_again(self, kind):
        if kind != "stars" or self.type != "lead" or self.stars_manual:
            return super()._decide_again(kind)
        lead = self.sudo()
        rule = self.env["crm.lead.star.rule"]._find_rules(lead)[lead]
        return self._get_star_decision(rule), rule.gives if rule else "0"

    def _tell_decision(self, kind, code, told):
        if kind != "stars":
            return super()._tell_decision(kind, code, told)
        return {
            "rule": self.env._("The lead meets the filter of a star rule."),
            "priority": self.env._(
                "Another app or an import gave the lead a priority: it has as many"
                " stars."
            ),
        }.get(code, self.env._("The lead meets the filter of no star rule."))

    def _get_target_country_group(self):
        """Return the `res.country.group` that the business targets, or none.

        One that was deleted has no countries, which comes to the same.
        """
        group_id = self.env["ir.config_parameter"]._get_lead_number(
            "lead_management.target_country_group_id"
        )
        return self.env["res.country.group"].sudo().browse(group_id)

    def _merge_get_fields(self):
        return [*super()._merge_get_fields(), "rating_id"]

    def _merge_get_fields_specific(self):
        # Without the flag, writing the stars would count as done by hand.
        def best(leads):
            return max(leads, key=lambda lead: (lead.stars, lead.stars_manual))

        return {
            **super()._merge_get_fields_specific(),
            "stars": lambda field_name, leads: best(leads).stars,
            "stars_manual": lambda field_name, leads: best(leads).stars_manual,
        }
