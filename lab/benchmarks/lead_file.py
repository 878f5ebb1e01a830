"""Files of leads: what the import page does with one."""

import csv
import io
import random

from .benchmark import Comparison
from .company_names import company_name
from .lead_record import NEW
from .people import person
from .side import IMPORTER

ROWS = 5_000
AT_ONCE = 2_000  # rows of a request, as the page sends them
COLUMNS = (
    *("name", "partner_name", "contact_name", "function", "email_from", "phone"),
    *("city", "country_id", "expected_revenue", "description"),
)
OPTIONS = {
    "quoting": '"',
    "separator": ",",
    "encoding": "utf-8",
    "date_format": "",
    "datetime_format": "",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
    "has_headers": True,
    "limit": AT_ONCE,
}


class TestFile(Comparison):
    """*Test* of a file of 5,000 leads and ten columns on the import page, request after
    request. Native makes all the leads and takes them back. The addon reads the rows as
    people write them, makes one lead of each kind, and compares all of them with the
    accounts and leads there are."""

    name = "file-test"
    title = f"Test a file of {ROWS:,} leads"
    max_seconds = 10
    login = IMPORTER
    repetitions = 1
    warmups = 1
    is_test = True

    def prepare(self, env, side):
        rng = random.Random("a file")
        names = {
            country.code: country.name for country in env["res.country"].search([])
        }
        text = io.StringIO()
        rows = csv.writer(text, quoting=csv.QUOTE_ALL)
        rows.writerow(COLUMNS)
        for number in range(NEW, NEW + ROWS):
            company = company_name(number)
            who = person(rng, company)
            rows.writerow(
                (
                    *(f"{company.name}: quote", company.name, who.name, who.job),
                    *(who.email, who.phone, who.city, names[company.country]),
                    *(f"{rng.randrange(500, 90_000, 100):,}", "Met at the fair."),
                )
            )
        return text.getvalue().encode()

    def work(self, env, prepared, index):
        wizard = env["base_import.import"].create(
            {
                "res_model": "crm.lead",
                "file": prepared,
                "file_name": "leads.csv",
                "file_type": "text/csv",
            }
        )
        wizard = wizard.with_context(default_type="lead")
        done, read, skip = 0, 0, 0
        while read < ROWS:
            options = {**OPTIONS, "skip": skip}
            result = wizard.execute_import(
                list(COLUMNS), list(COLUMNS), options, dryrun=self.is_test
            )
            env.cr.flush()
            if result["messages"]:
                raise RuntimeError(f"The file has problems: {result['messages'][:3]}")
            done += len(result["ids"])
            skip = result["nextrow"]
            read = skip or ROWS
        if not self.is_test and done != ROWS:
            raise RuntimeError(f"{done:,} of {ROWS:,} rows were leads")


class ImportFile(TestFile):
    """The same file imported, with *Import*."""

    name = "file-import"
    title = f"Import a file of {ROWS:,} leads"
    max_seconds = 30
    is_test = False
