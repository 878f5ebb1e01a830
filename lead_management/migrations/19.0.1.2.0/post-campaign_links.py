"""Conversions of before don't know what pointed at their results when they were
through. The lead's own place in campaigns did, and is no use that others make of it."""


def migrate(cr, version):
    cr.execute(
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
