"""Databases as customers have them: not new, not English, not only CRM.

The addon comes into most of them late: there are leads, accounts, teams and aliases,
other apps, people of several languages, and a second company.
"""

from . import addon, modules
from .settings import ADDON, TOOLING, companions

# The scripts of tooling/bin that live in them
LIVE_IN, NO_ENGLISH = "live_in.py", "no_english.py"
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
    return modules.template(odoo, needed(), demo=True, script=LIVE_IN)


def install(odoo, name: str):
    """Install our addons in a copy of the lived-in database, as a customer does, with
    their demo data."""
    own = [ADDON, *companions()]
    title = "Installing the addons in a lived-in database"
    modules.load(odoo, name, title, install=own, demo=True)


def needed() -> list[str]:
    """Return the modules of Odoo in it: the apps, and what our addons stand on."""
    own = {name for one in (ADDON, *companions()) for name in addon.dependencies(one)}
    return sorted(own.union(APPS))


def template_without_english(odoo) -> str:
    """Return a database in which only German is active, with nothing but what the addon
    stands on, to be copied."""
    needed = addon.dependencies()
    return modules.template(odoo, needed, demo=False, script=NO_ENGLISH)
