"""What the records that are there already get."""

import logging

from odoo.tools import SQL

_logger = logging.getLogger(__name__)

# So many partners get their keys at once; more, after installing, batch by batch.
FILLED_AT_ONCE = 20_000


def fill_statuses(env):
    """Give every lead the status its native state stands for, in one statement."""
    ids = env["crm.lead.status"]._get_ids_by_category()
    env.cr.execute(
        SQL(
            """
            UPDATE crm_lead
               SET status_id = CASE
                       WHEN type = 'opportunity' THEN %(converted)s
                       WHEN won_status = 'won' THEN %(converted)s
                       WHEN won_status = 'lost' THEN %(dead)s
                       WHEN user_id IS NOT NULL THEN %(assigned)s
                       ELSE %(new)s
                   END
             WHERE status_id IS NULL
               AND (type = 'lead' OR date_conversion IS NOT NULL)
            """,
            **ids,
        )
    )
    env["crm.lead"].invalidate_model(["status_id"])


def fill_stars(env):
    """Give leads that nobody and no rule has rated as many stars as Odoo showed for
    their priority. It was set by hand, and so rules leave them."""
    env.cr.execute(
        """
        UPDATE crm_lead
           SET stars = priority, stars_manual = TRUE
         WHERE type = 'lead'
           AND priority IN ('1', '2', '3')
           AND COALESCE(stars, '0') = '0'
           AND stars_manual IS NOT TRUE
           AND NOT EXISTS (
               SELECT 1
                 FROM mail_message message
                 JOIN mail_tracking_value value ON value.mail_message_id = message.id
                 JOIN ir_model_fields field ON field.id = value.field_id
                WHERE message.model = 'crm.lead'
                  AND message.res_id = crm_lead.id
                  AND field.model = 'crm.lead'
                  AND field.name = 'stars'
           )
        """
    )
    env["crm.lead"].invalidate_model(["stars", "stars_manual"])


def fill_first_touches(env):
    """Take from the chatter when work on each lead began."""
    env.cr.execute(
        """
        UPDATE crm_lead
           SET date_first_touch = touch.date
          FROM (
               SELECT message.res_id, min(message.date) AS date
                 FROM mail_message message
            LEFT JOIN mail_message_subtype subtype ON subtype.id = message.subtype_id
            LEFT JOIN res_partner author ON author.id = message.author_id
                WHERE message.model = 'crm.lead'
                  AND (
                      message.mail_activity_type_id IS NOT NULL
                      OR message.message_type IN ('comment', 'email_outgoing')
                         AND message.is_internal IS NOT TRUE
                         AND subtype.internal IS NOT TRUE
                         AND author.partner_share IS FALSE
                  )
                GROUP BY message.res_id
               ) touch
         WHERE touch.res_id = crm_lead.id
        """
    )
    env["crm.lead"].invalidate_model(["date_first_touch"])


def fill_account_keys(env):
    """Fill the keys of a small database at once, and leave a large one to the scheduled
    action: installing is one transaction, which would lock its partners for minutes."""
    partners = env["res.partner"]
    pending = partners._count_pending_account_keys()
    if pending <= FILLED_AT_ONCE:
        partners._fill_account_keys(FILLED_AT_ONCE)
    else:
        _logger.info("Account keys: %s contacts are filled in the background", pending)
        env.ref("lead_management.ir_cron_fill_account_keys")._trigger()


def fold_converted(env):
    """Fold the status Converted as it is shipped by now, unless somebody changed it."""
    status = env.ref("lead_management.crm_lead_status_converted", False)
    if status and status.write_date == status.create_date:
        status.fold = True


def fill_owned_statuses(env):
    """Call leads Assigned that have an owner and were called New as long as nobody else
    gave them one. Their time in the status is that of Assigned."""
    ids = env["crm.lead.status"]._get_ids_by_category()
    env.cr.execute(
        """
        UPDATE crm_lead
           SET status_id = %(assigned)s
         WHERE status_id = %(new)s
           AND type = 'lead'
           AND user_id = create_uid
           AND NOT (COALESCE(status_seconds, '{}') ? %(assigned)s::text)
        """,
        ids,
    )
    env["crm.lead"].invalidate_model(["status_id"])


def forget_first_name(env):
    """Ask for a first name no more where the setting is as it was shipped."""
    setting = env.ref("lead_management.parameter_require_first_name", False)
    if setting and setting.write_date == setting.create_date:
        setting.unlink()
