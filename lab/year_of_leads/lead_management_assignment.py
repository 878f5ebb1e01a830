"""A year of leads: the rules give some of them out, others wait in queues."""

from datetime import timedelta

from odoo.exceptions import UserError

QUEUES = ("crm_lead_queue_demo_web", "crm_lead_queue_demo_key")
REASONS = ("Speaks only French", "Needs somebody nearby", "Too large for me")


def live(year):
    year.ways_in += [(3, _by_rules), (3, _wait)]


def _by_rules(year, values):
    leads = year.env["crm.lead"].with_context(lead_assign_by_rules=True)
    return leads.create({**values, "user_id": False})


def _wait(year, values):
    """A lead waits in a queue until somebody claims it; few are given back."""
    [web, key] = (year.env.ref(f"lead_management_assignment.{name}") for name in QUEUES)
    queue = key if values["employee_count"] > 1000 else web
    lead = year.env["crm.lead"].create(
        {**values, "user_id": False, "queue_id": queue.id}
    )
    minutes = year.random.lognormvariate(5.5, 1.2)
    year.plan(year.moment + timedelta(minutes=minutes), claim, lead)


def claim(year, lead):
    if lead.user_id or not lead.queue_id or not lead.active:
        return
    user = year.random.choice(lead.queue_id.user_ids)
    if user.login not in year.people:
        user = year.people["demo"]
    try:
        lead.with_user(user).action_claim()
    except UserError:  # enough for today
        year.plan(year.later(1, 2), claim, lead)
        return
    if year.happens(0.08):
        year.plan(year.moment + timedelta(minutes=50), _give_back, lead)
    else:
        year.begin_work(lead)


def _give_back(year, lead):
    if lead.user_id and lead.active and lead.type == "lead":
        queue = year.env.ref("lead_management_assignment.crm_lead_queue_demo_web")
        dialogs = year.env["crm.lead.queue.return"].with_user(lead.user_id)
        dialogs.create(
            {
                "lead_ids": lead.ids,
                "queue_id": queue.id,
                "reason": year.random.choice(REASONS),
            }
        ).action_apply()
        year.plan(year.later(1, 4), claim, lead)
