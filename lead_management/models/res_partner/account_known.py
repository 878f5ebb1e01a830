from odoo import models

from ...tools import match_score, name_similarity
from ...tools.account_key import compact
from ...tools.match_query import normalize_vat
from .find_account import TEXT_LENGTHS


class ResPartner(models.Model):
    """Judging accounts as they will be, before the database knows of it.

    What is known of an account are the columns that are compared, and the domains and
    numbers by which it and its contacts are found (`MatchQuery.get_known`).
    """

    _inherit = "res.partner"

    def _judge_known(self, query, known):
        """Return the score of an account by what it will be known by.

        :param dict known: as of `_prepare_known`
        """
        likely = self._get_account_match_thresholds()[1] <= name_similarity.UNSURE
        evidence = self._get_known_evidence(query, known)
        score, _pieces = self._judge_account(query, known, evidence, likely=likely)
        return score

    def _get_known_evidence(self, query, known):
        """Return what a company has in common with an account beyond the name."""
        domains = {*query.web_domains, query.email_domain} - {""}
        is_of_email = known["account_domain"] == (query.email_domain or None)
        holds = {
            "website": known["account_domain"] in query.web_domains,
            "email_domain": is_of_email
            or not domains.isdisjoint(known["email_domains"]),
            "domain_name": compact(known["account_key"]) in query.domain_names,
            "phone": query.phone in known["phones"],
            "vat": normalize_vat(known["vat"]) in query.vats,
        }
        return [
            match_score.evidence(kind) for kind, is_true in holds.items() if is_true
        ]

    def _prepare_known(self):
        """Return what accounts are known by, their contacts included.

        :return: for each account a `MatchQuery` of it, and what is compared
        """
        queries = self._prepare_match_queries(
            [
                {
                    **{name: account[name] for name in TEXT_LENGTHS},
                    "country_id": account.country_id.id,
                }
                for account in self
            ]
        )
        people = (
            self.sudo()
            .with_context(active_test=False)
            ._read_group(
                [("commercial_partner_id", "in", self.ids)],
                ["commercial_partner_id"],
                [
                    "account_email_domain:array_agg_distinct",
                    "phone_sanitized:array_agg_distinct",
                ],
            )
        )
        families = {account.id: found for account, *found in people}
        known = {}
        for account, query in zip(self, queries, strict=True):
            domains, phones = families.get(account.id, ((), ()))
            values = query.get_known()
            values["email_domains"] |= frozenset(filter(None, domains))
            values["phones"] |= frozenset(filter(None, phones))
            state = {name: account[name] for name in ("is_company", "active", "id")}
            known[account] = query, values | state
        return known
