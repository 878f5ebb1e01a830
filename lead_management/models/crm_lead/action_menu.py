from odoo import api, models


class CrmLead(models.Model):
    """The order of the menu Actions where it is about leads.

    The actions of leads and opportunities are one list, of which the client shows the
    part that is for the records at hand.
    """

    _inherit = "crm.lead"

    def _get_lead_action_ranks(self):
        """Return the places of actions in the menu of leads, by XML id.

        The hundreds are groups, and 0 is for what the menu of leads has under another
        name. Actions that are not here come in the group of 300. Extend for more.
        """
        return {
            # 102 is native's Export.
            "crm.action_lead_mass_mail": 103,
            "lead_management.crm_lead_action_mass_convert": 201,
            "crm.action_merge_opportunities": 203,
            "lead_management.crm_lead_action_reset_stars": 206,
            "crm.mail_followers_edit_action_from_lead": 403,
            # The same as Convert and as the status Dead
            "crm.action_crm_send_mass_convert": 0,
            "crm.crm_lead_lost_action": 0,
        }

    @api.model
    @api.readonly
    def get_views(self, views, options=None):
        """Tell the client where each action is in the menu of leads."""
        result = super().get_views(views, options)
        toolbars = [view.get("toolbar") or {} for view in result["views"].values()]
        if not any(toolbar.get("action") for toolbar in toolbars):
            return result
        # Known without a query, also where an action is not there
        get_id = self.env["ir.model.data"]._xmlid_to_res_id
        ranks = {
            get_id(xml_id): rank
            for xml_id, rank in self._get_lead_action_ranks().items()
        }
        for toolbar in toolbars:
            toolbar["action"] = [
                # The dictionaries are those of the cache.
                {**action, "lead_rank": ranks.get(action["id"], 300)}
                for action in toolbar.get("action", ())
            ]
        return result
