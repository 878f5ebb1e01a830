from collections import namedtuple

from odoo import models

from odoo.addons.lead_management.tools.account_key import company_key

from ...tools.learned import OWN_WORD, SAME
from .judgment import ASKED_FOR

# What a person has done: the company's name, the account it was linked to, and the
# values of the line that would keep it.
Lesson = namedtuple("Lesson", "name account vals")


class CrmAccountAlias(models.Model):
    """Learning from what people link.

    A link teaches something if the name alone does not lead to the account: another one
    comes first, or none, or it is not sure. It teaches nothing

    * where it was no person's work (the superuser, a scheduled action, a visitor);
    * where the account is a person, or its own name is this one;
    * where a file is imported, or one call links several names to one account: who
      links many at a time does not look at each name.
    """

    _inherit = "crm.account.alias"

    def _is_taught_by_person(self):
        return (
            not self.env.su
            and not self.env.context.get("import_file")
            and self.env.user._is_internal()
        )

    def _learn(self, lessons):
        """Keep what lessons teach, in a number of queries that doesn't depend on how
        many they are."""
        lessons = self._get_unknown(self._get_telling(lessons))
        return self.sudo().create(
            [
                {
                    "kind": SAME,
                    "user_id": self.env.uid,
                    **lesson.vals,
                    "name": lesson.name,
                    "partner_id": lesson.account.id,
                }
                for lesson in lessons
            ]
        )

    def _get_telling(self, lessons):
        """Return the lessons that may teach something, one of each account."""
        by_account = {}
        for lesson in lessons:
            account = lesson.account.sudo().commercial_partner_id
            key = company_key(lesson.name)
            if account.is_company and key and key != company_key(account.name):
                lesson = lesson._replace(account=account)
                by_account.setdefault(account.id, {}).setdefault(key, lesson)
        return [
            lesson
            for names in by_account.values()
            if len(names) == 1
            for lesson in names.values()
        ]

    def _get_unknown(self, lessons):
        """Return the lessons whose name does not lead to the account by itself."""
        if not lessons:
            return []
        said = self._judge_names(company_key(lesson.name) for lesson in lessons)
        found = self._find_best([{"name": lesson.name} for lesson in lessons])
        return [
            lesson
            for lesson, best in zip(lessons, found, strict=True)
            if best != lesson.account.id
            and not self._is_own_word(said, company_key(lesson.name), lesson.account.id)
        ]

    def _is_own_word(self, said, key, account_id):
        verdict = said.get(key, {}).get(account_id)
        return bool(verdict) and verdict.strength == OWN_WORD

    def _find_best(self, values_list):
        """Return the id of the account that comes first for each company and is as good
        as sure, or None; no more than the id, whoever may read it."""
        partners = self.env["res.partner"].with_context(**{ASKED_FOR: self.env.uid})
        partners = partners.sudo()
        queries = partners._prepare_match_queries(values_list)
        return [
            next((account["id"] for _score, account, _pieces in matches), None)
            for matches in partners._judge_accounts(queries, sure=True)
        ]
