from datetime import datetime

from odoo import models
from odoo.fields import Domain

from .conversion_plan import fold_name


class CrmLead(models.Model):
    """Which people of a conversion are one, or somebody's contact by now."""

    _inherit = "crm.lead"

    def _link_new_contacts(self, people):
        """Have the people to create contacts of, and take off those who are a contact
        of their account by now, or, without an account, a contact of no company: their
        plans get that one, and fill what it has not.

        Whoever chose a new contact has seen those that were there: they are others.

        :param list people: lists of plans, each of one person
        :return: the lists of those people who have no contact yet
        """
        created = {new for same in people for plan in same for new in plan.created}
        known = [
            same
            for same in people
            if same[0].person_key[0] and same[0].account not in created
        ]
        self.env["crm.account.key"]._lock(
            " ".join(map(str, same[0].person_key)) for same in known
        )
        contacts = self.env["res.partner"].search_fetch(
            self._get_domain_of_people(known),
            ["parent_id", "name", "email_normalized"],
            order="id",
        )
        by_person = contacts._filtered_access("write").grouped(
            lambda contact: (
                contact.parent_id.id or contact.email_normalized,
                fold_name(contact.name),
            )
        )
        for same in known:
            emails = {plan.lead.email_normalized for plan in same} - {False}
            seen = max(plan.looked_up or datetime.min for plan in same)
            for contact in by_person.get(same[0].person_key, ()):
                email = contact.email_normalized
                if (
                    contact.create_date >= seen
                    and (not (email and emails) or email in emails)
                    and all(plan.lead._is_of_company(contact) for plan in same)
                ):
                    for plan in same:
                        plan.contact = contact
                        plan.fill_blanks_only("contact")
                    break
        return [same for same in people if not same[0].contact]

    def _get_domain_of_people(self, people):
        """Return where contacts are looked for that people may be."""
        accounts = self.env["res.partner"].union(*(same[0].account for same in people))
        alone = [
            same[0].lead.email_normalized for same in people if not same[0].account
        ]
        return (
            Domain("parent_id", "in", accounts.ids)
            | Domain("parent_id", "=", False)
            & Domain("is_company", "=", False)
            & Domain("email_normalized", "in", alone)
        ) & Domain([("type", "in", ("contact", "other")), ("name", "!=", False)])

    def _group_by_person(self, plans):
        """Group plans that are of one person: of one account and one name, and not of
        two e-mail addresses. Without an account, the address must be the same."""
        people, groups = {}, []
        for plan in plans:
            email, key = plan.lead.email_normalized, plan.person_key
            for same in people.setdefault(key, []) if key[0] else ():
                known = {one.lead.email_normalized for one in same} - {False}
                if not (known and email) or email in known:
                    same.append(plan)
                    break
            else:
                groups.append([plan])
                people.setdefault(key, []).append(groups[-1])
        return groups
