from odoo.addons.lead_management.tests.common import TestLeadManagementCommon


class TestAliasCommon(TestLeadManagementCommon):
    """An account whose other name nobody could guess."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.aliases = cls.env["crm.account.alias"]
        cls.account = cls._create_account("Zephyrtronic Ltd")
        cls.other = cls._create_account("Quibblecorp Inc")

    @classmethod
    def _create_account(cls, name, **values):
        return cls.env["res.partner"].create(
            {"name": name, "is_company": True, **values}
        )

    def _find(self, name, user=None, **values):
        """Return the accounts a user finds, the best first, and the first's score."""
        self.env.flush_all()
        partners = self.env["res.partner"].with_user(user or self.user_sales_leads)
        matches = partners.find_account_matches({"name": name, **values})["matches"]
        found = self.env["res.partner"].browse(match["id"] for match in matches)
        return found, (matches and matches[0]["score"]) or 0

    def _find_reasons(self, name, user=None):
        partners = self.env["res.partner"].with_user(user or self.user_sales_leads)
        return partners.find_account_matches({"name": name})["matches"][0]["reasons"]

    def _link(self, name, account=None, user=None):
        """Link a lead to an account, as a person does in its form."""
        user = user or self.user_sales_salesman
        lead = self._create_lead(user, partner_name=name)
        account = self.account if account is None else account
        lead.with_user(user).account_id = account
        return lead

    def _refuse(self, name, user, account=None):
        account = self.account if account is None else account
        alias_id = account.with_user(user).refuse_account_name(name)
        return self.aliases.browse(alias_id)

    def _get_aliases(self, account=None):
        account = self.account if account is None else account
        return self.aliases.search([("partner_id", "=", account.id)])
