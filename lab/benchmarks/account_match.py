"""Account matching: finding the accounts of leads among all there are."""

import random
import time

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

from .benchmark import Benchmark, Comparison, Result, Sample
from .company_names import company_name, vary
from .people import person
from .side import IMPORTER, SALESMAN, rpc

BATCH = 1_000
MAX_BATCH = 0.7  # seconds
FILL_BATCH = 5_000
NEW = 20_000_000  # numbers from here on are of companies that were not seeded
KNOWN = 0.5  # of the leads asked about: of a company that has an account
SEED_COMPANIES = 100_000  # of the seeded companies are asked about
INDEXES = (
    *("account_key_idx", "account_key_compact_idx", "account_key_words_idx"),
    *("account_key_initials_idx", "account_domain_idx", "account_email_domain_idx"),
    "account_sound_idx",
    *("email_normalized_idx", "phone_sanitized_idx", "vat_letters_idx"),
)


def lead_values(number: int, country_ids: dict) -> dict:
    """Return what lead number `number` says of its company."""
    rng = random.Random(f"match {number}")
    known = rng.random() < KNOWN
    company = company_name(rng.randrange(SEED_COMPANIES) if known else NEW + number)
    who = person(rng, company)
    values = {"name": vary(rng, company.name) if rng.random() < 0.6 else company.name}
    if rng.random() < 0.5:
        values |= {"email": who.email, "phone": who.phone}
        values["country_id"] = country_ids[company.country]
    if rng.random() < 0.3:
        values["website"] = f"https://www.{company.domain}/"
    return values


def _country_ids(env):
    return {country.code: country.id for country in env["res.country"].search([])}


def ensure_filled(side):
    """Fill the account keys where that is still to be done, as the server would."""
    with side.registry.cursor() as cr:
        partners = api.Environment(cr, SUPERUSER_ID, {})["res.partner"]
        if "account_key" not in partners._fields:
            return
        while partners._fill_account_keys(FILL_BATCH):
            cr.commit()
        cr.execute("ANALYZE res_partner")
        cr.commit()


class FillKeys(Benchmark):
    """Filling the account keys of all contacts after installing, batch by batch, and
    building each index of account matching on the filled table: all of it, and the
    longest time that a batch locks its rows for."""

    name = "account_fill"
    title = "Fill account keys"

    def run(self, native, addon, report):
        batches, filled = Sample(), 0
        with addon.registry.cursor() as cr:
            partners = api.Environment(cr, SUPERUSER_ID, {})["res.partner"]
            cr.execute("UPDATE res_partner SET account_key_version = NULL")
            cr.commit()
            cr.execute("SELECT COUNT(*) FROM res_partner")
            total = cr.fetchone()[0]
            last_id = 0
            while True:
                start = time.perf_counter()
                ids = partners._fill_account_keys(FILL_BATCH, after=last_id)
                cr.commit()
                if not ids:
                    break
                batches.seconds.append(time.perf_counter() - start)
                last_id, filled = ids[-1], filled + len(ids)
                report(f"{filled:,}", filled / total)
        whole = Sample([sum(batches.seconds)])
        results = [
            Result(self.name, f"{self.title}, a batch of {FILL_BATCH:,}", batches),
            Result(self.name, f"{self.title}, all {filled:,}", whole),
        ]
        for name in INDEXES:
            report(f"index {name}", 1)
            with addon.registry.cursor() as cr:
                start = time.perf_counter()
                cr.execute(
                    SQL("REINDEX INDEX %s", SQL.identifier(f"res_partner_{name}"))
                )
                seconds = time.perf_counter() - start
            results.append(Result(self.name, f"Index {name}", Sample([seconds])))
        return results


class CheckOne(Comparison):
    """One check for the account of a lead, as a form asks for it:
    `find_account_matches` beside native's search for a name that contains the lead's,
    of five accounts."""

    name = "account_check"
    title = "Find a lead’s account"
    max_ratio = 1 / 80
    max_seconds = 0.003
    max_p95 = 0.008
    login = SALESMAN
    repetitions = 100
    warmups = 5

    def prepare(self, env, side):
        ensure_filled(side)
        return _country_ids(env)

    def work(self, env, prepared, index):
        values = lead_values(index, prepared)
        if "account_key" in env["res.partner"]._fields:
            rpc(env, "res.partner", "find_account_matches", values)
        else:
            domain = [("name", "ilike", values["name"]), ("is_company", "=", True)]
            rpc(env, "res.partner", "search_read", domain, ["display_name"], limit=5)

    def run(self, native, addon, report):
        results = super().run(native, addon, report)
        for result in results:
            result.max_seconds = self.max_seconds
            result.max_p95 = self.max_p95
        return results


class CheckBatch(Benchmark):
    """The accounts of 1,000 leads in one call, as an import asks for them. Native has
    no such call."""

    name = "account_batch"
    title = f"Find the accounts of {BATCH:,} leads"
    count = BATCH
    repetitions = 5

    def run(self, native, addon, report):
        ensure_filled(addon)
        sample = Sample()
        for repetition in range(self.repetitions):
            report(f"repetition {repetition + 1}", repetition / self.repetitions)
            with addon.transaction(IMPORTER) as env:
                first = 1_000 + repetition * self.count
                country_ids = _country_ids(env)
                values_list = [
                    lead_values(number, country_ids)
                    for number in range(first, first + self.count)
                ]
                queries = env.cr.sql_log_count
                start = time.perf_counter()
                env["res.partner"]._find_account_matches_batch(values_list)
                sample.seconds.append(time.perf_counter() - start)
                sample.queries.append(env.cr.sql_log_count - queries)
        return [Result(self.name, self.title, sample, max_seconds=MAX_BATCH)]


class CreatePartners(Comparison):
    """`create` of 1,000 companies in one call: what computing and indexing their keys
    adds."""

    name = "account_create"
    title = f"Create {BATCH:,} accounts in one call"
    max_ratio = 1.25
    login = IMPORTER
    repetitions = 7
    warmups = 1

    def prepare(self, env, side):
        ensure_filled(side)
        rng = random.Random("new accounts")
        country_ids = _country_ids(env)
        vals_list = []
        for number in range(NEW, NEW + BATCH):
            company = company_name(number)
            who = person(rng, company)
            vals_list.append(
                {
                    "name": company.name,
                    "is_company": True,
                    "website": f"http://www.{company.domain}",
                    "email": f"info@{company.domain}",
                    "phone": who.phone,
                    "country_id": country_ids[company.country],
                }
            )
        return vals_list

    def work(self, env, prepared, index):
        vals_list = [dict(vals) for vals in prepared]
        rpc(
            *(env, "res.partner", "create", vals_list),
            context={"tracking_disable": True},
        )
