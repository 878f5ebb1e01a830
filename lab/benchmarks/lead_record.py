"""The lead record: making, opening and listing leads."""

import random

from odoo.tools.safe_eval import safe_eval

from .benchmark import Comparison
from .client import View
from .company_names import company_name
from .people import person
from .side import IMPORTER, SALESMAN, rpc

BATCH = 1_000
NEW = 10_000_000  # numbers from here on are of companies that were not seeded
COUNT_LIMIT = 10_001  # the web client counts no further
LEADS_ACTION = "crm.crm_lead_all_leads"
LEADS_LIST = "crm.crm_case_tree_view_leads"
# Native ones, so that both sides have them under the same ids.
SOURCES = ["LinkedIn", "Newsletter", "Facebook", "Search engine"]


class CreateBatch(Comparison):
    """`create` with the values of 1,000 leads in one call, as other software makes it.
    Every lead gets its first chatter message; the caller owns them, as nearly all of
    native's time would go into telling other owners by e-mail."""

    name = "create"
    title = f"Create {BATCH:,} leads in one call"
    max_ratio = 0.5
    login = IMPORTER
    repetitions = 9
    warmups = 1
    count = BATCH
    context = {}

    def prepare(self, env, side):
        rng = random.Random("new leads")
        countries = env["res.country"].search([])
        country_ids = {country.code: country.id for country in countries}
        source_ids = env["utm.source"].search([("name", "in", SOURCES)]).ids
        owner_ids = self.owner_ids(env)
        vals_list = []
        for number in range(NEW, NEW + self.count):
            company = company_name(number)
            who = person(rng, company)
            vals_list.append(
                {
                    "name": f"{company.name}: quote",
                    "partner_name": company.name,
                    "contact_name": who.name,
                    "function": who.job,
                    "email_from": who.email,
                    "phone": who.phone,
                    "city": who.city,
                    "country_id": country_ids[company.country],
                    "source_id": rng.choice(source_ids),
                    "user_id": rng.choice(owner_ids),
                    "expected_revenue": rng.randrange(500, 90_000, 100),
                }
            )
        return vals_list

    def owner_ids(self, env) -> list[int]:
        return [env.uid]

    def work(self, env, prepared, index):
        vals_list = [dict(vals) for vals in prepared]
        context = {"default_type": "lead", **self.context}
        rpc(env, "crm.lead", "create", vals_list, context=context)


class ImportBatch(CreateBatch):
    """The same 1,000 leads with the context of the import page, for many owners. That
    keeps no history of them, so native is faster and whatever the addon does weighs
    more."""

    name = "import"
    title = f"Import {BATCH:,} leads"
    max_ratio = 0.6
    context = {"import_file": True, "tracking_disable": True}

    def owner_ids(self, env):
        return env["crm.team.member"].sudo().search([]).user_id.ids


class OpenForm(Comparison):
    """Opening a lead: `web_read` with all that each side's form shows, every time a
    different lead of the salesman's. Only the native fields are filled in."""

    name = "form"
    title = "Read a lead form"
    max_ratio = 1.15
    max_extra_queries = 3
    login = SALESMAN
    repetitions = 60
    warmups = 5

    def prepare(self, env, side):
        domain = [("type", "=", "lead"), ("user_id", "=", env.uid)]
        ids = env["crm.lead"].search(domain, order="id").ids
        random.Random("forms").shuffle(ids)
        form = View(env, "crm.lead", "form")
        return ids, form.specification(), _leads_action(env)["context"]

    def work(self, env, prepared, index):
        ids, specification, context = prepared
        lead_id = ids[index % len(ids)]
        rpc(
            *(env, "crm.lead", "web_read", [lead_id]),
            specification=specification,
            context=context,
        )


class OpenList(Comparison):
    """Opening the Leads menu: `web_search_read` of its first page with the columns and
    in the order of each side's list. The count at its foot is part of it."""

    name = "list"
    title = "List 80 leads"
    max_ratio = 0.45
    login = SALESMAN
    repetitions = 40
    warmups = 5

    def prepare(self, env, side):
        view = View(env, "crm.lead", "list", env.ref(LEADS_LIST).id)
        asked = {
            "specification": view.specification(),
            "order": view.order(),
            "limit": view.limit(),
            "count_limit": COUNT_LIMIT,
        }
        return asked, _leads_action(env)

    def work(self, env, prepared, index):
        asked, action = prepared
        rpc(
            *(env, "crm.lead", "web_search_read", action["domain"]),
            **asked,
            context=action["context"],
        )


def _leads_action(env) -> dict:
    """Return the domain and the context of native's Leads menu."""
    action = env.ref(LEADS_ACTION).sudo()
    context = safe_eval(action.context or "{}", {"uid": env.uid})
    return {
        "domain": safe_eval(action.domain or "[]"),
        "context": {
            key: value
            for key, value in context.items()
            if not key.startswith("search_default_")
        },
    }
