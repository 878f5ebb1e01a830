from odoo.tests import new_test_user, tagged

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon
from odoo.addons.lead_management_assignment.tests.common_rules import archive_rules


@tagged("post_install", "-at_install")
class TestNoticeLanguage(TestLeadManagementCommon):
    """Notices are in the language of who gets them, not of what sends them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("de_DE")
        cls.german, cls.other = (
            new_test_user(cls.env, login, "sales_team.group_sale_manager")
            for login in ("notice_german", "notice_other")
        )
        cls.german.lang, cls.other.lang = "de_DE", "en_US"

    def _get_subjects(self, notify):
        """Return the subjects of the notices to the German and to the other one."""
        messages = self.env["mail.message"]
        last_id = messages.search([], order="id desc", limit=1).id
        with self.mock_mail_gateway():
            notify()
        return [
            messages.search(
                [
                    ("id", ">", last_id),
                    ("notified_partner_ids", "in", user.partner_id.ids),
                ]
            ).mapped("subject")
            for user in (self.german, self.other)
        ]

    def test_notices_of_a_form(self):
        form = self.env["crm.lead.capture.form"].create(
            {"name": "Fair", "notify_user_ids": (self.german | self.other).ids}
        )
        of_german, of_other = self._get_subjects(lambda: form._notify_limit(3))
        self.assertIn("Das Formular „Fair“ hat sein Tageslimit erreicht", of_german)
        self.assertIn("The form “Fair” has reached its daily limit", of_other)

    def test_notice_of_an_entry_that_can_not_send(self):
        rules = self.env["crm.lead.assignment.rule"]
        archive_rules(self.env)
        # Who made the rule and who made the entry are told.
        rule = rules.with_user(self.german).create({"name": "Rule"})
        entry = self.env["crm.lead.assignment.rule.entry"].with_user(self.other)
        entry = entry.create(
            {
                "name": "Fair",
                "rule_id": rule.id,
                "target": "user",
                "user_id": self.user_sales_salesman.id,
            }
        )
        of_german, of_other = self._get_subjects(
            lambda: entry.with_env(self.env)._notify_mail_failed("No such field")
        )
        self.assertIn("Der Eintrag „Fair“ kann seine E-Mail nicht senden", of_german)
        self.assertIn("The entry “Fair” can't send its email", of_other)
