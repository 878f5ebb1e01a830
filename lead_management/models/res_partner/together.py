from odoo import models

from ..mail_followers import NEW_FOLLOWERS, NewFollowers


class ResPartner(models.Model):
    """Many accounts or contacts that are made in one call."""

    _inherit = "res.partner"

    def _create_together(self, vals_list):
        """Create records as `create` does, with their followers at once."""
        new = NewFollowers(self)
        partners = self.with_context(**{NEW_FOLLOWERS: new}).create(vals_list)
        new.insert()
        return partners.with_env(self.env)

    def message_post(self, **kwargs):
        new = self.env.context.get(NEW_FOLLOWERS)
        if not isinstance(new, NewFollowers):
            return super().message_post(**kwargs)
        new.insert()  # they are to be told
        partners = self.with_context(**{NEW_FOLLOWERS: None})
        return super(ResPartner, partners).message_post(**kwargs)
