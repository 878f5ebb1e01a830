"""What uninstalling does beyond removing what the data files loaded."""

from odoo.addons.lead_management.hooks.inherited import forget_inherited


def uninstall_hook(env):
    """Forget the setting, and the mixins of models that go."""
    env["ir.config_parameter"].search(
        [("key", "=", "lead_management.score_needed")]
    ).unlink()
    forget_inherited(env, "crm.lead.fit.rule", "crm.lead.engagement.rule")
