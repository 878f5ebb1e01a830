"""A year of leads: campaigns bring some, and people are invited to them."""

from datetime import timedelta

# What they are called, how many days ago they began, and what they cost
CAMPAIGNS = (
    ("Spring mailing", 300, 2400),
    ("Trade fair Frankfurt", 210, 9000),
    ("Ads: standing desks", 120, 5200),
    ("Webinar: healthy offices", 45, 1800),
)


def live(year):
    campaigns = year.env["utm.campaign"].create(
        [
            {
                "title": title,
                "user_id": year.env.ref("base.user_admin").id,
                "lead_cost": cost,
                "create_date": year.end - timedelta(days),
            }
            for title, days, cost in CAMPAIGNS
        ]
    )
    began = {
        campaign: year.end - timedelta(days)
        for campaign, (_title, days, _cost) in zip(campaigns, CAMPAIGNS, strict=True)
    }
    source = year.env.ref("lead_management.utm_source_campaign")

    def bring(year, values):
        running = [one for one, moment in began.items() if moment <= year.moment]
        if values["source_id"] == source.id and running:
            # The newest one brings most.
            values["campaign_id"] = running[-1 if year.happens(0.7) else 0].id

    year.extras.append(bring)
    for campaign, moment in began.items():
        year.plan(moment, _invite, campaign)


def _invite(year, campaign):
    """Invite some of those that nothing came of."""
    leads = year.env["crm.lead"].with_context(active_test=False)
    dead = leads.search([("type", "=", "lead"), ("active", "=", False)], limit=40)
    dead.filtered(lambda lead: year.happens(0.5))._add_to_campaign(campaign)
