"""A year of leads: the chat of the shop calls its webhook when it has one."""

import json

QUESTIONS = (
    "We need forty chairs.",
    "When can you deliver ten desks?",
    "Do you rent furniture for fairs?",
    "Who installs it?",
)


def live(year):
    year.ways_in.append((2, _chat))


def _chat(year, values):
    """Somebody leaves name and email in the chat; some leave no email, so that the call
    waits until somebody has looked at it."""
    name = f"{values['contact_first_name']} {values['contact_last_name']}"
    visitor = {"name": name, "mail": values["email_from"]}
    if year.happens(0.06):
        del visitor["mail"]
    answers = {
        "Which company?": values["partner_name"],
        "How can we help": year.random.choice(QUESTIONS),
        "May we use your data to answer?": "Yes",
    }
    answers = [{"question": it, "value": text} for it, text in answers.items()]
    hook = year.env.ref("lead_management_hook.crm_lead_hook_chat").sudo()
    submissions = year.env["crm.lead.capture.submission"].sudo()
    known = submissions.search([], order="id desc", limit=1).id
    year.env["crm.lead.hook.call"]._receive(
        hook,
        json.dumps({"visitor": visitor, "answers": answers}).encode(),
        "application/json",
    )
    submission = submissions.search([("id", ">", known)])
    submission._process()
    lead = submission.lead_id.sudo(False)
    if lead and not lead.user_id:
        lead.user_id = year.random.choice([*year.people.values()])
    return lead
