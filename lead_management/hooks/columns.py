"""The stored computed columns, made ahead of the ORM."""

from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from ..tools import person_name, web_domain
from ..tools.account_key import company_key
from .indexes import without_indexes

BATCH_SIZE = 10_000
# The stored computed columns of leads: their types, and what the leads that are there
# already get, either all the same …
SAME_FOR_ALL = {
    "bant_contact": ("varchar", "unknown"),
    "bant_need": ("varchar", "unknown"),
    "bant_budget": ("varchar", "unknown"),
    "bant_authority": ("varchar", "unknown"),
    "bant_timing": ("varchar", "unknown"),
    "bant_score": ("int4", 0),
    "is_unread": ("bool", False),
    # Nobody gets tasks for what was forgotten before the addon came.
    "neglect_level": ("int4", 2),
}
HAS_PRIORITY = "(type = 'lead' AND priority IN ('1', '2', '3'))"
# … or each its own, by SQL on the lead and on what `_read_names` makes of it.
OF_EACH = {
    "contact_first_name": ("varchar", "NULLIF(names.first_name, '')"),
    "contact_last_name": ("varchar", "NULLIF(names.last_name, '')"),
    # Nobody has rated them, but Odoo showed stars for a priority that was set by hand.
    "stars": ("varchar", f"CASE WHEN {HAS_PRIORITY} THEN priority ELSE '0' END"),
    "stars_manual": ("bool", f"NULLIF({HAS_PRIORITY}, FALSE)"),
    "account_key": ("varchar", "NULLIF(names.account_key, '')"),
    "account_domain": ("varchar", "NULLIF(names.account_domain, '')"),
    "date_status_update": ("timestamp", "COALESCE(date_open, create_date)"),
    "date_last_touch": ("timestamp", "COALESCE(write_date, create_date)"),
    "industry_id": (
        "int4",
        "(SELECT industry_id FROM res_partner WHERE id = crm_lead.partner_id)",
    ),
    # When the addon's data is there
    "status_id": ("int4", "NULL"),
}
LEAD_COLUMNS = SAME_FOR_ALL | OF_EACH

PARTNER_COLUMNS = {
    "account_key": "varchar",
    "account_sound": "varchar",
    "account_domain": "varchar",
    "account_email_domain": "varchar",
    "account_key_version": "int4",
}


def create_lead_columns(cr):
    """Create and fill the stored computed columns that are missing, ahead of the ORM,
    which would compute them lead by lead. What all get alike writes no row, and the
    rest each row once: the table of a million leads grows no more than it must."""
    create_columns_of_one_value(cr, SAME_FOR_ALL)
    missing = [name for name in OF_EACH if not column_exists(cr, "crm_lead", name)]
    for name in missing:
        create_column(cr, "crm_lead", name, OF_EACH[name][0])
    if missing:
        with without_indexes(cr, "crm_lead"):
            _fill_lead_columns(cr, missing)


def create_columns_of_one_value(cr, columns):
    """Create the columns of leads that are missing, each with one value in all rows,
    which PostgreSQL keeps once. The ORM would write it into each row.

    :param dict columns: the types and the values, by name
    """
    for name, (column_type, value) in columns.items():
        if column_exists(cr, "crm_lead", name):
            continue
        column = SQL.identifier(name)
        cr.execute(
            SQL(
                "ALTER TABLE crm_lead ADD COLUMN %s %s DEFAULT %s",
                column,
                SQL(column_type),
                value,
            )
        )
        cr.execute(SQL("ALTER TABLE crm_lead ALTER COLUMN %s DROP DEFAULT", column))


def _fill_lead_columns(cr, names):
    values = SQL(", ").join(
        SQL("%s = %s", SQL.identifier(name), SQL(OF_EACH[name][1])) for name in names
    )
    last_id = 0
    while rows := _read_names(cr, last_id):
        cr.execute(
            SQL(
                """
                UPDATE crm_lead
                   SET %s
                  FROM (VALUES %s)
                    AS names (id, first_name, last_name, account_key, account_domain)
                 WHERE crm_lead.id = names.id
                """,
                values,
                SQL(", ").join(SQL("%s", row) for row in rows),
            )
        )
        last_id = rows[-1][0]


def _read_names(cr, after):
    """Return id, first name, last name, account key and domain of the next leads."""
    cr.execute(
        """
        SELECT id, contact_name, partner_name, website, email_from
          FROM crm_lead
         WHERE id > %s
         ORDER BY id
         LIMIT %s
        """,
        [after, BATCH_SIZE],
    )
    return [
        (
            lead_id,
            *person_name.split(contact or ""),
            company_key(company),
            web_domain.domain(website) or web_domain.domain(email) or "",
        )
        for lead_id, contact, company, website, email in cr.fetchall()
    ]


def create_partner_columns(cr):
    """Create the stored columns of account matching, empty: no row is written, and the
    ORM doesn't compute what is there already."""
    for column, column_type in PARTNER_COLUMNS.items():
        if not column_exists(cr, "res_partner", column):
            create_column(cr, "res_partner", column, column_type)
