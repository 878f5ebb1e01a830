import re

from odoo import api, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize

from odoo.addons.phone_validation.tools import phone_validation

from ...tools.match_query import MatchQuery

TEXT_LENGTHS = {"name": 255, "email": 255, "phone": 64, "website": 500, "vat": 64}
MAX_LIMIT = 50
NORMALIZED_EMAIL = re.compile(r"[a-z0-9]+([._+-][a-z0-9]+)*@([a-z0-9]+[.-])+[a-z]+")
# What a display name is made of, so that it is read with the search
NAME_FIELDS = [
    "display_name",
    "name",
    "company_name",
    "parent_id",
    "is_company",
    "type",
]


class ResPartner(models.Model):
    """Finding the account that a company is, among all there are.

    SPECIFICATION

    1. What is known of the company is put into the forms in which accounts are indexed
       (`tools/match_query.py`).
    2. Each kind of evidence is one query for all companies asked about, on an index
       (`account_evidence.py`). They find candidates: a company has some dozens at most.
    3. The candidates are judged in Python (`account_judgment.py`): names are compared
       (`name_similarity.py`), and what is found is added up (`match_score.py`). What
       stays below the threshold of the settings is dropped.
    4. The best ones are given with their names to those who may read them, and with the
       reasons in words (`account_reason.py`). The others are counted.

    Candidates are all accounts: archived ones and those of other companies too.
    """

    _inherit = "res.partner"

    @api.model
    @api.readonly
    def find_account_matches(self, values, limit=5):
        """Find the accounts that a company may be.

        Nothing is written. Accounts the user may not read are counted only.

        :param dict values: what is known of the company: any of `name`, `email`,
            `phone`, `website`, `vat` (texts) and `country_id` (an id). Other keys are
            ignored, long texts are cut.
        :param int limit: how many matches to return at most, from 0 to 50
        :return: `{"matches": [{"id", "display_name", "score", "reasons"}, …],
            "hidden": n}`: the best first, their scores from 0 to 1, their reasons as
            texts in the user's language, and how many more there are that the user may
            not read
        :raise UserError: the values are no dictionary, or one of them or the limit is
            of another type
        :raise AccessError: the user may not read contacts, or is no internal user
        """
        if not isinstance(values, dict):
            raise UserError(
                self.env._(
                    "Pass what is known about the company as a dictionary of values."
                )
            )
        return self._find_account_matches_batch([values], limit=limit)[0]

    def _find_account_matches_batch(self, values_list, limit=5, sure=False):
        """Find the accounts that each of several companies may be.

        :param list values_list: dictionaries as `find_account_matches` takes them
        :param bool sure: only those that are as good as sure, which is quicker
        :return: a list of dictionaries as it returns them, in the same order
        :raise UserError: see there
        :raise AccessError: see there
        """
        self.browse().check_access("read")
        # Others could learn from a count which companies are customers.
        if not (self.env.su or self.env.user._is_internal()):
            raise AccessError(self.env._("Only internal users can look for accounts."))
        limit = self._clean_match_limit(limit)
        queries = self._prepare_match_queries(values_list)
        distinct = list(dict.fromkeys(queries))
        judged = dict(zip(distinct, self._judge_accounts(distinct, sure), strict=True))
        return self._present_matches(
            queries, [judged[query] for query in queries], limit
        )

    # ------------------------------------------------------------
    # What is asked
    # ------------------------------------------------------------

    def _clean_match_limit(self, limit):
        if isinstance(limit, bool) or not isinstance(limit, int):
            raise UserError(self.env._("The limit must be a whole number."))
        return min(max(limit, 0), MAX_LIMIT)

    def _prepare_match_queries(self, values_list):
        """Return a `MatchQuery` for each dictionary of values, which is not trusted."""
        queries = []
        for values in map(self._clean_match_values, values_list):
            code, _phone_code = self._get_country_codes(values["country_id"])
            queries.append(MatchQuery(**values, country_code=code))
        return queries

    def _normalize_match_email(self, email):
        """Return an address as `email_normalized` has it, or an empty string."""
        if NORMALIZED_EMAIL.fullmatch(email):
            return email  # as nearly all are, where normalizing takes longest
        return email_normalize(email, strict=False) or ""

    def _normalize_match_phone(self, phone, country_id):
        """Return a phone number as `phone_sanitized` has it, or an empty string."""
        if not phone:
            return ""
        if not phone.startswith("+"):
            country_id = country_id or self.env.company.country_id.id
        try:
            return phone_validation.phone_format(
                phone, *self._get_country_codes(country_id), force_format="E164"
            )
        except UserError:
            return ""

    @tools.ormcache("country_id")
    def _get_country_codes(self, country_id):
        """Return the code and the phone code of a country; of none, empty ones."""
        country = (
            self.env["res.country"]
            .sudo()
            .search_fetch([("id", "=", country_id)], ["code", "phone_code"])
        )
        return country.code or "", country.phone_code or 0

    def _clean_match_values(self, values):
        cleaned = {}
        for name, length in TEXT_LENGTHS.items():
            text = values.get(name) or ""
            if not isinstance(text, str):
                raise UserError(
                    self.env._("The value of “%(name)s” must be a text.", name=name)
                )
            # PostgreSQL takes neither a zero byte nor half a character.
            text = text[:length].encode(errors="ignore").decode().replace("\0", " ")
            cleaned[name] = text.strip()
        country_id = values.get("country_id") or None
        if country_id is not None and (
            isinstance(country_id, bool) or not isinstance(country_id, int)
        ):
            raise UserError(self.env._("The value of “country_id” must be an id."))
        if country_id is not None and not 0 < country_id < 2**31:
            country_id = None
        return {
            **cleaned,
            "country_id": country_id,
            "phone": self._normalize_match_phone(cleaned["phone"], country_id),
            "email": self._normalize_match_email(cleaned["email"]),
        }

    # ------------------------------------------------------------
    # Presentation
    # ------------------------------------------------------------

    def _present_matches(self, queries, judged, limit):
        """Return what the user may know of what `_judge_accounts` found."""
        ids = {account["id"] for matches in judged for _score, account, _ in matches}
        # Searching applies the record rules without reading the records.
        readable = self.with_context(active_test=False).search_fetch(
            [("id", "in", sorted(ids))], NAME_FIELDS, order="id"
        )
        readable_ids = set(readable.ids)
        shown = [
            [match for match in matches if match[1]["id"] in readable_ids]
            for matches in judged
        ]
        named = {account["id"] for best in shown for _, account, _ in best[:limit]}
        # Of all at once: each by itself takes longer than finding it.
        names = {one.id: one.display_name for one in readable.browse(sorted(named))}
        return [
            {
                "matches": [
                    {
                        "id": account["id"],
                        "display_name": names[account["id"]],
                        "score": score,
                        "reasons": self._get_match_reasons(query, account, pieces),
                    }
                    for score, account, pieces in best[:limit]
                ],
                "hidden": len(matches) - len(best),
            }
            for query, matches, best in zip(queries, judged, shown, strict=True)
        ]
