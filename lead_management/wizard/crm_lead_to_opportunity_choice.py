from odoo import models

from ..tools.lead_likeness import SURE


class CrmLead2opportunityPartner(models.TransientModel):
    """The accounts and contacts to choose from, and why not."""

    _inherit = "crm.lead2opportunity.partner"

    def _get_account_matches(self):
        """Return the accounts to choose from, as JSON.

        :return: `{"new": name, "matches": matches, "hidden": n}`: the name of a new
            account, if there can be one; matches as of
            `res.partner.find_account_matches`, with `is_usable`, whether the lead's
            company may deal with them, and `is_sure`, whether they are linked without
            asking; and how many more there are that the user may not read. With
            `is_known`, the lead has a customer, who stays it
        """
        lead = self.lead_id
        partners = self.env["res.partner"]
        if customer := lead.partner_id.commercial_partner_id:
            match = self._prepare_match(
                customer, self.env._("known contact of the lead")
            )
            matches = [match] if customer.is_company else []
            return {"new": False, "matches": matches, "hidden": 0, "is_known": True}
        found = {"matches": [], "hidden": 0}
        if lead._get_company_name():
            question = lead._get_account_question(lead._get_match_values())
            found = partners._find_account_matches_batch([question])[0]
        matches = found["matches"]
        chosen = lead.account_id
        if chosen and chosen.id not in [match["id"] for match in matches]:
            matches.append(
                self._prepare_match(chosen, self.env._("chosen for the lead"))
            )
        accounts = partners.browse([match["id"] for match in matches])
        writable = accounts._filtered_access("write")
        _threshold, sure = partners._get_account_match_thresholds()
        for match, account in zip(matches, accounts, strict=True):
            match["is_usable"] = account in writable and lead._is_of_company(account)
            match["is_sure"] = (
                match["score"] >= sure
                and match["is_usable"]
                and lead._is_linked_by_itself(account)
            )
            if not lead._is_of_company(account):
                match["reasons"].append(
                    self.env._("belongs to %s", account.company_id.display_name)
                )
        companies = set(accounts.filtered("is_company")._ids)
        return {
            "new": lead._get_company_name(),
            "matches": [match for match in matches if match["id"] in companies],
            "hidden": found["hidden"],
        }

    def _get_contact_matches(self):
        """Return the contacts to choose from, as JSON.

        :return: `{"new": name, "matches": matches, "hidden": n}` as of
            `_get_account_matches`; matches have the `account_id` and the name of the
            `account` the contact is of, `is_same_email`, and `is_sure`, whether nothing
            speaks against it
        """
        lead = self.lead_id
        new = lead._get_contact_name()
        if lead.partner_id and not lead.partner_id.is_company:
            return {"new": False, "matches": [], "hidden": 0, "is_known": True}
        values = {**lead._get_match_values(), "account_contact_id": False}
        values["account_id"] = self.commercial_partner_id.id
        [found] = lead._find_possible_contacts([values], [{"matches": []}], 5)
        contacts = self.env["res.partner"].browse(m["id"] for m in found["matches"])
        readable = contacts.commercial_partner_id._filtered_access("read")
        for match, contact in zip(found["matches"], contacts, strict=True):
            account = contact.commercial_partner_id
            is_readable = account in readable
            is_company = is_readable and account.is_company
            email = contact.email_normalized
            match.update(
                display_name=contact.name,
                account_id=is_company and account.id,
                account=is_company and account.name,
                is_same_email=email == lead.email_normalized,
                is_sure=email in (lead.email_normalized or email, False)
                and (email == lead.email_normalized or match["score"] >= SURE),
                # One whose account is hidden would be linked with it.
                is_usable=is_readable and lead._is_of_company(contact),
            )
        return {"new": new, **found}

    def _prepare_match(self, account, reason):
        return {
            "id": account.id,
            "display_name": account.display_name,
            "score": 1.0,
            "reasons": [reason],
            "is_usable": True,
            "is_sure": False,
        }

    def _get_proposed_account(self):
        """Return the account to link if nobody says otherwise, perhaps none."""
        if self.lead_id.account_id or not self.lead_id._is_auto_link_on():
            return self.lead_id.account_id
        matches = (self.account_matches or {}).get("matches", ())
        sure = [match["id"] for match in matches if match["is_sure"]]
        return self.env["res.partner"].browse(sure[:1])

    def _get_account_refusal(self):
        """Return why there can be no new account, if one is chosen, or False."""
        partners = self.env["res.partner"]
        if (
            not self.account_id
            and any(match["is_sure"] for match in self.account_matches["matches"])
            and partners._get_duplicate_policy() == "block"
            and partners._is_bound_by_duplicate_policy()
        ):
            return self.env._(
                "“%(name)s” is there already: choose the existing account, or ask a"
                " sales manager to create a second one.",
                name=self.lead_id.partner_name,
            )
        return False
