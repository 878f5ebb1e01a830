"""A year of leads: who ticked a box is asked by email; most confirm, and some withdraw
later."""

from datetime import timedelta


def live(year):
    for day in year.working_days():
        year.plan(year.in_office(day), _ask)


def _ask(year):
    """Send the emails that are due, and plan what becomes of them."""
    states = year.env["crm.lead.consent.state"].sudo()
    due = states.search([("ask_due", "=", True)])
    due._ask(year.moment)
    for state in due.filtered("asked_key"):
        if year.happens(0.7):
            minutes = year.random.lognormvariate(3.5, 1.5)
            year.plan(year.moment + timedelta(minutes=minutes), _confirm, state)


def _confirm(year, state):
    if state._is_link_open(year.moment):
        state._confirm(how="link")
        if year.happens(0.12):
            year.plan(year.later(10, 150), _withdraw, state)


def _withdraw(year, state):
    if state.state == "confirmed":
        state._withdraw(how="link")
