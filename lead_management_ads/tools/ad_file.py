"""Write conversions as the files that ad platforms take. Pure Python.

* Google Ads (support.google.com/google-ads/answer/7014069), Microsoft Advertising: a
  line with the time zone, one with the titles, one for each conversion
* Meta: offline events, with the address as SHA-256
* LinkedIn: offline conversions, with the address as SHA-256
"""

import csv
import io
import re
from collections.abc import Callable, Iterable

from .ad_platform import Row, hash_email

ID = re.compile(r"[\w.~-]+")
UTC_LINE = ["Parameters:TimeZone=+0000"]
Columns = dict[str, Callable[[Row], str]]


def write(platform: str, rows: Iterable[Row]) -> str:
    """Return the file of a platform."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    columns = COLUMNS[platform]
    if platform in ("google", "microsoft"):
        writer.writerow(UTC_LINE)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_plain(read(row)) for read in columns.values()])
    return stream.getvalue()


def _plain(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula. What clicks are known by
    is no formula, whatever it begins with, and would be worth nothing with a sign more.
    """
    is_formula = text[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{text}" if is_formula and not ID.fullmatch(text) else text


def _click(name: str) -> Callable[[Row], str]:
    return lambda row: row.click.value if row.click.name == name else ""


def _time(row: Row) -> str:
    return row.date.strftime("%Y-%m-%d %H:%M:%S")


def _value(row: Row) -> str:
    return f"{row.value:.2f}" if row.value else ""


def _currency(row: Row) -> str:
    return row.currency if row.value else ""


COLUMNS: dict[str, Columns] = {
    "google": {
        "Google Click ID": _click("gclid"),
        "GBRAID": _click("gbraid"),
        "WBRAID": _click("wbraid"),
        "Conversion Name": lambda row: row.goal,
        "Conversion Time": _time,
        "Conversion Value": _value,
        "Conversion Currency": _currency,
        "Ad User Data": lambda row: "Granted",
        "Ad Personalization": lambda row: "Granted",
    },
    "microsoft": {
        "Microsoft Click ID": _click("msclkid"),
        "Conversion Name": lambda row: row.goal,
        "Conversion Time": _time,
        "Conversion Value": _value,
        "Conversion Currency": _currency,
    },
    "meta": {
        "event_name": lambda row: row.goal,
        "event_time": lambda row: row.date.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "event_id": lambda row: row.event_id,
        "email": lambda row: hash_email(row.email),
        "value": _value,
        "currency": _currency,
    },
    "linkedin": {
        "Conversion Time": lambda row: row.date.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Conversion Name": lambda row: row.goal,
        "SHA256 Email": lambda row: hash_email(row.email),
        "LinkedIn First Party Ads Tracking UUID": _click("li_fat_id"),
        "Conversion Value": _value,
        "Currency": _currency,
    },
}
