"""A year of leads: some are followed up by a plan, step by step, until they answer."""

from datetime import datetime, time

from odoo.fields import Domain

PLAN = "lead_management_plan.mail_activity_plan_follow_up"
MORNING, EVENING = time(8), time(17)


def live(year):
    year.ways_to_answer.append((3, _start))
    for day in year.working_days():
        year.plan(datetime.combine(day, MORNING), _take)
        year.plan(datetime.combine(day, EVENING), _work)


def _start(year, lead):
    lead._start_plan(year.env.ref(PLAN))


def _find_running(year):
    runs = year.env["crm.lead.plan.run"].sudo()
    return runs.search([("state", "=", "running")])


def _take(year):
    """Take the steps that are due, as the scheduled action does."""
    due = Domain("next_date", "<=", year.moment)
    year.env["crm.lead.plan.run"].sudo().search(due)._take_steps()


def _work(year):
    """Do most of what the plans say is due today."""
    for run in _find_running(year):
        activity = run.step_id.activity_id
        owner = run.lead_id.user_id
        is_due = activity and activity.date_deadline <= year.moment.date()
        if is_due and owner and year.happens(0.7):
            activity.with_user(owner).action_feedback()
