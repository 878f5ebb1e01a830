"""What uninstalling does beyond removing what the data files loaded."""


def uninstall_hook(env):
    """Forget the settings."""
    env["ir.config_parameter"].search(
        [("key", "=like", "lead\\_management.open\\_lead\\_%")]
    ).unlink()
