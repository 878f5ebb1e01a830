"""What ad platforms know a click by, and how their APIs are told of conversions.

* Meta: Conversions API, `POST /<dataset>/events`
  (developers.facebook.com/docs/marketing-api/conversions-api)
* LinkedIn: Conversions API, `POST /rest/conversionEvents`
  (learn.microsoft.com/linkedin/marketing/conversions)

Google and Microsoft want an application of one's own to be approved for theirs; they
take files.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from typing import NamedTuple

import requests

META = "https://graph.facebook.com/v23.0"
LINKEDIN = "https://api.linkedin.com/rest"
# LinkedIn turns a version off about a year after its month.
LINKEDIN_VERSION = "202605"
TIMEOUT = 20  # seconds
# The names of the clicks of each platform, the surest first
CLICKS = {
    "google": ("gclid", "gbraid", "wbraid"),
    "microsoft": ("msclkid",),
    "meta": ("fbclid",),
    "linkedin": ("li_fat_id",),
}


class Click(NamedTuple):
    """What a platform knows a click on an ad by."""

    name: str
    value: str


class Row(NamedTuple):
    """What a platform is told of a conversion. Dates are in UTC, without a zone."""

    event_id: str
    goal: str
    date: datetime
    click: Click
    clicked: datetime
    email: str
    value: float
    currency: str


def touch_names(platform: str) -> list[str]:
    """Return under which names a lead keeps the clicks, the last visit first."""
    return [
        f"{touch}_{name}" for touch in ("last", "first") for name in CLICKS[platform]
    ]


def find_click(platform: str, touches: Mapping[str, str] | None) -> Click:
    """Return the last click on an ad of a platform.

    :raise KeyError: there is none
    """
    for name in touch_names(platform):
        if value := (touches or {}).get(name):
            return Click(name.partition("_")[2], value)
    raise KeyError(platform)


def hash_email(email: str) -> str:
    """Return an address as platforms compare it: SHA-256 of its small letters."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()


def send(
    platform: str, target: str, token: str, rows: Iterable[Row], version: str = ""
) -> str:
    """Tell a platform of conversions; return why it refuses them, or "".

    :param version: of LinkedIn's API, if not the one known here

    :raise requests.RequestException: nobody answered, or the server failed
    """
    return SENDERS[platform](target, token, list(rows), version)


def _send_meta(target: str, token: str, rows: list[Row], _version: str) -> str:
    events = [
        {
            "event_name": row.goal,
            "event_time": _seconds(row.date),
            "event_id": row.event_id,
            "action_source": "system_generated",
            "user_data": {
                "em": [hash_email(row.email)],
                "fbc": f"fb.1.{_seconds(row.clicked) * 1000}.{row.click.value}",
            },
            "custom_data": _price("value", "currency", row),
        }
        for row in rows
    ]
    return _post(f"{META}/{target}/events", token, {"data": events}, {})


def _send_linkedin(target: str, token: str, rows: list[Row], version: str) -> str:
    elements = [
        {
            "conversion": f"urn:lla:llaPartnerConversion:{target}",
            "conversionHappenedAt": _seconds(row.date) * 1000,
            "eventId": row.event_id,
            "user": {
                "userIds": [
                    {"idType": "SHA256_EMAIL", "idValue": hash_email(row.email)},
                    {
                        "idType": "LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID",
                        "idValue": row.click.value,
                    },
                ]
            },
        }
        | (
            {"conversionValue": _price("amount", "currencyCode", row)}
            if row.value
            else {}
        )
        for row in rows
    ]
    headers = {
        "LinkedIn-Version": version or LINKEDIN_VERSION,
        "X-Restli-Protocol-Version": "2.0.0",
        "X-RestLi-Method": "BATCH_CREATE",
    }
    url = f"{LINKEDIN}/conversionEvents"
    return _post(url, token, {"elements": elements}, headers)


SENDERS = {"meta": _send_meta, "linkedin": _send_linkedin}


def _post(
    url: str, token: str, body: Mapping[str, object], headers: Mapping[str, str]
) -> str:
    answer = requests.post(
        url,
        json=body,
        headers={"Authorization": f"Bearer {token}", **headers},
        timeout=TIMEOUT,
        allow_redirects=False,
    )
    if answer.status_code >= 500 or answer.status_code == 429:
        answer.raise_for_status()
    if 200 <= answer.status_code < 300:
        return ""
    try:
        said = answer.json()
        error = said.get("error")
        words = error.get("message") if isinstance(error, dict) else said.get("message")
    except (ValueError, AttributeError):
        words = ""
    return f"{answer.status_code} {words or ''}".strip()[:500]


def _seconds(date: datetime) -> int:
    return int(date.replace(tzinfo=timezone.utc).timestamp())


def _price(value: str, currency: str, row: Row) -> dict[str, str | float]:
    return {value: f"{row.value:.2f}", currency: row.currency} if row.value else {}
