from odoo import api, fields, models


class CrmLead2opportunityPartnerMass(models.TransientModel):
    """What will become of many leads, before it does.

    They are grouped by what will happen: those that can't be converted, and why; those
    that get a new account although one seems to be there, which somebody should look
    at; those that are linked to an account, and why; and those that get a new one.
    Accounts and customers are looked up for all leads together
    (`crm.lead._get_proposed_links`).
    """

    _inherit = "crm.lead2opportunity.partner.mass"

    plan = fields.Json(
        compute="_compute_plan", help="What will become of the leads, see _get_plan"
    )
    is_nothing_ready = fields.Boolean(
        compute="_compute_plan", help="None of the leads can be converted"
    )

    @api.depends("lead_tomerge_ids", "action", "partner_id")
    def _compute_plan(self):
        for wizard in self:
            wizard.plan = wizard._get_plan()
            wizard.is_nothing_ready = not wizard.plan["ready"]

    def _get_links(self, leads):
        """Return the `Link` of each lead, by what was chosen for all of them."""
        if self.action == "each_exist_or_create":
            return leads._get_proposed_links()
        return leads._get_links_to(self.partner_id)

    def _get_plan(self):
        """Return what will become of the leads, as JSON.

        :return: `{"leads": n, "ready": n, "problems": problems, "doubts": groups,
            "links": groups, "accounts": groups}`: how many leads there are and how many
            of them can be converted. A problem has `lead`, `id` and `reason`; a group
            has the `name` of the account, its `id` if it exists, `reasons` for linking
            it or for looking at it, and its `leads`
        """
        self.ensure_one()
        leads = self.lead_tomerge_ids._origin
        refusals = leads._get_conversion_refusals()
        refusals |= (leads - leads.browse().concat(*refusals))._get_bant_refusals()
        ready = leads.filtered(lambda lead: lead not in refusals)
        groups = {"doubts": {}, "links": {}, "accounts": {}}
        links = self._get_links(ready)
        new = ready.filtered(
            lambda lead: not links[lead].account and lead._get_company_name()
        )
        keys = new._get_new_account_keys()
        for lead, link in links.items():
            kind, key, group = self._prepare_group(lead, link)
            key = keys.get(lead, key)
            group = groups[kind].setdefault(key, group)
            group["reasons"] += [
                reason
                for reason in self._get_group_reasons(kind, link)
                if reason not in group["reasons"]
            ]
            group["leads"].append(lead.display_name)
        return {
            "leads": len(leads),
            "ready": len(ready),
            "problems": [
                {"id": lead.id, "lead": lead.display_name, "reason": reason}
                for lead, reason in refusals.items()
            ],
            **{kind: list(found.values()) for kind, found in groups.items()},
        }

    def _prepare_group(self, lead, link):
        """Return which kind of group a lead is of, what it shares with the other leads
        of the group, and the group, still without leads."""
        account = link.account
        if account:
            group = {"id": account.id, "name": account.display_name}
            kind, key = "links", account.id
        else:
            company = lead._get_company_name()
            key = lead.id  # of several leads of one new company, see _get_plan
            group = {"name": company or lead._get_contact_name() or lead.name}
            kind = "doubts" if self._is_doubtful_account(lead, link) else "accounts"
        return kind, key, {**group, "reasons": [], "leads": []}

    def _is_doubtful_account(self, lead, link):
        """Tell whether a lead gets a new account although one may be there."""
        return bool(link.hidden or lead.has_possible_account)

    def _get_group_reasons(self, kind, link):
        if kind == "doubts":
            if link.hidden:
                return [self.env._("like %s that you cannot open", link.hidden)]
            return [self.env._("there is an account of this name or website")]
        return list(link.reasons)
