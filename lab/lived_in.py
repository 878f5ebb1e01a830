"""Databases as customers have them: not new, not English, not only CRM.

The addon comes into most of them late: there are leads, accounts, teams and aliases,
other apps, people of several languages, and a second company.
"""

from tooling import addon, templates
from tooling.settings import ADDON, REPO, TOOLING, companions

# The scripts that live in them
LIVE_IN = REPO / "lab" / "bin" / "live_in.py"
NO_ENGLISH = REPO / "lab" / "bin" / "no_english.py"
# An addon of somebody else, for tests only, and the folder it is in
NEIGHBOUR = "lead_neighbour"
NEIGHBOURS = TOOLING / "tests" / "addons"

# What people have installed beside CRM; what installs itself with these comes along,
# as `sale_crm` does with `sale`.
APPS = (
    "account",
    "base_automation",
    "base_vat",
    "calendar",
    "contacts",
    "crm_iap_enrich",
    "crm_iap_mine",
    "crm_livechat",
    "crm_sms",
    "event_crm",
    "google_recaptcha",
    "hr",
    "hr_holidays",
    "mass_mailing_crm",
    "partner_autocomplete",
    "privacy_lookup",
    "project",
    "sale_crm",
    "sale_management",
    "stock",
    "survey",
    "website_crm",
    "website_crm_partner_assign",
)


def template(odoo) -> str:
    """Return a database with demo data, many apps, German and French users and a second
    company, to be copied. Our addons are not in it."""
    return templates.of_odoo(odoo, needed(), demo=True, script=LIVE_IN)


def with_addons(odoo) -> str:
    """Return such a database in which our addons were installed with demo data, as a
    customer does, to be copied."""
    names = [ADDON, *companions()]
    return templates.with_addons(odoo, template(odoo), names, demo=True)


def needed() -> list[str]:
    """Return the modules of Odoo in it: the apps, and what our addons stand on."""
    return sorted({*APPS, *addon.needed([ADDON, *companions()])})


def template_without_english(odoo) -> str:
    """Return a database in which only German is active, with nothing but what our
    addons stand on, to be copied."""
    needed = addon.needed(addon.house())
    return templates.of_odoo(odoo, needed, demo=False, script=NO_ENGLISH)
