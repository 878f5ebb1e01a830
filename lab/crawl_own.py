"""What of the pages is ours: the actions, the views, and what their buttons call."""

import re

from tooling.settings import ADDON, REPO, companions

OWN_ACTIONS = """
    SELECT data.module || '.' || data.name AS action, action.name ->> 'en_US' AS name,
           action.res_model AS model, action.view_mode AS views,
           action.search_view_id AS search
      FROM ir_act_window action
      JOIN ir_model_data data
        ON data.model = 'ir.actions.act_window' AND data.res_id = action.id
     WHERE data.module = ANY(%s) AND action.target != 'new'
       AND action.binding_model_id IS NULL
       AND COALESCE(action.domain, '') || COALESCE(action.context, '')
           NOT LIKE '%%active_id%%'
  ORDER BY 1
"""
OWN_ACTION_IDS = """
    SELECT res_id FROM ir_model_data
     WHERE model LIKE 'ir.actions.%%' AND module = ANY(%s)
"""
# Views of ours, and those of others that ours extend
OWN_VIEWS = """
    WITH RECURSIVE own AS (
        SELECT view.id, view.mode, view.inherit_id
          FROM ir_ui_view view
          JOIN ir_model_data data
            ON data.model = 'ir.ui.view' AND data.res_id = view.id
         WHERE data.module = ANY(%s) AND view.type NOT IN ('search', 'qweb')
     UNION
        SELECT parent.id, parent.mode, parent.inherit_id
          FROM own JOIN ir_ui_view parent ON parent.id = own.inherit_id
         WHERE own.mode = 'extension'
    )
    SELECT view.id, view.name, view.model, view.type, model.transient
      FROM own
      JOIN ir_ui_view view ON view.id = own.id
      JOIN ir_model model ON model.model = view.model
     WHERE view.mode = 'primary' AND NOT model.abstract
  ORDER BY view.model, view.type, view.priority, view.id
"""

# What buttons in views of ours call
OWN_BUTTONS = """
    SELECT DISTINCT found.name
      FROM ir_ui_view view
      JOIN ir_model_data data ON data.model = 'ir.ui.view' AND data.res_id = view.id
CROSS JOIN LATERAL (
           SELECT (regexp_matches(
                      view.arch_db ->> 'en_US',
                      '<(?:button|a)\\s[^>]*?name="([^"]+)"', 'g'
                  ))[1] AS name
           ) found
     WHERE data.module = ANY(%s)
"""
METHOD = re.compile(r"^    def ([a-z]\w*)\(self", re.MULTILINE)


def find(databases, name):
    """Return the actions and the views in a database that are ours."""
    own = [ADDON, *companions()]

    def query(sql):
        return databases.query(sql, own, database=name)

    return {
        "actions": [
            {
                "action": xml_id,
                "name": name,
                "model": model,
                "type": "ir.actions.act_window",
                "views": view_mode.split(","),
                "search_view": search_view,
            }
            for xml_id, name, model, view_mode, search_view in query(OWN_ACTIONS)
        ],
        "own_names": sorted(
            _own_methods().union(name for (name,) in query(OWN_BUTTONS))
        ),
        "action_ids": [action_id for (action_id,) in query(OWN_ACTION_IDS)],
        "views": [
            {
                "id": view_id,
                "name": name,
                "model": model,
                "type": kind,
                "is_transient": is_transient,
            }
            for view_id, name, model, kind, is_transient in query(OWN_VIEWS)
        ],
    }


def _own_methods():
    """Return the names of the methods of ours, those we extend among them."""
    files = [f for one in (ADDON, *companions()) for f in REPO.glob(f"{one}/**/*.py")]
    return {name for f in files for name in METHOD.findall(f.read_text())}
