"""Indexes that have all that is asked of leads when they are counted or chosen, so that
leads are not read for it.

What is asked is in columns of several addons. One that adds a condition to what may be
claimed defines the indexes anew with its columns (`lead_management_response`), and as
they were when it goes, since a column takes its indexes along.
"""

from odoo.sql_db import BaseCursor
from odoo.tools import SQL

# The order in which a queue is claimed
BEST_FIRST = "stars DESC, bant_score DESC, queue_date, id"
# By the rules on leads, the pages and the home page
COUNTED = (
    *("company_id", "team_id", "status_id", "source_id", "recycle_date"),
    *("date_last_touch", "queue_id"),
)
CLAIMED = ("active", "type", "user_id", "company_id", "status_id", "recycle_date")


def of_holder(*more: str) -> str:
    """Return the definition of the index of the leads of somebody, or of nobody, the
    best first.

    :param more: columns that are asked for as well
    """
    return (
        "(user_id, stars DESC, bant_score DESC, id DESC)"
        f" INCLUDE ({', '.join([*COUNTED, *more])})"
        " WHERE active IS TRUE AND type = 'lead'"
    )


def of_queue(*more: str) -> str:
    """Return the definition of the index of the leads in a queue, the best first."""
    return (
        f"(queue_id, {BEST_FIRST}) INCLUDE ({', '.join([*CLAIMED, *more])})"
        " WHERE queue_id IS NOT NULL"
    )


def restore(cr: BaseCursor) -> None:
    """Make the indexes without the columns of an addon that is being uninstalled."""
    for name, definition in (
        ("crm_lead_holder_idx", of_holder()),
        ("crm_lead_queue_best_idx", of_queue()),
    ):
        cr.execute(SQL("DROP INDEX IF EXISTS %s", SQL.identifier(name)))
        cr.execute(
            SQL("CREATE INDEX %s ON crm_lead %s", SQL.identifier(name), SQL(definition))
        )
