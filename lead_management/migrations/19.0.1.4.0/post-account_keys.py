"""Fold the names of companies anew: leads at once, accounts in the background.

More legal forms are known, and "O REILLY" is O'Reilly.
"""

from odoo import SUPERUSER_ID, api

from odoo.addons.lead_management.tools.account_key import company_key

BATCH_SIZE = 20_000


def migrate(cr, version):
    last_id = 0
    while rows := _read_leads(cr, last_id):
        last_id = rows[-1][0]
        changed = [
            (lead_id, key)
            for lead_id, name, before in rows
            if (key := company_key(name) or None) != before
        ]
        if changed:
            _write_keys(cr, changed)
    env = api.Environment(cr, SUPERUSER_ID, {})
    env.ref("lead_management.ir_cron_fill_account_keys")._trigger()


def _read_leads(cr, after):
    cr.execute(
        """
        SELECT id, partner_name, account_key
          FROM crm_lead
         WHERE id > %s AND partner_name IS NOT NULL
         ORDER BY id
         LIMIT %s
        """,
        [after, BATCH_SIZE],
    )
    return cr.fetchall()


def _write_keys(cr, changed):
    ids, found = (list(column) for column in zip(*changed, strict=True))
    cr.execute(
        """
        UPDATE crm_lead
           SET account_key = changed.key
          FROM unnest(%s::int[], %s::varchar[]) AS changed (id, key)
         WHERE crm_lead.id = changed.id
        """,
        [ids, found],
    )
