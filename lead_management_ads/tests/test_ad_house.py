from odoo.tests import tagged

from odoo.addons.lead_management.tests import access, words


@tagged("post_install", "-at_install", "lead_access")
class TestAdAccess(access.AccessCase):
    MATRIX = {
        #               own all manager admin employee portal public
        "crm.lead.ad.goal": ("", "", "rwcu", "rwcu", "", "", ""),
        "crm.lead.ad.conversion": ("", "", "ru", "ru", "", "", ""),
    }

    def _get_values_of_crm_lead_ad_goal(self, _user, name):
        purpose = self.env["crm.lead.consent.purpose"].create(
            {"name": name, "text": name}
        )
        return {
            "name": name,
            "purpose_id": purpose.id,
            "status_ids": self.env.ref("lead_management.crm_lead_status_converted").ids,
        }

    def _get_values_of_crm_lead_ad_conversion(self, user, name):
        return {
            "goal_id": self._create_record("crm.lead.ad.goal", user).id,
            "company_id": self.env.company.id,
            "lead_id": self.env["crm.lead"].create({"name": name}).id,
            "date": "2026-03-01 09:00:00",
            "click_name": "gclid",
            "click_id": name,
        }


@tagged("post_install", "-at_install", "lead_words")
class TestAdWords(words.WordsCase):
    pass
