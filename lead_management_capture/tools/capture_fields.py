"""What a web form may ask for, and what its inputs are called. Pure Python.

SPECIFICATION

A visitor's answer reaches a lead through this list only. The list never holds who owns
the lead, its team, status, stage, company or any id: a form's settings give those.

The name of an input is the key of its field. Names are stable: a page that a webmaster
pasted years ago goes on working whatever the label says or wherever the input stands.
So a key is never renamed nor given another meaning; one that isn't offered any more
stays in the list.

Inputs that aren't fields have names of their own, which no key may take:

* `consent_<id>`: one for each consent of the form, checked or absent;
* `HONEYPOT`: invisible, must come back empty;
* `STARTED`: when the hosted page was served, signed; absent on other sites' pages;
* `PAGE`: `PAGE_HOSTED` when the hosted page was filled, else absent;
* `LANGUAGE`: code of the language of the page;
* `TOUCHES`: where the visitor came from, the first and the last time;
* `RECAPTCHA`: the answer of the browser to reCAPTCHA.
"""

from dataclasses import dataclass

HONEYPOT = "extra_notes"
STARTED = "started"
PAGE = "page"
PAGE_HOSTED = "hosted"
LANGUAGE = "lang"
RECAPTCHA = "recaptcha_token"
RECAPTCHA_ACTION = "lead_capture"
CONSENT_PREFIX = "consent_"
CONSENT_VALUE = "yes"

TOUCH_PARTS = (
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "referrer",
    "landing_page",
)
# "first_utm_source", …, "last_landing_page"
TOUCHES = tuple(
    f"{touch}_{part}" for touch in ("first", "last") for part in TOUCH_PARTS
)
TOUCH_MAX_LENGTH = 500

TECHNICAL_NAMES = frozenset(
    (HONEYPOT, STARTED, PAGE, LANGUAGE, RECAPTCHA, *TOUCHES),
)


@dataclass(frozen=True)
class SafeField:
    """A field of the lead that visitors may fill.

    * `key`: name of the input;
    * `lead_field`: name of the field of `crm.lead`;
    * `label`: what the input is called unless the form says otherwise;
    * `kind`: what a value must be:
      `text`, `multiline`, `email`, `phone`, `url`, `integer`, `amount`, `date`,
      `twitter` (handle or address of a profile),
      `country` (code or name), `state` (code or name, of the chosen country),
      `option` (id of a record that the form offers);
    * `input_type`: type of the `<input>`, or `textarea`, or `select`;
    * `autocomplete`: how the browser fills it in, by the HTML standard's names;
    * `max_length`: characters at most.
    """

    key: str
    lead_field: str
    label: str
    kind: str = "text"
    input_type: str = "text"
    autocomplete: str = "off"
    max_length: int = 100


FIELDS = {
    field.key: field
    for field in (
        # Who
        SafeField(
            "first_name",
            "contact_first_name",
            "First name",
            autocomplete="given-name",
        ),
        SafeField(
            "last_name",
            "contact_last_name",
            "Last name",
            autocomplete="family-name",
        ),
        SafeField(
            "email",
            "email_from",
            "Email",
            kind="email",
            input_type="email",
            autocomplete="email",
            max_length=254,
        ),
        SafeField(
            "phone",
            "phone",
            "Phone",
            kind="phone",
            input_type="tel",
            autocomplete="tel",
            max_length=40,
        ),
        SafeField(
            "job_title",
            "function",
            "Job title",
            autocomplete="organization-title",
        ),
        SafeField("skype", "skype", "Skype name"),
        SafeField(
            "best_call_time",
            "best_call_time",
            "Best time to call",
        ),
        # Company
        SafeField(
            "company",
            "partner_name",
            "Company",
            autocomplete="organization",
            max_length=200,
        ),
        SafeField(
            "website",
            "website",
            "Website",
            kind="url",
            autocomplete="url",
            max_length=300,
        ),
        SafeField(
            "company_phone",
            "company_phone",
            "Company phone",
            kind="phone",
            input_type="tel",
            autocomplete="work tel",
            max_length=40,
        ),
        SafeField(
            "fax",
            "fax",
            "Fax",
            kind="phone",
            input_type="tel",
            autocomplete="fax tel",
            max_length=40,
        ),
        SafeField("twitter", "twitter", "Twitter/X", kind="twitter"),
        SafeField(
            "industry",
            "industry_id",
            "Industry",
            kind="option",
            input_type="select",
            max_length=20,
        ),
        SafeField(
            "employees",
            "employee_count",
            "Number of employees",
            kind="integer",
            input_type="number",
            max_length=9,
        ),
        SafeField(
            "annual_revenue",
            "annual_revenue",
            "Annual revenue",
            kind="amount",
            input_type="number",
            max_length=18,
        ),
        # Address
        SafeField(
            "street",
            "street",
            "Street",
            autocomplete="address-line1",
            max_length=200,
        ),
        SafeField(
            "street2",
            "street2",
            "Address, second line",
            autocomplete="address-line2",
            max_length=200,
        ),
        SafeField(
            "zip",
            "zip",
            "Postal code",
            autocomplete="postal-code",
            max_length=24,
        ),
        SafeField("city", "city", "City", autocomplete="address-level2"),
        SafeField(
            "state",
            "state_id",
            "State or region",
            kind="state",
            autocomplete="address-level1",
        ),
        SafeField(
            "country",
            "country_id",
            "Country",
            kind="country",
            input_type="select",
            autocomplete="country",
        ),
        # What it is about
        SafeField("subject", "name", "Subject", max_length=200),
        SafeField(
            "message",
            "description",
            "Message",
            kind="multiline",
            input_type="textarea",
            max_length=5000,
        ),
        SafeField(
            "budget",
            "expected_revenue",
            "Budget",
            kind="amount",
            input_type="number",
            max_length=18,
        ),
        SafeField(
            "quote_deadline",
            "quote_deadline",
            "Quote needed by",
            kind="date",
            input_type="date",
            max_length=10,
        ),
        SafeField(
            "source",
            "source_id",
            "How did you hear about us?",
            kind="option",
            input_type="select",
            max_length=20,
        ),
    )
}
DEFAULT_KEYS = ("first_name", "last_name", "email", "company", "phone", "message")
DEFAULT_REQUIRED = frozenset({"last_name", "email"})


def consent_name(consent_id: int) -> str:
    """Return the name of the input of a consent."""
    return f"{CONSENT_PREFIX}{consent_id}"


def consent_id(name: str) -> int:
    """Return the id of the consent whose input has this name, 0 for another input."""
    number = name.removeprefix(CONSENT_PREFIX)
    if number == name or not number.isascii() or not number.isdecimal():
        return 0
    return int(number) if len(number) < 12 else 0
