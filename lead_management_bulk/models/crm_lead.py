from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CrmLead(models.Model):
    """The way from the Actions menu to the dialog of a bulk operation."""

    _inherit = "crm.lead"

    def _get_lead_action_ranks(self):
        return {
            **super()._get_lead_action_ranks(),
            "lead_management_bulk.crm_lead_action_bulk_update": 100,
            "lead_management_bulk.crm_lead_action_bulk_owner": 101,
            "lead_management_bulk.crm_lead_action_bulk_status": 200,
            "lead_management_bulk.crm_lead_action_bulk_delete": 500,
        }

    def _open_bulk_dialog(self, operation):
        """Return the dialog for the selected leads, given in the context.

        The web client sends the ids of the ticked leads, and of no more than
        `web.active_ids_limit` when all of a list are selected. Then what counts is the
        list's domain, sent along.
        """
        context = self.env.context
        ids = context.get("active_ids") or []
        if not ids:
            raise UserError(self.env._("Select leads in the list first."))
        dialog = self.env["crm.lead.bulk"].create(
            {
                "operation": operation,
                "selection": list(self._get_selection_domain(ids)),
            }
        )
        labels = dict(dialog._fields["operation"]._description_selection(self.env))
        return dialog._get_records_action(
            name=labels[operation],
            target="new",
            # Or the client would send all the ids again with every request.
            context={"active_ids": [], "active_id": False, "active_domain": []},
        )

    def _get_selection_domain(self, ids):
        parameters = self.env["ir.config_parameter"]
        limit = parameters._get_lead_number("web.active_ids_limit", 20_000)
        if len(ids) < limit or "active_domain" not in self.env.context:
            return Domain("id", "in", ids)
        domain = self._read_selection(self.env.context["active_domain"])
        names = {condition.field_expr for condition in domain.iter_conditions()}
        if self.env.context.get("active_test", True) and "active" not in names:
            domain &= Domain("active", "=", True)
        return domain

    def _read_selection(self, domain):
        """Return the `Domain` of leads that a client has sent."""
        try:
            domain = Domain(domain)
            domain.validate(self)
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise UserError(
                self.env._(
                    "These leads can't be selected: %(reason)s Reload the list and"
                    " select them again.",
                    reason=error,
                )
            ) from error
        return domain
