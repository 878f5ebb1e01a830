from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.lead_management.tests import access, words


@tagged("post_install", "-at_install", "lead_access")
class TestAssignmentAccess(access.AccessCase):
    MATRIX = {
        #                        own   all   manager admin employee portal public
        "crm.lead.queue": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.queue.event": ("r", "r", "r", "r", "", "", ""),
        "crm.lead.assignment.rule": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.assignment.rule.entry": ("r", "r", "rwcu", "rwcu", "", "", ""),
        "crm.lead.assignee": ("", "", "rwcu", "rwcu", "", "", ""),
        "crm.lead.queue.return": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
        "crm.lead.assignment.test": ("", "", "rwc", "rwc", "", "", ""),
        "crm.lead.queue.archive": ("", "", "rwcu", "rwcu", "", "", ""),
    }
    CHANGES = {
        "crm.lead.assignee": {"capacity": 7},
    }

    def _get_values_of_crm_lead_queue_archive(self, user, _name):
        queue = self._create_record("crm.lead.queue", user)
        return {"queue_ids": [Command.set(queue.ids)]}

    def _get_values_of_crm_lead_queue_return(self, user, name):
        lead = self._create_record("own lead", user)
        queue = self._create_record("crm.lead.queue", user)
        return {"lead_ids": [Command.set(lead.ids)], "queue_id": queue.id} | {
            "reason": name
        }

    def _get_values_of_crm_lead_assignment_test(self, user, _name):
        return {"lead_id": self._create_record("own lead", user).id}

    def _get_values_of_crm_lead_queue_event(self, user, _name):
        return {
            "lead_id": self._create_record("own lead", user).id,
            "queue_id": self._create_record("crm.lead.queue", user).id,
            "kind": "claimed",
        }

    def _get_values_of_crm_lead_assignment_rule(self, _user, name):
        return {"name": name, "active": False}

    def _get_values_of_crm_lead_assignment_rule_entry(self, user, name):
        rule = self._create_record("crm.lead.assignment.rule", user)
        seller = self.user_sales_manager
        return {"rule_id": rule.id, "name": name, "user_id": seller.id}

    def _get_values_of_crm_lead_assignee(self, _user, name):
        user = self.env["res.users"].with_context(no_reset_password=True)
        return {"user_id": user.create({"name": name, "login": name}).id}


@tagged("post_install", "-at_install", "lead_words")
class TestAssignmentWords(words.WordsCase):
    NEVER_ONE = {
        "%(queue)s: %(count)s new leads to claim",
        "Nothing was done for %s hours",
        "leads have arrived in the queue",
    }
