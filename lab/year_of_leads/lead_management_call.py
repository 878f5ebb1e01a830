"""A year of leads: most of them are called, some several times."""

OUTCOMES = (
    (45, "reached"),
    (28, "not_reached"),
    (14, "voicemail"),
    (9, "call_back"),
    (3, "wrong_number"),
)
NOTES = (
    "Knows us from a colleague.",
    "Decides together with purchasing.",
    "Wants a price for 20 seats.",
    "Compares us with two others.",
    "Asks for a reference in the same trade.",
)


def live(year):
    year.ways_to_answer.append((8, _call))


def _call(year, lead):
    if not lead.exists() or not lead.active or lead.type != "lead":
        return
    outcome = year.choose(OUTCOMES)
    is_reached = outcome in ("reached", "call_back")
    dialog = lead.env["crm.lead.call.log"].create(
        {
            "lead_id": lead.id,
            "outcome_id": year.env.ref(
                f"lead_management_call.crm_lead_call_outcome_{outcome}"
            ).id,
            "note": is_reached and year.random.choice(NOTES),
        }
    )
    dialog._log()
    if not is_reached and year.happens(0.7):
        year.plan(year.later(1, 3), _call, lead)
