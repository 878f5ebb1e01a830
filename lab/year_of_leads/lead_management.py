"""A year of leads, for `./dev run`: they come in, are worked on, and come to an end."""

from datetime import timedelta

from odoo.fields import Command

from .invented import SOURCES, invent

SELLERS = (
    ("lena", "Lena Hypothetical", "sales_team.team_sales_department"),
    ("tom", "Tom Example", "sales_team.crm_team_1"),
)
QUESTIONS = ("contact", "need", "budget", "authority", "timing")
ANSWERS = (
    "Thank you for your inquiry. When may I call you?",
    "Here is our price list. What would you like to know?",
    "Nice to hear from you. Would Thursday suit you for a call?",
)
REPLIES = (
    "Thank you, that helps. We talk about it next week.",
    "Can you send me an offer for ten?",
    "Please call me on Tuesday morning.",
    "What is the delivery time?",
)
LATER = ("Budget is decided next year", "Has a contract until spring", "On leave")


def live(year):
    """Plan when leads come in: more from month to month, and fewer in summer."""
    _hire(year)
    year.invent = lambda: invent(year)
    year.begin_work = lambda lead: _begin_work(year, lead)
    year.ways_in.append((5, _type_in))
    year.ways_to_answer.append((5, _write))
    days = [*year.working_days()]
    for number, day in enumerate(days):
        expected = 0.55 + 0.75 * number / len(days)
        if day.month in (7, 8, 12):
            expected *= 0.6
        count = int(expected) + year.happens(expected % 1)
        # Today and yesterday, something has come in, whatever the hour.
        for _each in range(count + 2 * (number > len(days) - 3)):
            year.plan(min(year.in_office(day), year.end), _come_in)
    year.last.append(_end)


def _hire(year):
    env = year.env
    users = env["res.users"].create(
        [
            {
                "name": name,
                "login": login,
                "password": login,
                "email": f"{login}@example.com",
                "group_ids": [
                    Command.set(
                        [
                            env.ref("base.group_user").id,
                            env.ref("sales_team.group_sale_salesman").id,
                        ]
                    )
                ],
                "crm_team_member_ids": [
                    Command.create({"crm_team_id": env.ref(team).id})
                ],
            }
            for login, name, team in SELLERS
        ]
    )
    known = ("base.user_demo", "lead_management.user_demo_maya")
    for user in (*users, *map(env.ref, known)):
        year.people[user.login] = user


# ------------------------------------------------------------
# COMING IN
# ------------------------------------------------------------


def _come_in(year):
    values = invent(year)
    for add in year.extras:
        add(year, values)
    lead = year.choose(year.ways_in)(year, values)
    if lead and lead.user_id:
        year.begin_work(lead)


def _type_in(year, values):
    """A salesperson has somebody on the phone, and types the lead in."""
    user = year.random.choice([*year.people.values()])
    leads = year.env["crm.lead"].with_user(user)
    return leads.create({**values, "user_id": user.id})


# ------------------------------------------------------------
# WORK
# ------------------------------------------------------------


def _begin_work(year, lead):
    """Plan what becomes of a lead that has an owner: most are answered soon."""
    known = {
        year.env.ref(f"lead_management.utm_source_{name}"): quality
        for _share, (name, quality) in SOURCES
    }
    minutes = year.random.lognormvariate(4.4, 1.3)
    if not _is_forgotten(year, 0.15, 12):
        moment = year.moment + timedelta(minutes=minutes)
        year.plan(moment, _answer, lead, known.get(lead.source_id, 0.25))


def _is_forgotten(year, share, days):
    """Somebody has noticed in the meantime, unless it was in the last days."""
    return year.happens(share) and year.moment > year.end - timedelta(days)


def _is_worked_on(lead):
    """Somebody else, or a rule, may have been first."""
    return lead.exists() and lead.active and lead.type == "lead" and lead.user_id


def _answer(year, lead, quality):
    if _is_worked_on(lead):
        year.choose(year.ways_to_answer)(year, lead.with_user(lead.user_id))
        if year.happens(0.2 + quality):
            year.plan(year.later(0, 4), _write_back, lead)
        year.plan(year.later(1, 9), _qualify, lead, quality)


def _write(year, lead):
    lead.message_post(
        body=year.random.choice(ANSWERS),
        message_type="comment",
        subtype_xmlid="mail.mt_comment",
    )


def _write_back(year, lead):
    """The person answers by email, as the mail gateway takes it."""
    if not _is_worked_on(lead):
        return
    body = year.random.choice(REPLIES)
    lead.message_update({"email_from": lead.email_from, "body": body})
    lead.message_post(
        body=body,
        message_type="email",
        subtype_xmlid="mail.mt_comment",
        author_id=False,
        email_from=lead.email_from,
    )


def _qualify(year, lead, quality):
    if not _is_worked_on(lead):
        return
    lead.activity_ids.with_user(lead.user_id).action_feedback()
    chance = min(quality * 2, 0.9)
    answers = {
        f"bant_{name}": year.choose(
            [(chance, "yes"), (0.3, "partly"), (0.6 - chance / 2, "no")]
        )
        for name in QUESTIONS
        if year.happens(0.8)
    }
    stars = min(5, max(1, round(year.random.gauss(1.5 + 4 * quality, 1))))
    values = {**answers, "stars": str(stars)}
    if not lead.expected_revenue:
        values["expected_revenue"] = 500 * year.random.randint(4, 24)
    lead.with_user(lead.user_id).write(values)
    outcome = year.choose(
        [(quality, _convert), (0.08, _lay_aside), (0.85 - quality, _give_up)]
    )
    if not _is_forgotten(year, 0.3, 60):
        year.plan(year.later(3, 35), outcome, lead)


def _give_up(year, lead):
    if _is_worked_on(lead):
        reasons = year.env["crm.lost.reason"].search([])
        reason = year.random.choice(reasons)
        lead.with_user(lead.user_id).action_set_lost(lost_reason_id=reason.id)


def _lay_aside(year, lead):
    if _is_worked_on(lead):
        status = year.env["crm.lead.status"]._get_of_category("recycled")
        lead.with_user(lead.user_id).write(
            {
                "status_id": status.id,
                "recycle_date": year.moment.date()
                + timedelta(year.random.randint(10, 90)),
                "recycle_reason": year.random.choice(LATER),
            }
        )
        year.plan(year.later(95, 130), _give_up, lead)


def _convert(year, lead):
    if not _is_worked_on(lead):
        return
    own = lead.with_user(lead.user_id)
    if own._get_conversion_refusals():
        return
    [result] = own.convert_lead("opportunity")
    if year.happens(0.03):
        conversion = year.env["crm.lead.conversion"].browse(result["conversion_id"])
        conversion.with_user(lead.user_id).action_undo()
        year.plan(year.later(5, 20), _convert, lead)
        return
    deal = year.env["crm.lead"].browse(result["opportunity_id"])
    deal.date_deadline = year.moment.date() + timedelta(year.random.randint(20, 90))
    stages = year.env["crm.stage"].search([("is_won", "=", False)], order="sequence")
    for number, stage in enumerate(stages[1:], 1):
        year.plan(year.later(7 * number, 14 * number), _move, deal, stage)
    year.plan(year.later(25, 80), year.choose([(4, _win), (5, _lose)]), deal)


def _move(year, deal, stage):
    if deal.active and deal.won_status == "pending" and year.happens(0.7):
        deal.with_user(deal.user_id).stage_id = stage


def _win(year, deal):
    if deal.active and deal.won_status == "pending":
        deal.with_user(deal.user_id).action_set_won()


def _lose(year, deal):
    if deal.active and deal.won_status == "pending":
        reason = year.random.choice(year.env["crm.lost.reason"].search([]))
        deal.with_user(deal.user_id).action_set_lost(lost_reason_id=reason.id)


# ------------------------------------------------------------
# TODAY
# ------------------------------------------------------------


def _end(year):
    """Plan what is next with the leads that are open, and look after them as the
    scheduled actions do each night."""
    leads = year.env["crm.lead"].search(
        [
            ("type", "=", "lead"),
            ("user_id", "!=", False),
            ("status_id.category", "=", "in_process"),
            ("activity_ids", "=", False),
        ]
    )
    for lead in leads:
        if year.happens(0.7):
            kind = year.random.choice(("call", "email", "todo"))
            lead.with_user(lead.user_id).activity_schedule(
                f"mail.mail_activity_data_{kind}",
                year.end.date() + timedelta(year.random.randint(-3, 9)),
                user_id=lead.user_id.id,
            )
    for user in (*year.people.values(), year.env.ref("base.user_admin")):
        own = leads.filtered(lambda lead, user=user: lead.user_id == user)
        for lead in own[:6]:
            lead.with_user(user).mark_as_read()
    year.env.company.lead_setup_closed = True
