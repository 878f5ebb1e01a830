from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools.sql import escape_psql

from odoo.addons.lead_management.tools import account_key

DEFAULT_DAYS = 60
PURGED_AT_ONCE = 10_000


class CrmLeadFeedItem(models.Model):
    """A headline or a post, as plain text, with who has read it."""

    _name = "crm.lead.feed.item"
    _description = "Headline"
    _inherit = ["lead.guard.mixin"]
    _order = "published desc, id desc"

    feed_id = fields.Many2one(
        "crm.lead.feed", required=True, readonly=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(related="feed_id.kind")
    guid = fields.Char("ID in the Feed", required=True, readonly=True)
    name = fields.Char("Headline", required=True, readonly=True)
    url = fields.Char("Address", readonly=True)
    summary = fields.Char(readonly=True)
    published = fields.Datetime(required=True, readonly=True, index=True)
    # The words of headline and summary, each between spaces, for the search by name.
    text_key = fields.Char(compute="_compute_text_key", store=True)
    read_user_ids = fields.Many2many(
        "res.users", "crm_lead_feed_item_read_rel", string="Read By", readonly=True
    )
    is_read = fields.Boolean(
        "Read", compute="_compute_is_read", search="_search_is_read"
    )

    _guid_unique = models.UniqueIndex("(feed_id, guid)")

    @api.depends("name", "summary")
    def _compute_text_key(self):
        for item in self:
            words = account_key.fold(f"{item.name or ''} {item.summary or ''}")
            item.text_key = f" {words} "

    @api.depends("read_user_ids")
    @api.depends_context("uid")
    def _compute_is_read(self):
        for item in self:
            item.is_read = self.env.user in item.sudo().read_user_ids

    def _search_is_read(self, operator, value):
        if operator != "in":
            return NotImplemented
        read = Domain("read_user_ids", "in", self.env.uid)
        domains = [read if flag else ~read for flag in value]
        return Domain.OR(domains)

    def mark_as_read(self):
        """Note that the user has read the headlines. Return True."""
        self.check_access("read")
        self.sudo().read_user_ids = [Command.link(self.env.uid)]
        return True

    def _get_oldest(self):
        """Return since when headlines are kept."""
        days = self.env["ir.config_parameter"]._get_lead_number(
            "lead_management.feed_days", DEFAULT_DAYS
        )
        return fields.Datetime.now() - timedelta(days=days)

    def _get_news(self, industry, company_name, limit):
        """Return the headlines for a company: those that name it, then its industry's.

        A headline names the company when the key of the company's name stands in it,
        word for word; keys of less than three letters name nothing.

        :return: `(items that name it, other items)`, newest first
        """
        news = Domain("feed_id.kind", "=", "news") & Domain("feed_id.active", "=", True)
        key = account_key.company_key(company_name)
        naming = self.browse()
        if len(key) >= 3:
            named = Domain("text_key", "=like", f"% {escape_psql(key)} %")
            naming = self.search(news & named, limit=limit)
        others = self.browse()
        if industry and len(naming) < limit:
            others = self.search(
                news
                & Domain("feed_id.industry_ids", "in", industry.ids)
                & Domain("id", "not in", naming.ids),
                limit=limit - len(naming),
            )
        return naming, others

    @api.autovacuum
    def _gc_items(self):
        """Delete what is older than headlines are kept."""
        items = self.search(
            [("published", "<", self._get_oldest())],
            order="published",
            limit=PURGED_AT_ONCE,
        )
        items.unlink()
        return len(items), len(items) == PURGED_AT_ONCE
