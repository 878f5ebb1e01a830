from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL


class LeadReportMixin(models.AbstractModel):
    """Rows that are counted from leads, for those who may read the lead.

    A report is a query instead of a table. It takes the leads from `_get_leads`, so
    that a person's query has the rows they may read and no others: PostgreSQL reads the
    leads once, with the rules on them. Asking of each row whether its lead may be read,
    as of other records about leads, would read all leads twice.
    """

    _name = "lead.report.mixin"
    _description = "Record about a lead"
    _inherit = ["lead.access.mixin"]

    def _get_leads(self):
        """Return the SQL of the leads that the current user may read, with all their
        columns, for the FROM of `_table_query`."""
        if self.env.su:
            return SQL.identifier("crm_lead")
        query = self.env["crm.lead"]._search(Domain.TRUE, active_test=False)
        return SQL("(%s)", query.select(SQL("%s.*", SQL.identifier(query.table))))

    def _get_access_domain(self, asked):
        return Domain.TRUE

    def exists(self):
        # The rows that the user may not read are there all the same.
        return super(LeadReportMixin, self.sudo()).exists().with_env(self.env)
