from odoo.tests import tagged

from odoo.addons.lead_management.tests import access, words


@tagged("post_install", "-at_install", "lead_access")
class TestCampaignAccess(access.AccessCase):
    MATRIX = {
        #                        own   all   manager admin employee portal public
        "crm.lead.campaign.status": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.campaign.member": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
        "crm.lead.campaign.add": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
    }
    CHANGES = {
        "crm.lead.campaign.member": {"date_added": "2026-01-01"},
    }

    def _get_values_of_crm_lead_campaign_add(self, _user, name):
        return {"campaign_id": self.env["utm.campaign"].create({"title": name}).id}

    def _get_values_of_crm_lead_campaign_member(self, user, name):
        campaign = self.env["utm.campaign"].create({"title": name})
        lead = self._create_record("own lead", user)
        return {"campaign_id": campaign.id, "lead_id": lead.id}


@tagged("post_install", "-at_install", "lead_words")
class TestCampaignWords(words.WordsCase):
    pass
