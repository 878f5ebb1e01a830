"""What installing and uninstalling do beyond the data files."""


def post_init_hook(env):
    """Take over what is known of answers from before."""
    env["crm.lead"]._fill_answers()


def uninstall_hook(env):
    """Take off the reminders that are left, as a type is kept as long as one is, and
    forget by hand what Odoo would look for in a model that is gone."""
    types = env["crm.lead"]._get_known_types()
    env["mail.activity"].with_context(active_test=False).search(
        [("activity_type_id", "in", types.ids)]
    ).unlink()
    env.cr.execute(
        """
        DELETE FROM ir_model_data
         WHERE model = 'ir.model.inherit'
           AND name LIKE 'model_inherit__crm_lead_response_policy__%'
        """
    )
