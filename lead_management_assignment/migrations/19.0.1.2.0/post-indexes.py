"""Drop indexes that nothing is looked up by, or that are there twice; Odoo keeps those
of fields."""


def migrate(cr, version):
    cr.execute("DROP INDEX IF EXISTS crm_lead__queue_last_user_id_index")
    cr.execute("DROP INDEX IF EXISTS crm_lead_assignee__user_id_index")
