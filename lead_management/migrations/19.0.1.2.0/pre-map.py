"""The map has become an addon of its own, which takes its fields along."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE ir_model_data
           SET module = 'lead_management_map'
         WHERE module = 'lead_management'
           AND model = 'ir.model.fields'
           AND name IN (
                   'field_crm_lead__map_address',
                   'field_crm_lead__map_at_once',
                   'field_crm_lead__map_latitude',
                   'field_crm_lead__map_longitude',
                   'field_crm_lead__map_url',
                   'field_res_config_settings__lead_map_at_once'
               )
        """
    )
    cr.execute(
        """
        UPDATE ir_model_data
           SET module = 'lead_management_map', name = 'view_crm_lead_kanban'
         WHERE module = 'lead_management' AND name = 'view_crm_lead_kanban_map'
        """
    )
    cr.execute(
        """
        UPDATE ir_module_module
           SET state = 'to install'
         WHERE name = 'lead_management_map' AND state = 'uninstalled'
        """
    )
