from odoo import fields, models
from odoo.fields import Domain


class CrmLeadBulkOperationDelete(models.AbstractModel):
    """Delete leads with all that hangs on them.

    Only those who may delete a single lead can do it. Converted leads stay, as the
    account's history and the undoing of the conversion need them.
    """

    _name = "crm.lead.bulk.operation.delete"
    _inherit = "crm.lead.bulk.operation"
    _description = "Deletion of Leads"

    _access = "unlink"

    def _tell_will_change(self, count, total):
        return self.env._(
            "Leads to delete: %(count)s of %(total)s.", count=count, total=total
        )

    def _tell_changed(self, count, total):
        return self.env._(
            "Leads deleted: %(count)s of %(total)s", count=count, total=total
        )

    def _describe(self, values):
        return [self.env._("The leads are deleted for good.")]

    def _preview_changes(self, domain, values):
        return self._describe(values) + [
            self.env._(
                "Deleted with them: %(count)s %(things)s.", count=count, things=things
            )
            for things, count in self._count_lost(domain)
            if count
        ]

    def _count_lost(self, domain):
        """Return what is deleted along with leads, and how many of each."""
        leads = self.env["crm.lead"].with_context(active_test=False)._search(domain)
        on_leads = Domain("res_id", "in", leads)
        of_leads = Domain("model", "=", "crm.lead") & on_leads
        res_of_leads = Domain("res_model", "=", "crm.lead") & on_leads
        # Numbers only; who may delete the lead may delete these with it.
        messages = self.env["mail.message"].sudo()
        talked = Domain("message_type", "in", ("comment", "email", "email_outgoing"))
        return [
            (
                self.env._("emails and notes"),
                messages.search_count(of_leads & talked),
            ),
            (
                self.env._("planned activities"),
                self.env["mail.activity"].sudo().search_count(res_of_leads),
            ),
            (
                self.env._("files"),
                self.env["ir.attachment"].sudo().search_count(res_of_leads),
            ),
        ]

    def _get_forbidden_reason(self):
        return self.env._("You may not delete it.")

    def _get_refusals(self, values):
        return [
            (
                Domain("conversion_ids", "any", [("undone_date", "=", False)])
                | Domain("status_id.category", "=", "converted"),
                self.env._("It was converted. Undo the conversion first."),
            )
        ]

    def _apply(self, leads, values):
        leads.unlink()


class CrmLeadBulkJob(models.Model):
    _inherit = "crm.lead.bulk.job"

    operation = fields.Selection(
        selection_add=[("delete", "Delete")], ondelete={"delete": "cascade"}
    )
