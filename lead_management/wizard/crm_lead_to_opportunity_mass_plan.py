from collections import defaultdict

from odoo import api, fields, models

from ..models.crm_lead.conversion_company import AccountsToBe
from ..models.crm_lead.conversion_links import Link

# Groups of the plan; what somebody should look at is decisive for others.
KINDS = ("links", "accounts", "doubts")


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
        groups = self._get_groups(ready)
        return {
            "leads": len(leads),
            "ready": len(ready),
            "problems": [
                {"id": lead.id, "lead": lead.display_name, "reason": reason}
                for lead, reason in refusals.items()
            ],
            **{kind: [group for own, group in groups if own == kind] for kind in KINDS},
        }

    def _get_groups(self, leads):
        """Return the leads by the account each will have, as pairs of a kind and a
        group, see `_get_plan`."""
        groups = {}
        for lead, to_be, link, earlier in self._foresee(self._get_links(leads)):
            kind, group = self._prepare_group(earlier or lead, link)
            same = groups.setdefault(to_be, [kind, group])
            # Somebody should look at it, be it for one of the leads.
            same[0] = max(same[0], kind, key=KINDS.index)
            same[1]["leads"].append(lead.display_name)
            same[1]["reasons"] += [
                reason
                for reason in self._get_group_reasons(kind, link)
                if reason not in same[1]["reasons"]
            ]
        return groups.values()

    def _foresee(self, links, made=None):
        """Yield the account of each lead by the time that it is its turn.

        What is found for a lead now may not be its account then: an earlier lead has
        made it, or the contact of the lead's address, or has given the account another
        web site, say.

        :param dict links: the `Link` of each lead, as it is now
        :param made: the accounts that were created for others by now
        :return: tuples of the lead, its `AccountToBe`, its `Link`, and the earlier lead
            whose contact it is of, if any
        """
        links = dict(links)
        accounts = AccountsToBe(
            self.env["crm.lead"].union(*links),
            is_linking=self.action == "each_exist_or_create",
            made=made,
        )
        accounts.know(
            self.env["res.partner"].union(
                *(link.account for link in links.values()),
                *(match.account for link in links.values() for match in link.matches),
            )
        )
        known, to_be = defaultdict(list), {}
        for lead, link in links.items():
            if earlier := self._find_earlier_lead(lead, link, known):
                to_be[lead], link = to_be[earlier], links[earlier]
                accounts.fill(lead, to_be[lead])
            else:
                # Nobody compares those that were chosen, or have the lead's address.
                if link.account and not link.matches:
                    to_be[lead] = accounts.get_linked(lead, link.account)
                else:
                    to_be[lead] = accounts.get_best(lead, link.matches)
                links[lead] = link = self._get_link_to(to_be[lead].account, link)
                self._note_address(lead, link, to_be[lead], known)
            yield lead, to_be[lead], link, earlier

    def _get_link_to(self, account, link):
        """Return the link of a lead to an account that is perhaps another one."""
        if account == link.account:
            return link
        reasons = [match.reasons for match in link.matches if match.account == account]
        return Link(account, account.browse(), next(iter(reasons), []), link.hidden)

    def _is_chosen(self, lead):
        return lead.partner_id or lead.account_id or lead._get_chosen_contact()

    def _find_earlier_lead(self, lead, link, known):
        """Return the lead whose contact there will be by the time that another of the
        same email address is converted.

        :param dict known: earlier leads that have made their address known
        """
        email = lead.email_normalized
        if self._get_address(lead, link) == email or self._is_chosen(lead):
            return None
        return next(filter(lead._is_of_company, known[email]), None)

    def _note_address(self, lead, link, account, known):
        """Note whose contact, or account, will have the address of a lead."""
        email = lead.email_normalized
        if (
            self.action != "each_exist_or_create"
            or not email
            or self._get_address(lead, link) not in (False, email)
        ):
            return
        if not (link.contact or lead._get_contact_name()):
            if account.has_address:
                return
            account.has_address = True  # an account takes one
        known[email].append(lead)

    def _get_address(self, lead, link):
        """Return the address of the customer that a lead is linked to."""
        if not link.contact and lead._get_contact_name():
            return False  # a new contact
        return (link.contact or link.account).email_normalized

    def _prepare_group(self, lead, link):
        """Return which kind of group a lead is of, and the group, without leads."""
        account = link.account
        if account:
            kind, group = "links", {"id": account.id, "name": account.display_name}
        else:
            company = lead._get_company_name()
            group = {"name": company or lead._get_contact_name() or lead.name}
            may_be_there = link.hidden or lead.has_possible_account
            kind = "doubts" if may_be_there else "accounts"
        return kind, {**group, "reasons": [], "leads": []}

    def _get_group_reasons(self, kind, link):
        if kind == "doubts":
            if link.hidden:
                return [self.env._("like %s that you cannot open", link.hidden)]
            return [self.env._("there is an account of this name or website")]
        return list(link.reasons)
