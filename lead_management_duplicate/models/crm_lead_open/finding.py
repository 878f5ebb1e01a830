from collections import defaultdict, namedtuple

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, email_normalize

from odoo.addons.lead_management.tools import mailbox, web_domain
from odoo.addons.lead_management.tools.account_key import company_key

from ...tools.lead_likeness import SHOWN, SURE, Traits, compare

LOOKED_AT = 200  # leads that share one piece of evidence
CANDIDATES = 50  # of them, that are compared
CLOSED = ("converted", "dead")
TEXTS = (
    *("contact_name", "contact_first_name", "contact_last_name"),
    *("partner_name", "email_from", "phone", "website"),
)
# The evidence: the property of what is asked, what leads are looked up by, and the
# column that the index leaves out where it is empty
EVIDENCE = (
    ("mailbox", SQL(f"({mailbox.MAILBOX})"), SQL("email_normalized")),
    ("phone", SQL("phone_sanitized"), SQL("phone_sanitized")),
    ("account_key", SQL("account_key"), SQL("account_key")),
    ("domain", SQL("account_domain"), SQL("account_domain")),
)
COLUMNS = (
    *("email_normalized", "phone_sanitized", "account_key", "account_domain"),
    *("contact_name", "active", "won_status", "type", "status_id", "company_id"),
)

# What is asked: the traits of a lead, its company, and its id if it is there already
Question = namedtuple("Question", "traits company_id lead_id")
Match = namedtuple("Match", "id score reasons is_person")


class CrmLead(models.Model):
    """Finding the open leads and opportunities of a person or a company.

    SPECIFICATION

    1. What is known of a lead is put into the forms in which leads are indexed: the
       mailbox its e-mails go to (`mailbox.py` of the main addon), the phone number, the
       key of the company, its domain (of no provider of free mail).
    2. One query for all leads asked about finds candidates: open leads and open
       opportunities of the same company of the database, or of none.
    3. They are compared in Python, by a table that is the specification
       (`tools/lead_likeness.py`).
    4. Those the user may read are named, best first; the others are counted.
    """

    _inherit = "crm.lead"

    @api.model
    @api.readonly
    def find_open_leads(self, values, limit=5):
        """Find the open leads and opportunities of somebody.

        Nothing is written. Leads that the user may not read are counted only.

        :param dict values: what is known: any of `contact_name, contact_first_name,
            contact_last_name, partner_name, email_from, phone, website` (texts),
            `country_id`, `company_id`, and `id`, of the lead itself, not to be found.
            Other keys are ignored.
        :param int limit: how many to return at most, from 0 to 50
        :return: `{"leads": [{"id", "display_name", "score", "sure", "reasons", "type",
            "is_person", "owner"}, …], "hidden": n}`: the best first
        :rtype: dict
        :raise UserError: one of the arguments is of another type
        :raise AccessError: the user may not read leads, or is no internal user
        """
        if not isinstance(values, dict):
            raise UserError(self.env._("Pass what is known as a dictionary of values."))
        return self._find_open_leads_batch([values], limit=limit)[0]

    @api.model
    def _find_open_leads_batch(self, values_list, limit=5):
        """Find the open leads of several people; see `find_open_leads`.

        How many queries that takes doesn't depend on how many they are.

        :return: a list of what `find_open_leads` returns, in the same order
        """
        self.browse().check_access("read")
        if not (self.env.su or self.env.user._is_internal()):
            raise AccessError(self.env._("Only internal users can look for leads."))
        limit = self.env["res.partner"]._clean_match_limit(limit)
        return self._present_open_leads(self._judge_open_leads(values_list), limit)

    # ------------------------------------------------------------
    # What is asked
    # ------------------------------------------------------------

    @api.model
    def _get_question(self, values):
        """Return what is asked, of values that are not trusted."""
        for name in TEXTS:
            if not isinstance(values.get(name) or "", str):
                raise UserError(
                    self.env._("The value of “%(name)s” must be a text.", name=name)
                )
        partners = self.env["res.partner"]
        known = partners._clean_match_values(
            {
                "name": values.get("partner_name"),
                "email": values.get("email_from"),
                "phone": values.get("phone"),
                "website": values.get("website"),
                "country_id": values.get("country_id"),
            }
        )
        person = partners._clean_match_values(
            {"name": self._get_name_of_person(values)}
        )["name"]
        email = email_normalize(known["email"], strict=False) or ""
        traits = Traits(
            mailbox.fold(email),
            partners._normalize_match_phone(known["phone"], known["country_id"]),
            person,
            company_key(known["name"]) or "",
            web_domain.domain(known["website"]) or web_domain.domain(email) or "",
        )
        company_id = self._clean_id(values, "company_id") or self.env.company.id
        return Question(traits, company_id, self._clean_id(values, "id"))

    @api.model
    def _clean_id(self, values, name):
        value = values.get(name) or 0
        if type(value) is not int:
            raise UserError(
                self.env._("The value of “%(name)s” must be an id.", name=name)
            )
        return value if 0 < value < 2**31 else 0

    # ------------------------------------------------------------
    # What is found
    # ------------------------------------------------------------

    @api.model
    def _judge_open_leads(self, values_list):
        """Return the `Match`es of each of some values, best first, whoever may read
        them."""
        questions = [self._get_question(values) for values in values_list]
        distinct = list(dict.fromkeys(questions))
        found = dict(zip(distinct, self._look_up_open_leads(distinct), strict=True))
        matches = {
            question: self._rank_open_leads(question, candidates)
            for question, candidates in found.items()
        }
        return [matches[question] for question in questions]

    @api.model
    def _rank_open_leads(self, question, candidates):
        matches = []
        for lead_id, traits in candidates.items():
            likeness = compare(question.traits, traits)
            if likeness.score >= SHOWN and lead_id != question.lead_id:
                matches.append(Match(lead_id, *likeness))
        return sorted(matches, key=lambda match: (-match.score, match.id))

    @api.model
    def _look_up_open_leads(self, questions):
        """Return the traits of the candidates of each question, by their ids."""
        candidates = [{} for _question in questions]
        selects = []
        for name, column, known in EVIDENCE:
            rows = [
                (number, text, question.company_id)
                for number, question in enumerate(questions)
                if (text := getattr(question.traits, name))
            ]
            if rows:
                selects.append(self._select_open_leads(column, known, rows))
        if not selects:
            return candidates
        self.flush_model(COLUMNS)
        for number, lead_id, email, *texts in self.env.execute_query(
            SQL(" UNION ").join(selects)
        ):
            email = mailbox.fold(email or "")
            candidates[number][lead_id] = Traits(email, *(text or "" for text in texts))
        return candidates

    @api.model
    def _select_open_leads(self, column, known, rows):
        """Return the query of the open leads that have a text in a column.

        The limit inside keeps the database from going through all leads by age.
        """
        numbers, texts, company_ids = (list(part) for part in zip(*rows, strict=True))
        return SQL(
            """
            SELECT wanted.number, found.*
              FROM unnest(%(numbers)s::int[], %(texts)s::text[], %(companies)s::int[])
                   AS wanted (number, text, company)
             CROSS JOIN LATERAL (
                   SELECT * FROM (
                       SELECT id, email_normalized, phone_sanitized, contact_name,
                              account_key, account_domain
                         FROM crm_lead
                        WHERE %(column)s = wanted.text AND %(known)s IS NOT NULL
                          AND (company_id = wanted.company OR company_id IS NULL)
                          AND %(is_open)s
                        LIMIT %(looked_at)s) AS shared
                    ORDER BY id DESC LIMIT %(limit)s) AS found
            """,
            numbers=numbers,
            texts=texts,
            companies=company_ids,
            column=column,
            known=known,
            is_open=self._get_open_condition(),
            looked_at=LOOKED_AT,
            limit=CANDIDATES,
        )

    @api.model
    def _get_open_condition(self):
        """Return the SQL condition of leads and opportunities that are worked on."""
        closed = self.env["crm.lead.status"].with_context(active_test=False)
        closed = closed.sudo().search([("category", "in", CLOSED)])
        return SQL(
            "active IS TRUE AND won_status = 'pending' AND (type = 'opportunity'"
            " OR status_id IS NULL OR status_id <> ALL(%s))",
            closed.ids,
        )

    # ------------------------------------------------------------
    # What is said
    # ------------------------------------------------------------

    @api.model
    def _present_open_leads(self, matches_list, limit):
        """Return what the user may know of the matches."""
        ids = {match.id for matches in matches_list for match in matches}
        # Searching applies the record rules without reading the records.
        readable = self.with_context(active_test=False).search_fetch(
            [("id", "in", sorted(ids))],
            ["name", "type", "user_id", "contact_name", "partner_name"],
            order="id",
        )
        labels = self._get_likeness_labels()
        known = {lead.id: lead for lead in readable}
        owners = readable.sudo().user_id
        owners.fetch(["name"])
        result = []
        for matches in matches_list:
            shown = [match for match in matches if match.id in known]
            result.append(
                {
                    "leads": [
                        self._present_open_lead(known[match.id], match, labels)
                        for match in shown[:limit]
                    ],
                    "hidden": len(matches) - len(shown),
                }
            )
        return result

    @api.model
    def _present_open_lead(self, lead, match, labels):
        return {
            "id": lead.id,
            "display_name": lead.display_name,
            "type": lead.type,
            "owner": lead.user_id.sudo().name or "",
            "score": match.score,
            "sure": match.score >= SURE,
            "is_person": match.is_person,
            "reasons": [labels[reason] for reason in match.reasons],
        }

    @api.model
    def _get_likeness_labels(self):
        labels = defaultdict(str)
        labels.update(
            email=self.env._("same email"),
            phone=self.env._("same phone"),
            name=self.env._("same name"),
            name_alike=self.env._("similar name"),
            company=self.env._("same company"),
            domain=self.env._("same domain"),
        )
        return labels
