"""Companies and persons that don't exist; their email addresses and phone numbers lead
nowhere."""

NAMES = (
    *("Nordwind", "Caldera", "Brightwater", "Alpina", "Meridian", "Kestrel"),
    *("Solaris", "Fairholm", "Tessera", "Vantage", "Redwood", "Lumen"),
    *("Granite", "Harbor", "Juniper", "Cobalt", "Ostrava", "Pinnacle"),
)
TRADES = (
    ("Logistics", "H"),
    ("Robotics", "C"),
    ("Foods", "C"),
    ("Energy", "D"),
    ("Software", "J"),
    ("Media", "J"),
    ("Clinics", "Q"),
    ("Textiles", "C"),
    ("Builders", "F"),
    ("Hotels", "I"),
)
# Country, legal form, town, start of phone numbers, share
PLACES = (
    (30, ("us", "Inc.", "Denver", "+1 303-555-01")),
    (25, ("de", "GmbH", "Kassel", "+49 30 231250")),
    (12, ("fr", "S.A.", "Lyon", "+33 1 99 00 12 ")),
    (10, ("uk", "Ltd", "Leeds", "+44 113 496 00")),
    (8, ("es", "S.L.", "Valencia", "+34 960 00 01 ")),
    (6, ("it", "S.r.l.", "Torino", "+39 011 0000 1")),
    (5, ("nl", "B.V.", "Utrecht", "+31 20 790 01 ")),
    (4, ("pl", "Sp. z o.o.", "Gdynia", "+48 58 000 01 ")),
)
FIRST = (
    *("Ada", "Bruno", "Carla", "David", "Elena", "Frank", "Grace", "Hugo", "Ines"),
    *("Jonas", "Karin", "Liam", "Marta", "Noah", "Olga", "Paul", "Rosa", "Simon"),
)
LAST = (
    *("Anders", "Bauer", "Carter", "Dumont", "Evans", "Fischer", "Garcia", "Hansen"),
    *("Ivers", "Jansen", "Keller", "Lopez", "Moreau", "Novak", "Olsen", "Peters"),
    *("Quinn", "Rossi", "Schmidt", "Turner", "Vogel", "Weber"),
)
ROLES = ("Buyer", "CEO", "Head of Operations", "IT Manager", "Office Manager")
# Where leads come from: how many of them, and how good they are
SOURCES = (
    (34, ("web_site", 0.22)),
    (18, ("campaign", 0.14)),
    (14, ("call", 0.30)),
    (12, ("partner", 0.38)),
    (10, ("email", 0.20)),
    (7, ("existing_customer", 0.45)),
    (5, ("public_relations", 0.12)),
)
WISHES = (
    "Asked what 20 desks cost.",
    "Wants to compare offers until the end of the quarter.",
    "Moves to a new office and needs furniture.",
    "Replaces a system that is ten years old.",
    "Heard of us from a colleague.",
)


def invent(year):
    """Return the values of a lead that nobody has seen before."""
    pick = year.random.choice
    source, _quality = year.choose(SOURCES)
    code, form, city, phone = year.choose(PLACES)
    trade, industry = pick(TRADES)
    company = f"{pick(NAMES)} {trade}"
    first, last = pick(FIRST), pick(LAST)
    domain = f"{company.lower().replace(' ', '-')}.example.com"
    size = year.choose([(50, 40), (30, 250), (15, 1500), (5, 9000)])
    return {
        "type": "lead",
        "contact_first_name": first,
        "contact_last_name": last,
        "function": pick(ROLES),
        "partner_name": f"{company} {form}",
        "email_from": f"{first}.{last}@{domain}".lower(),
        "phone": f"{phone}{year.random.randint(10, 99)}",
        "website": f"https://{domain}",
        "city": city,
        "country_id": year.env.ref(f"base.{code}").id,
        "industry_id": year.env.ref(f"base.res_partner_industry_{industry}").id,
        "source_id": year.env.ref(f"lead_management.utm_source_{source}").id,
        "employee_count": size + year.random.randrange(size),
        "expected_revenue": 500 * year.random.randint(4, 12) * (1 + size // 1000),
        "description": f"<p>{pick(WISHES)}</p>",
    }
