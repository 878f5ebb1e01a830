"""Accounts: companies, their people, and people without a company."""

import random
from datetime import datetime, time, timedelta

from .company_names import company_name
from .copy_rows import copy_rows, next_id, prototypes
from .people import person
from .seed_house import as_before

COMPANIES = 0.6  # of the accounts; the others are people, most of them in a company
ALONE = 0.15  # of the people: in no company
YEARS = 2  # since the first of them was made


def country_ids(env) -> dict:
    """Return the ids of the countries by their codes."""
    return {country.code: country.id for country in env["res.country"].search([])}


def moment(rng) -> datetime:
    """Return a moment of the last years, to the second."""
    midnight = datetime.combine(datetime.now(), time())
    return midnight - timedelta(seconds=rng.randrange(1, YEARS * 365 * 86_400))


class Accounts:
    """Partners by number, the companies first."""

    def __init__(self, env, count: int):
        self.env = env
        self.count = count
        self.first = next_id(env.cr, "res_partner")
        self.country_ids = country_ids(env)

    def copy(self, report):
        copy_rows(
            self.env.cr, "res_partner", self._prototypes(), self._rows(), report=report
        )

    def _prototypes(self):
        partners = self.env["res.partner"]
        company = partners.create({"name": "C", "is_company": True})
        employee = partners.create({"name": "E", "parent_id": company.id})
        alone = partners.create({"name": "A"})
        rows = prototypes(self.env, company + employee + alone)
        rows = as_before(self.env, "res_partner", rows)
        self.env.cr.rollback()
        return dict(zip(("company", "employee", "alone"), rows, strict=True))

    def _rows(self):
        for number in range(self.count):
            yield self.row(number)

    @staticmethod
    def companies(count: int) -> int:
        """Return how many of `count` accounts are companies: the first ones."""
        return max(int(count * COMPANIES), 1)

    def row(self, number: int) -> tuple[str, dict]:
        """Return the kind and the values of account number `number`, from 0."""
        rng = random.Random(f"account {number}")
        companies = self.companies(self.count)
        employer = number if number < companies else rng.randrange(companies)
        company = company_name(employer)
        who = person(rng, company)
        created = moment(rng)
        values = {
            "id": self.first + number,
            "create_date": created,
            "write_date": created,
            "phone": who.phone,
            "phone_sanitized": who.phone_sanitized,
            "street": who.street,
            "city": who.city,
            "zip": who.zip,
            "country_id": self.country_ids[company.country],
            "email": who.email,
            "email_normalized": who.email,
        }
        if number < companies:
            values |= {
                "name": company.name,
                "complete_name": company.name,
                "commercial_company_name": company.name,
                "commercial_partner_id": values["id"],
                "website": f"http://www.{company.domain}",
                "email": f"info@{company.domain}",
                "email_normalized": f"info@{company.domain}",
            }
            if rng.random() < 0.3:
                values["vat"] = f"{company.country}{rng.randrange(10**8, 10**9)}"
            return "company", values
        values |= {"name": who.name, "function": who.job}
        if rng.random() < ALONE:
            values |= {
                "complete_name": who.name,
                "commercial_partner_id": values["id"],
            }
            return "alone", values
        values |= {
            "complete_name": f"{company.name}, {who.name}",
            "parent_id": self.first + employer,
            "commercial_partner_id": self.first + employer,
            "commercial_company_name": company.name,
        }
        return "employee", values
