"""A year of leads: at its end, what people did lately is counted."""


def live(year):
    year.last.append(_count)


def _count(year):
    leads = year.env["crm.lead"]
    changes = leads._find_engagement_changes(leads._get_engaging_domain())
    leads._write_engagement(changes)
