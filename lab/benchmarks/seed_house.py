"""Rows in a database that has the addons already, as installing them leaves rows that
were there before. The addons take a minute to install; being there already, none."""

from importlib import import_module

HOOKS = "odoo.addons.lead_management.hooks"


def _hooks(name):
    # an addon can be imported only once Odoo is configured
    return import_module(f"{HOOKS}.{name}")


def has_addons(env) -> bool:
    """Tell whether the database has the addons."""
    return "crm.lead.status" in env


def as_before(env, table: str, rows: list[dict]) -> list[dict]:
    """Take from prototypes what only leads and accounts have that are made with the
    addons."""
    if has_addons(env):
        columns = _hooks("columns")
        if table == "crm_lead":
            given = dict.fromkeys(columns.OF_EACH) | {"stars": "0"}  # never empty
            given |= {name: value for name, (_t, value) in columns.SAME_FOR_ALL.items()}
        else:
            given = dict.fromkeys(columns.PARTNER_COLUMNS)
        for row in rows:
            row.update(given)
    return rows


def fill(env):
    """Give the leads that were added what installing would have given them."""
    if not has_addons(env):
        return
    columns, filling = _hooks("columns"), _hooks("fill")
    columns._fill_lead_columns(env.cr, list(columns.OF_EACH))
    filling.fill_statuses(env)
    filling.fill_first_touches(env)
    env.cr.commit()
