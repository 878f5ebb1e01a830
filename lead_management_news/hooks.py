PARAMETERS = (
    "lead_management.feed_days",
    "lead_management.feed_minutes",
    "lead_management.feed_private_hosts",
    "lead_management.x_api_url",
    "lead_management.x_bearer_token",
)


def uninstall_hook(env):
    env["ir.config_parameter"].search([("key", "in", PARAMETERS)]).unlink()
