"""A year of leads: some people come in twice, and their leads are merged."""

from odoo.fields import Domain


def live(year):
    for day in year.working_days():
        if year.happens(0.04):
            year.plan(year.in_office(day), _come_again)


def _come_again(year):
    """Somebody whose lead is worked on is typed in once more, by the same salesperson
    months later; most of these leads are merged within days."""
    leads = year.env["crm.lead"]
    open_leads = Domain("type", "=", "lead") & Domain(
        "status_id.category", "=", "in_process"
    )
    known = leads.search(
        open_leads & Domain("user_id", "in", [user.id for user in year.people.values()])
    )
    if not known:
        return
    lead = year.random.choice(known)
    twin = leads.with_user(lead.user_id).create(
        {
            "type": "lead",
            "contact_name": lead.contact_name,
            "partner_name": lead.partner_name,
            "email_from": lead.email_from,
            "source_id": year.env.ref("lead_management.utm_source_call").id,
            "user_id": lead.user_id.id,
        }
    )
    year.plan(year.later(1, 3), _merge, lead, twin)


def _merge(year, lead, twin):
    both = (lead + twin).exists()
    if (
        len(both) == 2
        and all(both.mapped("active"))
        and set(both.mapped("type")) == {"lead"}
    ):
        both.with_user(lead.user_id).merge_opportunity()
