from odoo import api, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.lead_management.tools.lead_likeness import SURE

ASKED = (
    *("contact_name", "partner_name", "email_from", "phone", "website"),
    *("country_id", "company_id"),
)


class CrmLead(models.Model):
    """Telling people of the open leads and opportunities of a person or a company.

    How they are found is specified in `crm_lead/open_lead.py` of the main addon. Those
    the user may read are named, best first; the others are counted.
    """

    _inherit = "crm.lead"

    @api.model
    @api.readonly
    def find_open_leads(self, values, limit=5):
        """Find the open leads and opportunities of somebody.

        Nothing is written. Leads that the user may not read are counted only.

        :param dict values: what is known: any of `contact_name, contact_first_name,
            contact_last_name, partner_name, email_from, phone, website` (texts),
            `country_id`, `company_id`, and `id`, of the lead itself, not to be found.
            Other keys are ignored.
        :param int limit: how many to return at most, from 0 to 50
        :return: `{"leads": [{"id", "display_name", "score", "sure", "reasons", "type",
            "is_person", "owner"}, …], "hidden": n}`: the best first
        :raise UserError: one of the arguments is of another type
        :raise AccessError: the user may not read leads, or is no internal user
        """
        if not isinstance(values, dict):
            raise UserError(self.env._("Pass what is known as a dictionary of values."))
        return self._find_open_leads_batch([values], limit=limit)[0]

    def _find_open_leads_batch(self, values_list, limit=5):
        """Find the open leads of several people; see `find_open_leads`.

        How many queries that takes doesn't depend on how many they are.

        :return: a list of what `find_open_leads` returns, in the same order
        """
        self.browse().check_access("read")
        if not (self.env.su or self.env.user._is_internal()):
            raise AccessError(self.env._("Only internal users can look for leads."))
        limit = self.env["res.partner"]._clean_match_limit(limit)
        return self._present_open_leads(self._judge_open_leads(values_list), limit)

    def _find_others_open(self):
        """Return what `find_open_leads` finds of the person and company of a lead."""
        self.ensure_one()
        values = {
            name: self[name].id if self._fields[name].relational else self[name]
            for name in ASKED
        }
        return self._find_open_leads_batch([values | {"id": self.id}])[0]

    def _present_open_leads(self, matches_list, limit):
        """Return what the user may know of the matches."""
        ids = {match.id for matches in matches_list for match in matches}
        # Searching applies the record rules without reading the records.
        readable = self.with_context(active_test=False).search_fetch(
            [("id", "in", sorted(ids))],
            ["name", "type", "user_id", "contact_name", "partner_name"],
            order="id",
        )
        labels = self._get_likeness_labels()
        known = {lead.id: lead for lead in readable}
        owners = readable.sudo().user_id
        owners.fetch(["name"])
        result = []
        for matches in matches_list:
            shown = [match for match in matches if match.id in known]
            result.append(
                {
                    "leads": [
                        self._present_open_lead(known[match.id], match, labels)
                        for match in shown[:limit]
                    ],
                    "hidden": len(matches) - len(shown),
                }
            )
        return result

    def _present_open_lead(self, lead, match, labels):
        return {
            "id": lead.id,
            "display_name": lead.display_name,
            "type": lead.type,
            "owner": lead.user_id.sudo().name or "",
            "score": match.score,
            "sure": match.score >= SURE,
            "is_person": match.is_person,
            "reasons": [labels[reason] for reason in match.reasons],
        }
