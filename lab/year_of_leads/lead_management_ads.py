"""A year of leads: some visitors have clicked an ad, and the platform is told which of
them became good leads."""

GOAL = "lead_management_ads.crm_lead_ad_goal_qualified"
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def live(year):
    year.env.ref(GOAL).date_from = year.begin.date()
    year.visits.append(_click)
    days = [*year.working_days()]
    for day in days[4::5]:
        year.plan(year.in_office(day), _collect)
    for day in days[20::21]:
        year.plan(year.in_office(day), _hand_out)


def _click(year, inputs):
    """Who comes by an ad brings the number that the platform has given the click."""
    if year.happens(0.6):
        number = "".join(year.random.choices(LETTERS, k=24))
        inputs["last_gclid"] = f"Cj0KCQ-{number}"


def _get_goal(year):
    return year.env.ref(GOAL).with_user(year.env.ref("base.user_admin"))


def _collect(year):
    _get_goal(year).action_collect()


def _hand_out(year):
    goal = _get_goal(year)
    goal.action_collect()
    if goal.ready_count:
        goal.action_download()
