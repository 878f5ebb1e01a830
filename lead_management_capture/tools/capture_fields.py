"""What a web form may ask for, and what its inputs are called. Pure Python.

SPECIFICATION

A visitor's answer reaches a lead through this list, and through other fields of the
lead that a form names (`crm.lead.capture.field`), only. Neither ever holds who owns the
lead, its team, status, stage, company or any id: a form's settings give those.

The name of an input is the key of its field. Names are stable: a page that a webmaster
pasted years ago goes on working whatever the label says or wherever the input stands.
So a key is never renamed nor given another meaning; one that isn't offered any more
stays in the list.

Inputs that aren't fields have names of their own, which no key may take:

* `lead_<field>`: another field of the lead, by its technical name;
* `question_<id>`: a question of the form's own, whose answer goes to the notes;
* `consent_<id>`: one for each consent of the form, checked or absent;
* `HONEYPOT`: invisible, must come back empty;
* `STARTED`: when the hosted page was served, signed; absent on other sites' pages;
* `PAGE`: `PAGE_HOSTED` when the hosted page was filled, else absent;
* `LANGUAGE`: code of the language of the page;
* `TOUCHES`: where the visitor came from, the first and the last time;
* `RECAPTCHA`: the answer of the browser to reCAPTCHA.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .capture_files import FileLimits

HONEYPOT = "extra_notes"
STARTED = "started"
PAGE = "page"
PAGE_HOSTED = "hosted"
LANGUAGE = "lang"
RECAPTCHA = "recaptcha_token"
RECAPTCHA_ACTION = "lead_capture"
LEAD_PREFIX = "lead_"
QUESTION_PREFIX = "question_"
CONSENT_PREFIX = "consent_"
CONSENT_VALUE = "yes"

UTM_PARTS = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
# By which Google, Meta, LinkedIn and Microsoft know the click on an ad
CLICK_IDS = ("gclid", "gbraid", "wbraid", "fbclid", "li_fat_id", "msclkid")
ADDRESS_PARTS = (*UTM_PARTS, *CLICK_IDS)
TOUCH_PARTS = (*ADDRESS_PARTS, "referrer", "landing_page")
# "first_utm_source", …, "last_landing_page"
TOUCHES = tuple(
    f"{touch}_{part}" for touch in ("first", "last") for part in TOUCH_PARTS
)
TOUCH_MAX_LENGTH = 500

TECHNICAL_NAMES = frozenset(
    (HONEYPOT, STARTED, PAGE, LANGUAGE, RECAPTCHA, *TOUCHES),
)


# What a value is, with the type of its `<input>` (or `select` or `textarea`), and how
# many characters it has at most. Numbers are text: of an input for numbers, browsers
# send only what they can read themselves, and few read `25.000` as Germans mean it.
KINDS = {
    "text": ("text", 100),
    "multiline": ("textarea", 5000),
    "email": ("email", 254),
    "phone": ("tel", 40),
    "url": ("text", 300),
    "twitter": ("text", 100),  # handle or address of a profile
    "integer": ("text", 60),
    "amount": ("text", 60),
    "number": ("text", 60),
    "date": ("date", 60),
    "country": ("select", 100),  # code or name
    "state": ("text", 100),  # code or name, of the chosen country
    "option": ("select", 100),  # id or name of a record that the form offers
    "options": ("checkboxes", 5000),  # of several, each on a line
    "choice": ("select", 200),  # value or label of what the form offers
    "choices": ("checkboxes", 5000),  # of several, each on a line
    "checkbox": ("checkbox", 20),
    "files": ("file", 5000),  # names, each on a line
}
DECIMAL = frozenset(("amount", "number"))
# Kinds of answers of several lines
OF_LINES = frozenset(("multiline", "options", "choices", "files"))
# Kinds whose lines are one thing each, and are told as a list
LISTS = frozenset(("options", "choices", "files"))


@dataclass(frozen=True)
class SafeField:
    """A field of the lead that visitors may fill.

    * `key`: name of the input;
    * `lead_field`: name of the field of `crm.lead`, empty for the notes;
    * `label`: what the input is called unless the form says otherwise;
    * `kind`: one of `KINDS`;
    * `autocomplete`: how the browser fills it in, by the HTML standard's names;
    * `length`: characters at most, where it isn't what the kind says;
    * `is_spare`: fills its field of the lead only where no other answer does;
    * `is_wide`: takes a line of its own;
    * `files`: what files it takes, None where it is no question for files.
    """

    key: str
    lead_field: str
    label: str
    kind: str = "text"
    autocomplete: str = ""
    length: int = 0
    is_wide: bool = False
    is_spare: bool = False
    files: "FileLimits | None" = None

    @property
    def input_type(self) -> str:
        return KINDS[self.kind][0]

    @property
    def inputmode(self) -> str | None:
        """Return which keyboard telephones show, None for the usual one."""
        modes = {"url": "url", "integer": "numeric"}
        return modes.get(self.kind, "decimal" if self.kind in DECIMAL else None)

    @property
    def max_length(self) -> int:
        return self.length or KINDS[self.kind][1]


@dataclass(frozen=True)
class Condition:
    """When a question shows: `key` is the input on which it depends, `values` are the
    answers to it that show it, in small letters; none for any answer."""

    key: str
    values: tuple[str, ...]

    def is_met(self, answer: str) -> bool:
        """Tell whether an answer, perhaps of several lines, shows the question."""
        lines = {line.strip().lower() for line in answer.split("\n")} - {""}
        return bool(lines & set(self.values) if self.values else lines)


_FIELDS = (
    # Who
    SafeField("salutation", "", "Salutation", "text", "honorific-prefix", 40),
    SafeField("first_name", "contact_first_name", "First name", "text", "given-name"),
    SafeField("last_name", "contact_last_name", "Last name", "text", "family-name"),
    SafeField("email", "email_from", "Email", "email", "email"),
    SafeField("phone", "phone", "Phone", "phone", "tel"),
    SafeField("mobile", "phone", "Mobile phone", "phone", "tel", is_spare=True),
    SafeField("job_title", "function", "Job title", "text", "organization-title"),
    SafeField("skype", "skype", "Skype name"),
    SafeField("best_call_time", "best_call_time", "Best time to call"),
    # Company
    SafeField("company", "partner_name", "Company", "text", "organization", 200),
    SafeField("website", "website", "Website", "url", "url"),
    SafeField("company_phone", "company_phone", "Company phone", "phone", "work tel"),
    SafeField("fax", "fax", "Fax", "phone", "fax tel"),
    SafeField("twitter", "twitter", "Twitter/X", "twitter"),
    SafeField("industry", "industry_id", "Industry", "option"),
    SafeField("employees", "employee_count", "Number of employees", "integer"),
    SafeField("annual_revenue", "annual_revenue", "Annual revenue", "amount"),
    # Address
    SafeField("street", "street", "Street", "text", "address-line1", 200, True),
    SafeField(
        "street2", "street2", "Address, second line", "text", "address-line2", 200, True
    ),
    SafeField("zip", "zip", "Postal code", "text", "postal-code", 24),
    SafeField("city", "city", "City", "text", "address-level2"),
    SafeField("state", "state_id", "State or region", "state", "address-level1"),
    SafeField("country", "country_id", "Country", "country", "country"),
    # What it is about
    SafeField("subject", "name", "Subject", length=200, is_wide=True),
    SafeField("message", "description", "Message", "multiline", is_wide=True),
    SafeField("budget", "expected_revenue", "Budget", "amount"),
    SafeField("quote_deadline", "quote_deadline", "Quote needed by", "date"),
    SafeField("source", "source_id", "How did you hear about us?", "option"),
)
FIELDS = {field.key: field for field in _FIELDS}
DEFAULT_KEYS = ("first_name", "last_name", "email", "company", "phone", "message")
DEFAULT_REQUIRED = frozenset({"last_name", "email"})


def consent_name(consent_id: int) -> str:
    """Return the name of the input of a consent."""
    return f"{CONSENT_PREFIX}{consent_id}"


def consent_id(name: str) -> int:
    """Return the id of the consent whose input has this name, 0 for another input."""
    found = re.fullmatch(rf"{CONSENT_PREFIX}([0-9]{{1,11}})", name)
    return int(found[1]) if found else 0
