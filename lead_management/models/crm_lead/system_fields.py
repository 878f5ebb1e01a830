from odoo import models


class CrmLead(models.Model):
    """Fields that are the system's to write, whatever a client sends."""

    _name = "crm.lead"
    # The mixin first: it sees what a caller gives before others add to it.
    _inherit = ["lead.guard.mixin", "crm.lead"]

    def _merge_opportunity(self, *args, **kwargs):
        # What survives of the merged leads' system fields is written by native code.
        merging = super(CrmLead, self._as_system())
        return merging._merge_opportunity(*args, **kwargs).with_env(self.env)
