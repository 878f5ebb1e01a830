import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import ad_file

KEPT_DAYS = 30


class CrmLeadAdGoal(models.Model):
    """Handing out conversions in a file."""

    _inherit = "crm.lead.ad.goal"

    def action_download(self):
        """Return the download of all that isn't handed out, which then is.

        :raise UserError: there is nothing to hand out
        """
        self.ensure_one()
        self.check_access("write")
        self._collect()
        conversions = self._take_ready()
        if not conversions:
            raise UserError(
                self.env._(
                    "There is nothing to report for “%(goal)s”: no further lead"
                    " that came by %(platform)s and has agreed to “%(purpose)s” has got"
                    " one of its statuses.",
                    goal=self.name,
                    platform=dict(
                        self._fields["platform"]._description_selection(self.env)
                    )[self.platform],
                    purpose=self.purpose_id.name,
                )
            )
        file = self.env["ir.attachment"].create(
            {
                "name": f"{self.platform}-{fields.Date.today()}.csv",
                "raw": ad_file.write(self.platform, conversions._get_rows()).encode(),
                "mimetype": "text/csv",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        conversions._set_done()
        self.message_post(
            body=self.env._(
                "Conversions reported in a file: %(count)s.", count=len(conversions)
            ),
            attachment_ids=file.ids,
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{file.id}?download=true",
            "target": "new",  # unlike “download”, the page is read anew
        }

    def _take_ready(self):
        """Return the conversions to hand out whose people agree still, in sudo and
        locked; those of the others are put away until they agree again."""
        conversions = (
            self.env["crm.lead.ad.conversion"]
            .sudo()
            .search(
                [("goal_id", "=", self.id), ("state", "in", ("ready", "withdrawn"))],
                order="id",
            )
            .try_lock_for_update()
        )
        emails = {
            conversion: conversion.lead_id.email_normalized
            for conversion in conversions
        }
        agreed = self.env["crm.lead.consent.state"]._get_agreed_emails(
            self.purpose_id, set(filter(None, emails.values()))
        )
        kept = conversions.filtered(lambda conversion: emails[conversion] in agreed)
        (conversions - kept).write({"state": "withdrawn", "reason": False})
        kept.filtered(lambda conversion: conversion.state != "ready").state = "ready"
        return kept

    @api.autovacuum
    def _gc_files(self):
        """Forget files that the platform has long had: they are personal data."""
        before = fields.Datetime.now() - datetime.timedelta(days=KEPT_DAYS)
        self.env["ir.attachment"].sudo().search(
            [
                ("res_model", "=", self._name),
                ("mimetype", "=", "text/csv"),
                ("create_date", "<", before),
            ]
        ).unlink()
