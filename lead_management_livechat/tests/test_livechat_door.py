from odoo.tests import tagged

from odoo.addons.crm_livechat.tests.chatbot_common import CrmChatbotCase
from odoo.addons.lead_management_assignment.tests.common_rules import archive_rules


@tagged("post_install", "-at_install", "lead_assignment")
class TestLivechatDoor(CrmChatbotCase):
    """Leads made in live chats ask the rules as they come in, if told to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        archive_rules(cls.env)
        cls.anna = cls.env["res.users"].create(
            {
                "name": "Anna",
                "login": "anna@livechat.example.com",
                "group_ids": cls.env.ref("sales_team.group_sale_salesman").ids,
            }
        )
        cls.rule = cls.env["crm.lead.assignment.rule"].create(
            {
                "name": "Everywhere",
                "entry_ids": [
                    (0, 0, {"name": "All", "target": "user", "user_id": cls.anna.id})
                ],
            }
        )
        cls.sale_team_with_lead.user_id = cls.user_employee
        cls.step_create_lead.crm_team_id = cls.sale_team_with_lead

    def _chat(self):
        """Let a visitor tell the chatbot who they are, and return the lead."""
        data = self.make_jsonrpc_request(
            "/im_livechat/get_session",
            {
                "channel_id": self.livechat_channel.id,
                "chatbot_script_id": self.chatbot_script.id,
            },
        )
        channel = self.env["discuss.channel"].sudo().browse(data["channel_id"])
        self._post_answer_and_trigger_next_step(
            channel, chatbot_script_answer=self.step_dispatch_create_lead
        )
        self._post_answer_and_trigger_next_step(channel, email="wile@example.com")
        self._post_answer_and_trigger_next_step(channel, "123456")
        return channel.lead_ids

    def test_the_leader_of_the_team_gets_the_lead_while_the_door_is_closed(self):
        self.assertEqual(self._chat().user_id, self.user_employee)

    def test_the_rules_get_the_lead_first(self):
        self.rule.assign_livechat = True
        lead = self._chat()
        self.assertEqual(lead.user_id, self.anna)
        self.assertEqual(lead.assignment_entry_id, self.rule.entry_ids)

    def test_a_lead_that_an_operator_makes_asks_them_too(self):
        self.rule.assign_livechat = True
        channel = self._chat().origin_channel_id.with_context(default_type="lead")
        lead = channel._convert_visitor_to_lead(
            self.env.user.partner_id, "/lead Anvils for Wile"
        )
        self.assertEqual(lead.type, "lead")
        self.assertEqual(lead.user_id, self.anna)

    def test_the_leader_gets_what_nobody_gets_by_the_rules(self):
        self.rule.assign_livechat = True
        self.rule.entry_ids.unlink()
        self.assertEqual(self._chat().user_id, self.user_employee)
