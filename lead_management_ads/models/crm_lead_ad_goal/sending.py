import requests

from odoo import models

from ...tools import ad_platform

BATCH = 100
# The same as for the leads that LinkedIn sends
VERSION_PARAMETER = "lead_management.linkedin_version"


class CrmLeadAdGoal(models.Model):
    """Sending conversions to the API of the platform.

    Each has its number as id of the event: if the server stops before it is noted that
    the platform has them, they are sent again, and the platform knows them.
    """

    _inherit = "crm.lead.ad.goal"

    def action_send(self):
        """Send what isn't handed out, now."""
        self.ensure_one()
        self.check_access("write")
        self._collect()
        self._send_ready()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _send_ready(self):
        """Send conversions that are ready, as far as their time has come."""
        self.ensure_one()
        goal = self.sudo()
        if not goal.api_token or not goal.takes_token:
            return
        ready = goal._take_ready().filtered("is_due")
        for start in range(0, len(ready), BATCH):
            part = ready[start : start + BATCH]
            try:
                goal._send(part)
            except requests.RequestException as error:
                part.filtered(lambda conversion: conversion.state == "ready")._put_off(
                    type(error).__name__
                )
                return

    def _send(self, conversions):
        """Send some conversions. A platform refuses all for a fault of one: then each
        is sent by itself.

        :raise requests.RequestException: nobody answered, or the server failed
        """
        refusal = ad_platform.send(
            self.platform,
            self.api_target,
            self.api_token,
            conversions._get_rows(),
            self.env["ir.config_parameter"].sudo().get_param(VERSION_PARAMETER, ""),
        )
        if not refusal:
            conversions._set_done()
        elif len(conversions) == 1:
            conversions.write({"state": "failed", "reason": refusal})
        else:
            for conversion in conversions:
                self._send(conversion)
