from odoo.tests import tagged

from odoo.addons.lead_management.tests import access, words


@tagged("post_install", "-at_install", "lead_access")
class TestScoreAccess(access.AccessCase):
    MATRIX = {
        #                           own   all   manager admin employee portal public
        "crm.lead.fit.rule": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.engagement.rule": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.score.trial": ("", "", "rwcu", "rwcu", "", "", ""),
        "crm.lead.score.trial.band": ("", "", "rwcu", "rwcu", "", "", ""),
        "crm.lead.score.trial.line": ("", "", "rwcu", "rwcu", "", "", ""),
    }
    CHANGES = {"crm.lead.engagement.rule": {"points": 3}}

    def _get_values_of_crm_lead_engagement_rule(self, user, name):
        # One for a kind of event and a company
        company = self.env["res.company"].create({"name": name})
        user.company_ids |= company
        self.users["manager"].company_ids |= company
        return {"kind": "email", "active": False}

    def _get_values_of_crm_lead_score_trial(self, user, name):
        return {"summary": name}

    def _get_values_of_crm_lead_score_trial_band(self, user, name):
        trials = self.env["crm.lead.score.trial"].with_user(user)
        if not trials.has_access("create"):
            trials = trials.sudo()
        return {"trial_id": trials.create({"summary": name}).id}

    _get_values_of_crm_lead_score_trial_line = _get_values_of_crm_lead_score_trial_band


@tagged("post_install", "-at_install", "lead_words")
class TestScoreWords(words.WordsCase):
    pass
