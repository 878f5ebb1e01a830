"""A year of leads: lists are imported, the last one right now."""

import csv
import io
from datetime import timedelta
from unittest.mock import patch

FIELDS = (
    *("contact_first_name", "contact_last_name", "partner_name", "email_from"),
    *("phone", "city", "country_id", "source_id"),
)
OPTIONS = {
    "has_headers": True,
    "quoting": '"',
    "separator": ",",
    "encoding": "utf-8",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
    "advanced": True,
    "limit": 2000,
    "skip": 0,
}
# The file, whose, how many days ago, and of how many rows
PAST = (("visitors-of-the-fair.csv", "tom", 205, 35), ("webinar.csv", "lena", 40, 25))
RUNNING, ROWS, BATCH = "partners.csv", 90, 30


def live(year):
    for name, login, days, count in PAST:
        year.plan(year.end - timedelta(days), _import, name, login, count)
    year.last.append(_begin_import)


def _open(year, name, user, count):
    """Return the import screen of somebody with a file."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(FIELDS)
    countries, sources = year.env["res.country"], year.env["utm.source"]
    for _number in range(count):
        values = year.invent()
        values["country_id"] = countries.browse(values["country_id"]).name
        values["source_id"] = sources.browse(values["source_id"]).name
        rows.writerow([values[field] for field in FIELDS])
    screens = year.env["base_import.import"].with_user(user)
    return screens.with_context(default_type="lead").create(
        {
            "res_model": "crm.lead",
            "file": text.getvalue().encode(),
            "file_name": name,
            "file_type": "text/csv",
        }
    )


def _import(year, name, login, count):
    screen = _open(year, name, year.people[login], count)
    result = screen.execute_import([*FIELDS], [*FIELDS], dict(OPTIONS))
    for lead in year.env["crm.lead"].browse(result["ids"]):
        year.begin_work(lead)


def _begin_import(year):
    """Import the first rows of a list; the workers go on when the server starts."""
    screen = _open(year, RUNNING, year.env.ref("base.user_admin"), ROWS)
    operation = type(year.env["crm.lead.bulk.operation.import"])
    with patch.object(operation, "_batch_size", BATCH):
        action = screen.start_in_background([*FIELDS], [*FIELDS], dict(OPTIONS))
    job = year.env["crm.lead.bulk.job"].browse(action["res_id"]).sudo()
    first = job.batch_ids[:1]
    first.date_taken = year.end
    first._do()
