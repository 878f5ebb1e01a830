"""What installing and uninstalling does beyond loading the data files."""

from odoo.addons.lead_management.hooks.columns import create_columns_of_one_value
from odoo.addons.lead_management.hooks.inherited import forget_inherited

COLUMNS = {"score_fit": ("int4", 0), "score_engagement": ("int4", 0)}


def pre_init_hook(env):
    create_columns_of_one_value(env.cr, COLUMNS)


def uninstall_hook(env):
    """Forget the setting, and the mixins of models that go."""
    env["ir.config_parameter"].search(
        [("key", "=", "lead_management.score_needed")]
    ).unlink()
    forget_inherited(env, "lead_management_score")
