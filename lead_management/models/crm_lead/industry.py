from odoo import api, fields, models

# Of a form, the one that is not beside the secondary industries; else the last one
SHOWN_TWICE = """
    //group[@name='lead_partner']/field[@name='industry_id']
    | /*[self::list or self::search]/field[@name='industry_id'][
        preceding-sibling::field[@name='industry_id']]
    | //filter[@name='industry'][preceding::filter[@name='industry']]
"""


class CrmLead(models.Model):
    """The industry of a lead's company.

    The OCA's addon `crm_industry` has a field of the same name, beside secondary
    industries. Installed together they are one field, which goes by these rules: a
    customer gives a lead the industry it lacks, and takes none away. Views that both
    addons put it into show it once.
    """

    _inherit = "crm.lead"

    industry_id = fields.Many2one(
        "res.partner.industry",
        compute="_compute_industry_id",
        store=True,
        readonly=False,
    )

    @api.depends("partner_id")
    def _compute_industry_id(self):
        for lead in self:
            if not lead.industry_id:
                partner = lead.partner_id
                lead.industry_id = (
                    partner.industry_id or partner.commercial_partner_id.industry_id
                )

    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if "secondary_industry_ids" in self._fields:
            for node in arch.xpath(SHOWN_TWICE):
                node.getparent().remove(node)
        return arch, view
