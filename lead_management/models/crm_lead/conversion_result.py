from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmLead(models.Model):
    """What leads were converted to, and the way back."""

    _inherit = "crm.lead"

    conversion_ids = fields.One2many("crm.lead.conversion", "lead_id", "Conversions")
    conversion_id = fields.Many2one(
        "crm.lead.conversion",
        compute="_compute_conversion_id",
        help="How the lead was converted, or which lead was converted into this"
        " opportunity",
    )
    conversion_user_id = fields.Many2one(
        "res.users", "Converted By User", compute="_compute_conversion_id"
    )
    conversion_user_name = fields.Char("Converted By", compute="_compute_conversion_id")
    conversion_date = fields.Datetime("Converted On", compute="_compute_conversion_id")
    conversion_account_id = fields.Many2one(
        "res.partner", "Converted Account", compute="_compute_conversion_id"
    )
    conversion_contact_id = fields.Many2one(
        "res.partner", "Converted Contact", compute="_compute_conversion_id"
    )
    can_undo_conversion = fields.Boolean(compute="_compute_conversion_id")

    def _compute_conversion_id(self):
        last = self._get_last_conversions()
        for lead in self:
            conversion = last.get(
                lead._origin.id, self.env["crm.lead.conversion"].browse()
            )
            lead.conversion_id = conversion
            lead.conversion_user_id = conversion.user_id
            lead.conversion_user_name = conversion.user_name
            lead.conversion_date = conversion.date
            lead.conversion_account_id = conversion.account_id
            lead.conversion_contact_id = conversion.contact_id
            lead.can_undo_conversion = bool(conversion) and conversion.can_undo

    @api.depends("conversion_ids.undone_date")
    def _compute_won_status(self):
        result = super()._compute_won_status()
        # Native calls what is archived and has no probability lost.
        lost = self.filtered(lambda lead: lead.won_status == "lost")
        lost._filtered_closed_by_conversion().won_status = "pending"
        return result

    def _filtered_closed_by_conversion(self):
        """Return the leads that have become another record, and are nothing to work on
        until that is undone."""
        leads = self.sudo().filtered(
            lambda lead: lead.type == "lead" and lead.date_conversion
        )
        return self & leads._get_open_conversions().lead_id

    def _get_open_conversions(self):
        """Return the leads' own conversions that are not undone, in sudo."""
        return (
            self.env["crm.lead.conversion"]
            .sudo()
            .search([("lead_id", "in", self.ids), ("undone_date", "=", False)])
        )

    def _get_last_conversions(self):
        """Return the last conversion, of those not undone, by the id of its lead, and
        of its opportunity where that is one which has no conversion of its own."""
        # Converting dates a lead, so that an open one needs no search.
        opportunities = self.filtered(lambda lead: lead.type == "opportunity")
        if not (converted := self.filtered("date_conversion") | opportunities):
            return {}
        conversions = self.env["crm.lead.conversion"].search(
            [
                ("undone_date", "=", False),
                "|",
                ("lead_id", "in", converted.ids),
                ("opportunity_id", "in", opportunities.ids),
            ],
            order="id",
        )
        asked = set(opportunities.ids)
        into = {
            conversion.opportunity_id.id: conversion
            for conversion in conversions
            if conversion.opportunity_id.id in asked
        }
        return into | {conversion.lead_id.id: conversion for conversion in conversions}

    def action_open_conversion_result(self):
        """Return the action that opens what the lead was converted to."""
        conversion = self.conversion_id
        return conversion.action_open_result() if conversion else False

    def action_undo_conversion(self):
        """Undo the conversion; see `crm.lead.conversion.action_undo`.

        :raise UserError: a lead is not converted, or its conversion can't be undone
        """
        self._check_converted()
        return self.conversion_id.action_undo()

    def action_review_undo(self):
        """Open the dialog that says what undoing the conversion does, and does it.

        :raise UserError: a lead is not converted
        """
        self._check_converted()
        return self.conversion_id.action_review_undo()

    def _check_converted(self):
        """Refuse leads that have no conversion to undo; none at all, too."""
        for lead in self:
            if not lead.conversion_id:
                raise UserError(
                    self.env._(
                        "“%(lead)s” is not converted, so there is nothing to undo."
                        " Reload the page: somebody may have undone it already.",
                        lead=lead.display_name,
                    )
                )
