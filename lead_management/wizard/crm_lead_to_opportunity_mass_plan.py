from collections import defaultdict

from odoo import api, fields, models

from ..tools.account_key import company_key


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
        # In the order in which they are converted
        leads = leads.browse(self.env.context.get("active_ids") or ()) & leads | leads
        refusals = leads._get_conversion_refusals()
        refusals |= (leads - leads.browse().concat(*refusals))._get_bant_refusals()
        ready = leads.filtered(lambda lead: lead not in refusals)
        groups = {"doubts": {}, "links": {}, "accounts": {}}
        links = self._get_links(ready)
        earlier = self._get_earlier_leads(links)
        new = ready.filtered(
            lambda lead: (
                not links[lead].account
                and lead not in earlier
                and lead._get_company_name()
            )
        )
        keys = new._get_new_account_keys()
        for lead in links:
            decisive = earlier.get(lead, lead)
            link = links[decisive]
            kind, key, group = self._prepare_group(decisive, link)
            key = keys.get(decisive, key)
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

    def _get_earlier_leads(self, links):
        """Return the leads whose contact there will be by the time that others of the
        same email address are converted, by those others.

        :param dict links: the `Link` of each lead, in the order of the leads
        """
        known, earlier, given = defaultdict(list), {}, set()
        if self.action != "each_exist_or_create":
            return earlier
        for lead, link in links.items():
            email = lead.email_normalized
            is_new = not link.contact and lead._get_contact_name()
            customer = link.contact if is_new else link.contact or link.account
            has = customer.email_normalized
            is_chosen = lead.partner_id or lead.account_id or lead._get_chosen_contact()
            of_email = [] if is_chosen or has == email else known[email]
            if fitting := list(filter(lead._is_of_company, of_email)):
                earlier[lead] = fitting[0]
            elif email and has in (False, email):
                company = link.account.id or company_key(lead.partner_name)
                # Who has neither company nor name is a contact of the lead's name.
                if link.contact or is_new or not company:
                    known[email].append(lead)
                elif company not in given:  # which takes one address
                    given.add(company)
                    known[email].append(lead)
        return earlier

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
            may_be_there = link.hidden or lead.has_possible_account
            kind = "doubts" if may_be_there else "accounts"
        return kind, key, {**group, "reasons": [], "leads": []}

    def _get_group_reasons(self, kind, link):
        if kind == "doubts":
            if link.hidden:
                return [self.env._("like %s that you cannot open", link.hidden)]
            return [self.env._("there is an account of this name or website")]
        return list(link.reasons)
