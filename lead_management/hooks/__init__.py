"""What installing and uninstalling does beyond loading the data files."""

from .columns import create_lead_columns, create_partner_columns
from .fill import fill_account_keys, fill_first_touches, fill_statuses
from .indexes import without_indexes
from .leads_on import disable_leads, enable_leads, keep_leads_visible
from .shipped import adopt_records, name_sources, release_records


def pre_init_hook(env):
    """Prepare a database, perhaps with a million leads, for the addon's tables."""
    create_lead_columns(env.cr)
    create_partner_columns(env.cr)
    adopt_records(env)


def post_init_hook(env):
    """Give the leads that are there a status, the sources names that people know, the
    accounts keys, and turn on leads."""
    with without_indexes(env.cr, "crm_lead"):
        fill_statuses(env)
        fill_first_touches(env)
    name_sources(env)
    fill_account_keys(env)
    enable_leads(env)


def uninstall_hook(env):
    """Leave native Odoo as it was before the addon came."""
    disable_leads(env)
    keep_leads_visible(env)
    release_records(env)
    _let_go_of_options(env)
    env["ir.config_parameter"].search([("key", "=like", "lead_management.%")]).unlink()


def _let_go_of_options(env):
    """Let go of what keeps statuses and ratings from being deleted."""
    columns = ["status_id", "rating_id"]
    env.flush_all()
    env.cr.execute(
        """
        UPDATE crm_lead
           SET status_id = NULL, rating_id = NULL
         WHERE COALESCE(status_id, rating_id) IS NOT NULL
        """
    )
    env["crm.lead"].invalidate_model(columns)
