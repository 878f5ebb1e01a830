"""Drop an index that nothing is looked up by; Odoo keeps those of fields."""


def migrate(cr, version):
    cr.execute("DROP INDEX IF EXISTS crm_lead__queue_last_user_id_index")
