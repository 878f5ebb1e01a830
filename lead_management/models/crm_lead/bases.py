from odoo import api, models


class CrmLead(models.Model):
    """Leads are what some 120 classes make of them."""

    _inherit = "crm.lead"

    @classmethod
    @api.private
    def mro(cls):
        """Return the classes in their order, which Python keeps with the class.

        Odoo asks for it twice in each call of a client, and `type.mro` puts them in
        order anew: of so many, that takes a millisecond.
        """
        return list(cls.__mro__)
