from odoo import api, fields, models

HEADLINES = 20
POSTS = 10


class CrmLead(models.Model):
    """What is new about a lead: headlines of its industry, posts of its profiles.

    Both are read when their page of the form is opened, never with the form.
    """

    _inherit = "crm.lead"

    @api.readonly
    def get_news(self):
        """Return the headlines for this lead.

        :return: `{"state", "industry", "items": [{"id", "title", "summary", "url",
            "source", "published", "is_read", "names_company"}]}`, those that name the
            lead's company first, then newest first. `state` says why there are none:
            `industry` (the lead has none), `feeds` (nobody set up a feed), `nothing`
            (no headline), or is `ok`. `off` says in words why there are no new ones,
            and is empty otherwise.
        """
        self.ensure_one()
        naming, others = self.env["crm.lead.feed.item"]._get_news(
            self.industry_id, self.partner_name, HEADLINES
        )
        if naming or others:
            state = "ok"
        elif not self.env["crm.lead.feed"].search_count(
            [("kind", "=", "news")], limit=1
        ):
            state = "feeds"
        else:
            state = "nothing" if self.industry_id else "industry"
        return {
            "state": state,
            "off": self.env["crm.lead.feed"]._get_off_reason(),
            "industry": self.industry_id.display_name or "",
            "can_manage": self.env["crm.lead.feed"].has_access("write"),
            "items": [
                {**self._get_item_values(item), "names_company": item in naming}
                for item in naming + others
            ],
        }

    @api.readonly
    def get_posts(self):
        """Return the posts that are kept of this lead's profiles, fetching nothing.

        :return: `{"is_due", "profiles": [{"name", "url", "error", "posts": [{"id",
            "title", "summary", "url", "published", …}]}]}`; `is_due` says that
            `fetch_posts` may find newer ones
        """
        self.ensure_one()
        self.check_access("read")
        feeds, missing = self._find_profiles()
        return {
            "is_due": bool(missing or feeds._get_due()),
            "profiles": [
                {
                    "name": feed.name,
                    "url": feed.url,
                    "error": feed._get_problem(),
                    "posts": [
                        self._get_item_values(item) for item in feed.item_ids[:POSTS]
                    ],
                }
                for feed in feeds
            ],
        }

    def fetch_posts(self):
        """Fetch the posts of this lead's profiles that are due.

        :return: as `get_posts`
        """
        self.ensure_one()
        self.check_access("read")
        feeds, missing = self._find_profiles()
        feeds += feeds.create(missing)
        feeds._get_due()._fetch()
        return {**self.get_posts(), "is_due": False}

    def _find_profiles(self):
        """Return the feeds of this lead's profiles, and the values of missing ones.

        Profiles belong to the leads that have them: who reads the lead reads them.
        """
        feeds = self.env["crm.lead.feed"].sudo()
        return feeds._find_profiles(self.twitter, self.social_url)

    def _get_item_values(self, item):
        return {
            "id": item.id,
            "title": item.name,
            "summary": item.summary or "",
            "url": item.url or "",
            "source": item.feed_id.name,
            "published": fields.Datetime.to_string(item.published),
            "is_read": item.is_read,
        }
