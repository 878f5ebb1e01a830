"""Take their keys from leads and partners whose company is a placeholder."""

from odoo.tools import SQL

from odoo.addons.lead_management.tools.placeholder import MAX_LENGTH, is_placeholder

BATCH_SIZE = 50_000
NAMES = {"crm_lead": "partner_name", "res_partner": "name"}


def migrate(cr, version):
    for table, column in NAMES.items():
        last_id = 0
        while rows := _read_names(cr, table, column, last_id):
            last_id = rows[-1][0]
            ids = [record_id for record_id, name in rows if is_placeholder(name)]
            if ids:
                cr.execute(
                    SQL(
                        "UPDATE %s SET account_key = NULL WHERE id = ANY(%s)",
                        SQL.identifier(table),
                        ids,
                    )
                )


def _read_names(cr, table, column, after):
    cr.execute(
        SQL(
            """
            SELECT id, %(column)s
              FROM %(table)s
             WHERE id > %(after)s
               AND account_key IS NOT NULL
               AND length(%(column)s) <= %(length)s
             ORDER BY id
             LIMIT %(limit)s
            """,
            table=SQL.identifier(table),
            column=SQL.identifier(column),
            after=after,
            length=MAX_LENGTH,
            limit=BATCH_SIZE,
        )
    )
    return cr.fetchall()
