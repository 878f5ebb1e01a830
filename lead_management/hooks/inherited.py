def forget_inherited(env, *models):
    """Forget by hand which mixins models are made of, before the models go.

    Odoo keeps for each mixin of a mixin that it is the mixin's addon that says so. That
    addon stays, and so would the lines.

    :param models: names of models of the addon that goes
    """
    names = [f"model_inherit__{model.replace('.', '_')}__%" for model in models]
    env.cr.execute(
        """
        DELETE FROM ir_model_data
         WHERE model = 'ir.model.inherit' AND name LIKE ANY(%s)
        """,
        [names],
    )
