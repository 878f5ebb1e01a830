from typing import NamedTuple

from odoo import models
from odoo.tools import SQL


class Engagement(NamedTuple):
    """A kind of event in which people show that they are interested.

    :param str label: what people call it
    :param SQL events: a query of the columns `lead_id` and `date` (in UTC), one row for
        each event; those of the future are left out by who asks
    :param int points: how much one such event says, beside the others
    """

    label: str
    events: SQL
    points: int = 10


class CrmLead(models.Model):
    """What the people behind leads did, for whoever counts it.

    Nothing is kept here: what happened is where it is recorded anyway, so that it is
    known of the time before anybody counted, and costs nothing when it happens.
    """

    _inherit = "crm.lead"

    def _get_engagement_kinds(self):
        """Return the kinds of events that are known of leads. Extend for more.

        Whoever runs the queries has flushed what is not written yet.

        :return: `Engagement` by its technical name
        """
        return {
            # Also what colleagues send from their own mailbox comes in as an email.
            "email": Engagement(
                self.env._("Email received"),
                SQL(
                    """
                    SELECT message.res_id AS lead_id, message.date
                      FROM mail_message AS message
                     WHERE message.model = 'crm.lead'
                       AND message.message_type = 'email'
                       AND NOT EXISTS (
                           SELECT FROM res_users AS colleague
                            WHERE colleague.partner_id = message.author_id
                              AND colleague.share IS NOT TRUE
                       )
                    """
                ),
                15,
            ),
            "meeting": Engagement(
                self.env._("Meeting"),
                SQL(
                    """
                    SELECT opportunity_id AS lead_id, start AS date
                      FROM calendar_event
                     WHERE opportunity_id IS NOT NULL AND active IS TRUE
                    """
                ),
                20,
            ),
        }
