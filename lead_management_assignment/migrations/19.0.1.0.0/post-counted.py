"""Let the claims of today count for the limits of today."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE crm_lead_queue_event
           SET counted = jsonb_build_object(
                   'lead', lead_id, 'queues', jsonb_build_array(queue_id)
               )
         WHERE kind = 'claimed'
           AND counted IS NULL
           AND date > now() AT TIME ZONE 'UTC' - INTERVAL '1 day'
        """
    )
