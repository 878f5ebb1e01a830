from odoo import models

from ...tools import match_score, name_similarity, web_domain
from ...tools.account_key import fold, legal_form
from ...tools.company_words import is_generic
from ...tools.legal_forms import (
    are_of_other_countries,
    has_title,
    may_be_a_word,
)
from ...tools.match_query import normalize_vat

# In percent, as the settings show them
DEFAULT_THRESHOLD, DEFAULT_SURE = 50, 85
THRESHOLD_PARAMETER = "lead_management.account_match_threshold"
SURE_PARAMETER = "lead_management.account_match_sure"
ABBREVIATION = 3  # letters of a name by which many companies go


class ResPartner(models.Model):
    """Judging which of the accounts that the database found a company may be."""

    _inherit = "res.partner"

    def _get_account_match_thresholds(self):
        """Return from which score on a match is shown, and is as good as sure.

        :return: two numbers from 0 to 1
        """
        get_number = self.env["ir.config_parameter"]._get_lead_number
        return (
            get_number(THRESHOLD_PARAMETER, DEFAULT_THRESHOLD) / 100,
            get_number(SURE_PARAMETER, DEFAULT_SURE) / 100,
        )

    def _judge_accounts(self, queries, sure=False):
        """Return the accounts each query may be about, the best first.

        :return: for each query a list of `(score, account, evidence)`, where `account`
            is a dictionary of the columns that are compared
        """
        if not queries:
            return []
        threshold = self._get_account_match_thresholds()[sure]
        likely = threshold <= name_similarity.UNSURE
        candidates, common_words = self._find_account_candidates(queries, likely)
        ids = {account_id for found in candidates for account_id in found}
        accounts = self._read_match_accounts(ids)
        judged = []
        for query, found, common in zip(queries, candidates, common_words, strict=True):
            matches = []
            for account_id, evidence in found.items():
                if account := accounts.get(account_id):
                    score, pieces = self._judge_account(
                        query, account, evidence, common, likely
                    )
                    if score >= threshold:
                        matches.append((score, account, pieces))
            matches.sort(
                key=lambda match, query=query: self._get_match_order(query, *match[:2])
            )
            judged.append(matches)
        return judged

    def _judge_account(self, query, account, evidence, common=frozenset(), likely=True):
        """Return the score of an account and all evidence for it.

        :param list evidence: what the database found beyond the name
        :param frozenset common: words of the query's name that many accounts have
        :param bool likely: an account is looked for that is likely, not sure
        """
        # Where nothing else is known, names that are alike are never sure.
        is_alike_enough = likely or bool(evidence)
        likeness = query.compare(account["account_key"], common, is_alike_enough)
        # "Trust for Zenobia Securities" is somebody else's.
        own_name = account["account_key"].partition(" for ")[0].split()
        pieces = [
            piece
            for piece in evidence
            if piece.kind != "word" or piece.detail in own_name
        ]
        if likeness.score:
            strength = likeness.score
            if self._has_other_legal_form(query, account, likeness):
                strength = min(strength, name_similarity.UNSURE)
            pieces.append(
                match_score.evidence("name", detail=likeness.kind, strength=strength)
            )
        if not pieces:
            return 0.0, pieces
        kinds = {piece.kind for piece in pieces}
        score = match_score.score(
            pieces,
            other_vat="vat" not in kinds and self._has_other_vat(query, account),
            other_website=self._has_other_website(query, account),
            other_name=bool(
                query.key
                and likeness.score < match_score.ALIKE
                and not kinds & {"initials", "domain_name"}
            ),
            other_country=bool(
                query.country_id
                and account["country_id"]
                and query.country_id != account["country_id"]
            ),
        )
        if not account["is_company"]:
            score = match_score.score_person(score, pieces)
        return score, pieces

    def _has_other_legal_form(self, query, account, likeness):
        """Tell whether the names are equal only because of what goes as a legal form:
        many a company may be called by a single word or common ones, and is another one
        where it has the form of another country, or is a person's who has a title; and
        "Acme Spa" may be no "Acme". By two or three letters go so many that "UBS" may
        be another one than "UBS AG"."""
        if likeness.score <= name_similarity.UNSURE:
            return False
        ours, theirs = legal_form(query.name), legal_form(account["name"])
        if may_be_a_word(ours) or may_be_a_word(theirs):
            return fold(ours) != fold(theirs)
        words = query.key.split()
        if len(words) > 1 and not is_generic(words):
            return False
        form = fold(theirs)
        if len(query.key) <= ABBREVIATION and bool(query.form) != bool(form):
            return query.key.isascii()  # a sign of other scripts is a word
        return has_title(query.form) != has_title(form) or are_of_other_countries(
            query.form, form
        )

    def _has_other_vat(self, query, account):
        """Tell whether both have a tax ID of the same country, and they differ."""
        ours, theirs = normalize_vat(query.vat), normalize_vat(account["vat"])
        if not ours or not theirs:
            return False
        return query.country_id == account["country_id"] or ours[:2] == theirs[:2]

    def _has_other_website(self, query, account):
        """Tell whether both have a web site, and the domains spell different names."""
        ours = set(map(web_domain.spelled, query.web_domains))
        theirs = web_domain.spelled(account["account_domain"] or "")
        return bool(ours and theirs) and theirs not in ours

    def _get_match_order(self, query, score, account):
        return (
            -score,
            query.country_id is None or query.country_id != account["country_id"],
            not account["is_company"],
            not account["active"],
            account["id"],
        )
