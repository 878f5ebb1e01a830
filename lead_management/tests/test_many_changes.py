from odoo.tests import tagged

from ..models.crm_lead.many import NOTES, Notes
from .common import TestLeadManagementCommon


@tagged("post_install", "-at_install")
class TestManyChanges(TestLeadManagementCommon):
    """The history of leads that are changed in one call is that of each, and is written
    at once."""

    def _create_leads(self, count):
        leads = self.env["crm.lead"].create(
            [{"name": f"Lead {number}", "type": "lead"} for number in range(count)]
        )
        self.flush_tracking()
        return leads

    def _tell(self, leads):
        self.flush_tracking()
        return [
            [
                (
                    str(message.body),
                    message.author_id,
                    message.subtype_id,
                    message.message_type,
                    message.is_internal,
                    message.parent_id.res_id == lead.id,
                    [
                        (value.field_id, value.old_value_char, value.new_value_char)
                        for value in message.sudo().tracking_value_ids
                    ],
                )
                for message in lead.message_ids
            ]
            for lead in leads
        ]

    def _count_queries(self, count):
        leads = self._create_leads(count)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        leads.write({"contact_name": "Wile", "phone": "+1 202 555 0100"})
        self.flush_tracking()
        return self.env.cr.sql_log_count - before

    def test_told_as_for_each(self):
        together, single = self._create_leads(4), self._create_leads(4)
        vals = {
            "partner_name": "Acme",
            "contact_name": "Wile",
            "phone": "+1 202 555 0100",
        }
        together.write(dict(vals))
        for lead in single:
            lead.write(dict(vals))
            self.flush_tracking()
        told = self._tell(together)
        self.assertEqual(told, self._tell(single))
        self.assertEqual({len(messages) for messages in told}, {2})

    def test_noted_beside_what_is_posted(self):
        leads = self._create_leads(4)
        lost = self.env.ref("crm.mt_lead_lost")
        partner = self.user_sales_manager.partner_id
        leads.message_subscribe(partner.ids, subtype_ids=lost.ids)
        self.flush_tracking()
        leads.write({"contact_name": "Wile"})
        leads[:2].action_set_lost(lost_reason_id=self.lost_reason.id)
        self.flush_tracking()
        for lead in leads:
            message = lead.message_ids[0]
            is_lost = lead in leads[:2]
            self.assertEqual(message.subtype_id == lost, is_lost)
            self.assertEqual(partner in message.notified_partner_ids, is_lost)
            names = message.sudo().tracking_value_ids.field_id.mapped("name")
            self.assertIn("contact_name" if not is_lost else "lost_reason_id", names)

    def test_noted_beside_an_environment_without_notes(self):
        """Odoo uses an environment again as long as somebody has it."""
        leads = self._create_leads(3)
        others = leads.sudo().with_context(**{NOTES: Notes()})
        leads.write({"contact_name": "Wile"})
        self.assertEqual({len(messages) for messages in self._tell(leads)}, {2})
        self.assertFalse(others.env.context[NOTES])

    def test_no_queries_for_each(self):
        self._count_queries(4)
        few = self._count_queries(4)
        self.assertLess(self._count_queries(60), few + 12)
