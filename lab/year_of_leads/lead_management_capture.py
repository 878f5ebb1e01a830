"""A year of leads: visitors of the website fill in forms, and robots try to."""

from odoo.addons.lead_management_capture.tools import capture_fields

AGREED = capture_fields.CONSENT_VALUE
FORMS = ((3, "crm_lead_capture_form_contact"), (1, "crm_lead_capture_form_quote"))
PAGES = ("/", "/desks", "/chairs", "/prices")
WISHES = (
    "What do 20 desks cost?",
    "Please send me your price list.",
    "Do you deliver to our country?",
    "We are looking for chairs for a new office.",
)


def live(year):
    year.ways_in.append((6, _fill_in))
    for day in year.working_days():
        if year.happens(0.12):
            year.plan(year.in_office(day), _try_as_robot)


def _fill_in(year, values):
    form = year.env.ref(f"lead_management_capture.{year.choose(FORMS)}")
    inputs = {
        "first_name": values["contact_first_name"],
        "last_name": values["contact_last_name"],
        "email": values["email_from"],
        "phone": values["phone"],
        "company": values["partner_name"],
        "country": year.env["res.country"].browse(values["country_id"]).code,
        "employees": str(values["employee_count"]),
        "message": year.random.choice(WISHES),
        "last_referrer": f"https://www.example.com{year.random.choice(PAGES)}",
    }
    for consent in form.consent_ids:
        if consent.required or year.happens(0.4):
            inputs[_get_input(consent)] = AGREED
    for add in year.visits:
        add(year, inputs)
    submission = _send(year, form, inputs)
    submission._process()
    lead = submission.lead_id.sudo(False)
    if lead and not lead.user_id:
        lead.user_id = year.random.choice([*year.people.values()])
    return lead


def _get_input(consent):
    return f"{capture_fields.CONSENT_PREFIX}{consent.id}"


def _try_as_robot(year):
    form = year.env.ref(f"lead_management_capture.{year.choose(FORMS)}")
    _send(
        year,
        form,
        {
            "last_name": "SEO Expert",
            "email": f"rank{year.random.randrange(10**6)}@first-page.example",
            "company": "First Page",
            "message": "Your site could be on page one. Answer today!",
            capture_fields.HONEYPOT: "https://first-page.example",
            **dict.fromkeys(map(_get_input, form.consent_ids), AGREED),
        },
    )


def _send(year, form, inputs):
    forms = year.env["crm.lead.capture.form"].sudo()
    submissions = year.env["crm.lead.capture.submission"].sudo()
    # Others than those of the last minutes may be the same.
    address = f"192.0.2.{year.random.randrange(1, 255)}"
    receipt = submissions._receive(
        forms._get_open_form(form.token), inputs, address, "en_US"
    )
    assert receipt.outcome == "taken", receipt
    return submissions.search([], order="id desc", limit=1)
