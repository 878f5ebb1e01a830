"""Features have become addons of their own, which take along all that was theirs."""

from odoo import SUPERUSER_ID, api

# By addon: the `models` that are its own, `ids` of what it adds to those of others (its
# fields, menus …), and `renamed` ids, old and new
MOVED = {
    "lead_management_map": {
        "ids": [
            "field_crm_lead__map_address",
            "field_crm_lead__map_at_once",
            "field_crm_lead__map_latitude",
            "field_crm_lead__map_longitude",
            "field_crm_lead__map_url",
            "field_res_config_settings__lead_map_at_once",
        ],
        "renamed": {"view_crm_lead_kanban_map": "view_crm_lead_kanban"},
    },
    "lead_management_news": {
        "models": ["crm.lead.feed", "crm.lead.feed.item"],
        "ids": [
            "crm_lead_feed_menu",
            "field_res_config_settings__lead_feed_days",
            "field_res_config_settings__lead_feed_minutes",
            "field_res_config_settings__lead_feed_private_hosts",
            "field_res_config_settings__lead_news_off",
            "field_res_config_settings__lead_x_bearer_token",
        ],
        "renamed": {"crm_lead_view_form_news": "crm_lead_view_form"},
    },
}


def migrate(cr, version):
    modules = api.Environment(cr, SUPERUSER_ID, {})["ir.module.module"]
    for name, moved in MOVED.items():
        is_known = _move(cr, name, **moved)
        _empty_views(cr, moved["ids"])
        addon = modules.search([("name", "=", name), ("state", "=", "uninstalled")])
        if not addon:
            continue  # it is there already, or the server doesn't have it
        addon.button_install()  # with what it stands on
        if is_known:
            # Its records are there, as people have changed them: those of an addon that
            # is installed would be made anew.
            addon.flush_recordset()
            cr.execute(
                """
                UPDATE ir_module_module
                   SET state = 'to upgrade', demo = main.demo
                  FROM ir_module_module main
                 WHERE main.name = 'lead_management' AND ir_module_module.id = %s
                """,
                [addon.id],
            )
            addon.invalidate_recordset()


def _empty_views(cr, ids):
    """Empty the views that name fields which are not there any more when the views are
    loaded that these extend. Each is written anew when its turn comes."""
    names = [xml_id.partition("__")[2] for xml_id in ids if xml_id.startswith("field_")]
    cr.execute(
        """
        UPDATE ir_ui_view
           SET arch_db = jsonb_build_object('en_US', '<data/>')
          FROM ir_model_data data
         WHERE data.model = 'ir.ui.view'
           AND data.res_id = ir_ui_view.id
           AND data.module = 'lead_management'
           AND ir_ui_view.mode = 'extension'
           AND ir_ui_view.arch_db ->> 'en_US' ~ %s
        """,
        [rf"\m({'|'.join(names)})\M"],
    )


def _move(cr, addon, models=(), ids=(), renamed=None):
    """Make an addon the owner of records. Return whether there were any."""
    values = {"addon": addon, "models": list(models), "ids": list(ids)}
    cr.execute(
        """
        UPDATE ir_model_data
           SET module = %(addon)s
         WHERE module = 'lead_management'
           AND (
                   name = ANY(%(ids)s)
                   OR model = ANY(%(models)s)
                   OR (model, res_id) IN (
                          SELECT 'ir.model', id
                            FROM ir_model
                           WHERE model = ANY(%(models)s)
                       UNION ALL
                          SELECT 'ir.model.fields', id
                            FROM ir_model_fields
                           WHERE model = ANY(%(models)s)
                       UNION ALL
                          SELECT 'ir.model.fields.selection', selection.id
                            FROM ir_model_fields_selection selection
                            JOIN ir_model_fields field ON field.id = selection.field_id
                           WHERE field.model = ANY(%(models)s)
                       UNION ALL
                          SELECT 'ir.model.inherit', inherit.id
                            FROM ir_model_inherit inherit
                            JOIN ir_model model ON model.id = inherit.model_id
                           WHERE model.model = ANY(%(models)s)
                       UNION ALL
                          SELECT 'ir.model.constraint', con.id
                            FROM ir_model_constraint con
                            JOIN ir_model model ON model.id = con.model
                           WHERE model.model = ANY(%(models)s)
                       UNION ALL
                          SELECT 'ir.model.access', access.id
                            FROM ir_model_access access
                            JOIN ir_model model ON model.id = access.model_id
                           WHERE model.model = ANY(%(models)s)
                       UNION ALL
                          SELECT 'ir.rule', rule.id
                            FROM ir_rule rule
                            JOIN ir_model model ON model.id = rule.model_id
                           WHERE model.model = ANY(%(models)s)
                       UNION ALL
                          SELECT 'ir.actions.server', action.id
                            FROM ir_act_server action
                            JOIN ir_model model ON model.id = action.model_id
                           WHERE model.model = ANY(%(models)s)
                       UNION ALL
                          SELECT 'ir.cron', cron.id
                            FROM ir_cron cron
                            JOIN ir_act_server action
                              ON action.id = cron.ir_actions_server_id
                            JOIN ir_model model ON model.id = action.model_id
                           WHERE model.model = ANY(%(models)s)
                       UNION ALL
                          SELECT 'ir.actions.act_window', id
                            FROM ir_act_window
                           WHERE res_model = ANY(%(models)s)
                       UNION ALL
                          SELECT 'ir.ui.view', id
                            FROM ir_ui_view
                           WHERE model = ANY(%(models)s)
                   )
               )
        """,
        values,
    )
    is_known = bool(cr.rowcount)
    for old, new in (renamed or {}).items():
        cr.execute(
            """
            UPDATE ir_model_data SET module = %s, name = %s
             WHERE module = 'lead_management' AND name = %s
            """,
            [addon, new, old],
        )
    for table in ("ir_model_constraint", "ir_model_relation"):
        cr.execute(
            f"""
            UPDATE {table}
               SET module = addon.id
              FROM ir_module_module addon, ir_module_module main, ir_model model
             WHERE addon.name = %(addon)s
               AND main.name = 'lead_management'
               AND model.id = {table}.model
               AND model.model = ANY(%(models)s)
               AND {table}.module = main.id
            """,
            values,
        )
    return is_known
