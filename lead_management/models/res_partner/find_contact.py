from odoo import api, models
from odoo.fields import Domain
from odoo.tools.sql import escape_psql


class ResPartner(models.Model):
    """Finding the contact that a person is."""

    _inherit = "res.partner"

    @api.model
    def _find_contact_matches_batch(self, asked, limit):
        """Find the contacts of the same e-mail, and those of the same name under one of
        some accounts, whether they are archived or not.

        :param list asked: tuples of a normalized e-mail address, a name and a set of
            the ids of accounts, each perhaps empty
        :return: for each, what `find_account_matches` returns
        :rtype: list
        """
        domains = []
        for email, name, account_ids in asked:
            if email:
                domains.append(Domain("email_normalized", "=", email))
            if name and account_ids:
                domains.append(
                    Domain("parent_id", "in", account_ids)
                    & Domain("name", "=ilike", escape_psql(name))
                )
        contacts = self.sudo().browse()
        if domains:
            contacts = contacts.with_context(active_test=False).search_fetch(
                Domain.OR(domains)
                & Domain("is_company", "=", False)
                & Domain("type", "in", ("contact", "other")),
                ["name", "email_normalized", "parent_id"],
                limit=100 * len(asked),
            )
        readable = set(self.browse(contacts.ids)._filtered_access("read").ids)
        return [
            self._rank_contacts(contacts, readable, *person, limit) for person in asked
        ]

    @api.model
    def _rank_contacts(self, contacts, readable, email, name, account_ids, limit):
        """Return which of the contacts a person may be, as matches of an account are.

        :param set readable: the ids of the contacts the user may read
        """
        name = name.casefold()
        matches = []
        hidden = 0
        for contact in contacts:
            reasons = []
            if email and contact.email_normalized == email:
                reasons.append(self.env._("same email"))
            if (
                name
                and " ".join((contact.name or "").split()).casefold() == name
                and (reasons or contact.parent_id.id in account_ids)
            ):
                reasons.append(self.env._("same name"))
            if not reasons:
                continue
            if contact.id not in readable:
                hidden += 1
                continue
            matches.append(
                {
                    "id": contact.id,
                    "display_name": contact.with_env(self.env).display_name,
                    "score": 0.95 if len(reasons) > 1 else 0.9,
                    "reasons": reasons,
                }
            )
        matches.sort(key=lambda match: -match["score"])
        return {"matches": matches[:limit], "hidden": hidden}
