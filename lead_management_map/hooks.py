def uninstall_hook(env):
    env["ir.config_parameter"].set_param("lead_management.map_at_once", False)
