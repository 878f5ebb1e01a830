"""Indexes that have all that is asked of leads when they are counted or chosen, so that
leads are not read for it.

What is asked is in columns of several addons. One that adds a condition to what may be
claimed defines the indexes anew with its columns (`lead_management_response`). When it
goes, its columns take the indexes along, and Odoo makes those that are then defined, as
it does for all models that the addon extended.
"""

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
