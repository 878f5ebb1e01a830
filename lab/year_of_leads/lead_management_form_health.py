"""A year of leads: how many saw the web forms, and where they left them."""

from datetime import timedelta

FORMS = {"crm_lead_capture_form_contact": 40, "crm_lead_capture_form_quote": 14}
QUESTIONS = ("phone", "employees", "message")
DAYS = 90


def live(year):
    year.last.append(_count)


def _count(year):
    visits = year.env["crm.lead.capture.visit"]
    for name, usual in FORMS.items():
        form = year.env.ref(f"lead_management_capture.{name}")
        form.count_visitors = True
        known = set(visits.search([("form_id", "=", form.id)]).mapped("date"))
        rows = []
        for number in range(1, DAYS):
            day = year.end.date() - timedelta(number)
            if day in known:
                continue
            opened = int(year.random.gauss(usual, usual / 6))
            opened //= 3 if day.weekday() > 4 else 1
            started = int(opened * year.random.uniform(0.35, 0.5))
            of_day = {"form_id": form.id, "date": day}
            rows.append({**of_day, "opened_count": opened, "started_count": started})
            lefts = [year.random.randint(0, started // 6) for _each in QUESTIONS]
            rows += [
                {**of_day, "name": question, "left_count": left}
                for question, left in zip(QUESTIONS, lefts, strict=True)
                if left
            ]
        visits.create(rows)
