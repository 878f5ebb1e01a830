"""Keep the names of who did something beside the users, who may be deleted one day."""

from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

NAMES = (
    ("crm_lead_conversion", "user_name", "user_id"),
    ("crm_lead_conversion", "undone_user_name", "undone_user_id"),
    ("crm_lead_import", "undone_user_name", "undone_user_id"),
    ("crm_lead_queue_event", "user_name", "user_id"),
    ("crm_lead_queue_event", "owner_name", "owner_id"),
)


def migrate(cr, version):
    for table, name, user in NAMES:
        if column_exists(cr, table, name) or not column_exists(cr, table, user):
            continue
        create_column(cr, table, name, "varchar")
        cr.execute(
            SQL(
                """
                UPDATE %(table)s AS record
                   SET %(name)s = partner.name
                  FROM res_users AS doer
                  JOIN res_partner AS partner ON partner.id = doer.partner_id
                 WHERE record.%(user)s = doer.id
                """,
                table=SQL.identifier(table),
                name=SQL.identifier(name),
                user=SQL.identifier(user),
            )
        )
