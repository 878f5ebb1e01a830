"""What uninstalling does beyond removing what the data files loaded."""


def uninstall_hook(env):
    """Forget the settings, and the copies of files that separating would need."""
    env["ir.config_parameter"].search(
        [
            "|",
            ("key", "=like", "lead\\_management.open\\_lead\\_%"),
            ("key", "=", "lead_management.merge_days"),
        ]
    ).unlink()
    env["crm.merge"].search([])._get_files().unlink()
