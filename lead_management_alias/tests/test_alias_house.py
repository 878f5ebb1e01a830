from odoo.tests import tagged

from odoo.addons.lead_management.tests import access, words


@tagged("post_install", "-at_install", "lead_access")
class TestAliasAccess(access.AccessCase):
    MATRIX = {
        #                    own   all   manager admin employee portal public
        "crm.account.alias": ("ru", "ru", "ru", "ru", "", "", ""),
        "crm.account.alias.add": ("rwcu", "rwcu", "rwcu", "rwcu", "", "", ""),
    }

    def _get_values_of_crm_account_alias_add(self, _user, name):
        account = self.env["res.partner"].create({"name": name, "is_company": True})
        return {"partner_id": account.id, "name": f"Other {name}"}

    def _get_values_of_crm_account_alias(self, user, name):
        account = self.env["res.partner"].create({"name": name, "is_company": True})
        return {
            "name": f"Other {name}",
            "partner_id": account.id,
            "kind": "same",
            "user_id": user.id,
            "origin": "lead",
        }


@tagged("post_install", "-at_install", "lead_words")
class TestAliasWords(words.WordsCase):
    pass
