from collections import defaultdict
from typing import NamedTuple

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools import mailbox, web_domain
from ...tools.account_key import company_key
from ...tools.lead_likeness import SHOWN, Traits, compare

LOOKED_AT = 200  # leads that share one piece of evidence
CANDIDATES = 50  # of them, that are compared
TEXTS = (
    *("contact_name", "contact_first_name", "contact_last_name"),
    *("partner_name", "email_from", "phone", "website"),
)
# The evidence: the property of what is asked, its type, what leads are looked up by,
# and the column that the index leaves out where it is empty
TEXT, ID = SQL("text"), SQL("int")
EVIDENCE = (
    ("mailbox", TEXT, SQL(f"({mailbox.MAILBOX})"), SQL("email_normalized")),
    ("phone", TEXT, SQL("phone_sanitized"), SQL("phone_sanitized")),
    ("account_key", TEXT, SQL("account_key"), SQL("account_key")),
    ("domain", TEXT, SQL("account_domain"), SQL("account_domain")),
    ("customer", ID, SQL("partner_id"), SQL("partner_id")),
)
# Those that are indexed: most leads are closed one day, and nobody looks for them
OPEN = "active IS TRUE AND won_status = 'pending'"
COLUMNS = (
    *("email_normalized", "phone_sanitized", "account_key", "account_domain"),
    *("contact_name", "active", "won_status", "type", "status_id", "company_id"),
    *("partner_id", "user_id"),
)


class Question(NamedTuple):
    """What is asked: for leads like one of these traits."""

    traits: Traits
    company_id: int | None  # None for leads of all companies
    lead_id: int = 0  # of the lead itself, if it is there already


class Match(NamedTuple):
    """An open lead that was found, and how like it is."""

    id: int
    score: float
    reasons: tuple
    is_person: bool


class CrmLead(models.Model):
    """Finding the open leads and opportunities of a person or a company.

    SPECIFICATION

    1. What is known of a lead is put into the forms in which leads are indexed: the
       mailbox its e-mails go to (`tools/mailbox.py`), the phone number, the key of the
       company, its domain (of no provider of free mail), the customer it is linked to.
    2. One query for all leads asked about finds candidates: open leads and open
       opportunities of the same company of the database, or of none.
    3. They are compared in Python, by a table that is the specification
       (`tools/lead_likeness.py`).

    Whoever asks says to whom the answer is told: nothing is left out here for what the
    user may read.
    """

    _inherit = "crm.lead"

    _mailbox_idx = models.Index(
        f"(({mailbox.MAILBOX})) WHERE email_normalized IS NOT NULL AND {OPEN}"
    )
    _account_key_idx = models.Index(
        f"(account_key) WHERE account_key IS NOT NULL AND {OPEN}"
    )
    _account_domain_idx = models.Index(
        f"(account_domain) WHERE account_domain IS NOT NULL AND {OPEN}"
    )

    # ------------------------------------------------------------
    # What is asked
    # ------------------------------------------------------------

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
        email = known["email"]
        traits = Traits(
            mailbox.fold(email),
            known["phone"],
            person,
            company_key(known["name"]) or "",
            web_domain.domain(known["website"]) or web_domain.domain(email) or "",
        )
        company_id = self._clean_id(values, "company_id") or self.env.company.id
        return Question(traits, company_id, self._clean_id(values, "id"))

    def _clean_id(self, values, name):
        value = values.get(name) or 0
        if type(value) is not int:
            raise UserError(
                self.env._("The value of “%(name)s” must be an id.", name=name)
            )
        return value if 0 < value < 2**31 else 0

    def _get_traits_of_person(self):
        """Return by what a lead that is there is compared as that of a person."""
        self.ensure_one()
        return Traits(
            mailbox.fold(self.email_normalized or ""),
            self.phone_sanitized or "",
            self.contact_name or "",
            customer=self.partner_id.id or 0,
        )

    # ------------------------------------------------------------
    # What is found
    # ------------------------------------------------------------

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

    def _rank_open_leads(self, question, candidates):
        matches = []
        for lead_id, traits in candidates.items():
            likeness = compare(question.traits, traits)
            if likeness.score >= SHOWN and lead_id != question.lead_id:
                matches.append(Match(lead_id, *likeness))
        return sorted(matches, key=lambda match: (-match.score, match.id))

    def _look_up_open_leads(self, questions, more=None):
        """Return the traits of the candidates of each question, by their ids.

        :param more: a further SQL condition of the leads, if any
        """
        candidates = [{} for _question in questions]
        selects = []
        for name, *how in EVIDENCE:
            rows = [
                (number, value, question.company_id)
                for number, question in enumerate(questions)
                if (value := getattr(question.traits, name))
            ]
            if rows:
                selects.append(self._select_open_leads(*how, rows, more))
        if not selects:
            return candidates
        self.flush_model(COLUMNS)
        for number, lead_id, email, *texts, customer in self.env.execute_query(
            SQL(" UNION ").join(selects)
        ):
            candidates[number][lead_id] = Traits(
                mailbox.fold(email or ""),
                *(text or "" for text in texts),
                customer or 0,
            )
        return candidates

    def _select_open_leads(self, kind, column, known, rows, more):
        """Return the query of the open leads that have a value in a column.

        The limit inside keeps the database from going through all leads by age.
        """
        numbers, values, company_ids = (list(part) for part in zip(*rows, strict=True))
        return SQL(
            """
            SELECT wanted.number, found.*
              FROM unnest(%(numbers)s::int[], %(values)s::%(kind)s[],
                          %(companies)s::int[]) AS wanted (number, value, company)
             CROSS JOIN LATERAL (
                   SELECT * FROM (
                       SELECT id, email_normalized, phone_sanitized, contact_name,
                              account_key, account_domain, partner_id
                         FROM crm_lead
                        WHERE %(column)s = wanted.value AND %(known)s IS NOT NULL
                          AND (company_id = wanted.company OR company_id IS NULL
                               OR wanted.company IS NULL)
                          AND %(is_open)s AND %(more)s
                        LIMIT %(looked_at)s) AS shared
                    ORDER BY id DESC LIMIT %(limit)s) AS found
            """,
            numbers=numbers,
            values=values,
            kind=kind,
            companies=company_ids,
            column=column,
            known=known,
            is_open=self._get_open_condition(),
            more=more or SQL("TRUE"),
            looked_at=LOOKED_AT,
            limit=CANDIDATES,
        )

    def _get_open_condition(self):
        """Return the SQL condition of leads and opportunities that are worked on."""
        return SQL(
            f"{OPEN} AND (type = 'opportunity' OR status_id IS NULL"
            " OR status_id <> ALL(%s))",
            list(self.env["crm.lead.status"]._get_closed_ids()),
        )

    def _get_likeness_labels(self):
        """Return in words why two leads are of one person or company, by the reasons
        of `lead_likeness`."""
        labels = defaultdict(str)
        labels.update(
            customer=self.env._("same contact"),
            email=self.env._("same email"),
            phone=self.env._("same phone"),
            name=self.env._("same name"),
            name_alike=self.env._("similar name"),
            company=self.env._("same company"),
            domain=self.env._("same domain"),
        )
        return labels
