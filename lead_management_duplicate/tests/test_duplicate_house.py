from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.lead_management.tests import access, words


@tagged("post_install", "-at_install", "lead_access")
class TestDuplicateAccess(access.AccessCase):
    MATRIX = {
        #                        own   all   manager admin employee portal public
        "crm.account.duplicate": ("r", "r", "r", "r", "", "", ""),
        "crm.lead.duplicate": ("r", "r", "r", "r", "", "", ""),
        "crm.merge.choice": ("rwc", "rwc", "rwc", "rwc", "", "", ""),
        "crm.merge.choice.value": ("rwc", "rwc", "rwc", "rwc", "", "", ""),
        "crm.merge": ("r", "r", "r", "r", "", "", ""),
        "crm.merge.line": ("", "", "", "", "", "", ""),
        "crm.merge.separate": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
    }

    def _get_values_of_crm_account_duplicate(self, _user, name):
        companies = [{"name": name, "is_company": True}] * 2
        accounts = self.env["res.partner"].create(companies)
        return {"account_ids": [Command.set(accounts.ids)]}

    def _get_leads(self, user, name):
        leads = [{"name": name, "type": "lead", "user_id": user.id}] * 2
        return self.env["crm.lead"].create(leads)

    def _get_values_of_crm_lead_duplicate(self, user, name):
        return {"lead_ids": [Command.set(self._get_leads(user, name).ids)]}

    def _get_values_of_crm_merge_choice(self, user, name):
        merges = self.env["crm.merge.opportunity"]
        if merges.with_user(user).has_access("create"):
            merges = merges.with_user(user)
        return {"merge_id": merges.create({}).id, "name": "phone", "label": name}

    def _get_values_of_crm_merge_choice_value(self, user, name):
        choices = self.env["crm.merge.choice"]
        if choices.with_user(user).has_access("create"):
            choices = choices.with_user(user)
        values = self._get_values_of_crm_merge_choice(user, name)
        return {
            "merge_choice_id": choices.create(values).id,
            "lead_id": self._get_leads(user, name)[0].id,
            "name": name,
        }

    def _get_values_of_crm_merge(self, user, name):
        return {
            "model": "crm.lead",
            "lead_id": self._create_record("own lead", user).id,
            "user_id": user.id,
            "merged": [[1, name, False]],
            "merged_names": name,
        }

    def _get_values_of_crm_merge_line(self, user, _name):
        merge = self._create_record("crm.merge", user)
        return {"merge_id": merge.id, "place": "crm_lead"}

    def _get_values_of_crm_merge_separate(self, user, _name):
        return {"merge_id": self._create_record("crm.merge", user).id}


@tagged("post_install", "-at_install", "lead_words")
class TestDuplicateWords(words.WordsCase):
    NEVER_ONE = frozenset({"they were merged more than %s days ago"})
