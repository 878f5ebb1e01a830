"""Drop indexes that nothing is looked up by, or that native has as well.

Odoo drops those of `models.Index` by itself; those of fields, it keeps.
"""


def migrate(cr, version):
    cr.execute(
        """
        DROP INDEX IF EXISTS crm_lead__account_domain_index,
                             crm_lead__account_key_index,
                             crm_lead__industry_id_index,
                             crm_lead__rating_id_index,
                             crm_lead__status_before_id_index,
                             crm_lead__queue_id_index,
                             crm_lead_phone_sanitized_idx,
                             res_partner__lead_source_id_index
        """
    )
