"""What installing and uninstalling does beyond loading the data files."""

from odoo.addons.lead_management.hooks.inherited import forget_inherited


def post_init_hook(env):
    """Give the leads that are there a place in the campaigns they came from, unless
    there are members: then the addon has taken over a history that people keep."""
    if not env["crm.lead.campaign.member"].search_count([], limit=1):
        fill_campaign_members(env)
    note_links(env)


def uninstall_hook(env):
    """Let go of what keeps the statuses of members from being deleted, and forget by
    hand what Odoo would look for in a model that is gone."""
    env.cr.execute("DELETE FROM crm_lead_campaign_member")
    env["crm.lead.campaign.member"].invalidate_model()
    forget_inherited(env, "lead_management_campaign")


def fill_campaign_members(env):
    """Make leads members of the campaigns they came from, in one statement.

    Of several leads of one customer, the first one's member has the contact.
    """
    status = env["crm.lead.campaign.status"].search([])._pick_response()
    env.cr.execute(
        """
        INSERT INTO crm_lead_campaign_member (
               campaign_id, lead_id, partner_id, status_id,
               date_added, date_response, date_status,
               create_uid, create_date, write_uid, write_date
        )
        SELECT campaign_id, id,
               CASE WHEN row_number() OVER (
                   PARTITION BY campaign_id, partner_id ORDER BY id
               ) = 1 THEN partner_id END,
               %(status)s, create_date, create_date, create_date,
               %(user)s, now() AT TIME ZONE 'UTC', %(user)s, now() AT TIME ZONE 'UTC'
          FROM crm_lead
         WHERE campaign_id IS NOT NULL
            ON CONFLICT DO NOTHING
        """,
        {"status": status.id, "user": env.uid},
    )


def note_links(env):
    """Let conversions know that their lead's place in campaigns pointed at their result
    when they were through: it is no use that others make of it."""
    env.cr.execute(
        """
        UPDATE crm_lead_conversion conversion
           SET result_links = own.links
          FROM (
                SELECT entry.id,
                       jsonb_agg(jsonb_build_array(
                           'res.partner', member.partner_id,
                           'crm.lead.campaign.member', 'partner_id', member.id
                       )) AS links
                  FROM crm_lead_conversion entry
                  JOIN crm_lead_campaign_member member
                    ON member.lead_id = entry.lead_id
                   AND member.partner_id IS NOT NULL
                 WHERE entry.undone_date IS NULL
                   AND entry.result_links IS NULL
              GROUP BY entry.id
               ) own
         WHERE conversion.id = own.id
        """
    )
