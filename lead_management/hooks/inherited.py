from odoo.tools import SQL


def forget_inherited(env, addon):
    """Forget by hand which mixins the models of an addon are made of, before it goes.

    Odoo notes for each mixin which addon says so: of a mixin of a mixin, that is
    another one, which stays, and so would its lines.

    :param str addon: whose models go
    """
    models = [name for name in env if env[name]._original_module == addon]
    env.execute_query(
        SQL(
            """
            DELETE FROM ir_model_data data
             USING ir_model_inherit inherit
              JOIN ir_model model ON model.id = inherit.model_id
             WHERE data.model = 'ir.model.inherit' AND data.res_id = inherit.id
               AND model.model = ANY(%s)
            """,
            models,
        )
    )
