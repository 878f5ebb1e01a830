from odoo.fields import Command
from odoo.tests import new_test_user, tagged, users

from odoo.addons.lead_management.tests.test_conversion_undo_since import (
    TestUndoIsRefusedInWords,
    TestUndoOfWhatWasThereBefore,
)


@tagged("post_install", "-at_install", "lead_conversion")
class TestUndoOfFeatures(TestUndoOfWhatWasThereBefore):
    @users("user_sales_salesman")
    def test_a_lead_that_was_ever_in_a_queue(self):
        queue = self.env["crm.lead.queue"].sudo().create({"name": "Undo"})
        for target in ("account", "opportunity"):
            self.lead.queue_id = queue
            self.lead.user_id = self.env.user
            self.assertTrue(self.lead.queue_event_ids)
            self._convert_and_undo(target)

    @users("user_sales_salesman")
    def test_a_lead_of_a_web_form_with_consent(self):
        form = self.env["crm.lead.capture.form"].sudo().create({"name": "Undo"})
        self.env["crm.lead.capture.submission"].sudo().create(
            {"form_id": form.id, "name": "Undo", "lead_id": self.lead.id}
        )
        self.env["crm.lead.consent"].sudo().create(
            {
                "lead_id": self.lead.id,
                "name": "News",
                "text": "News",
                "agreed_date": "2026-01-01 00:00:00",
            }
        )
        self.lead.capture_form_id = form
        for target in ("account", "opportunity"):
            self._convert_and_undo(target)
        self.assertTrue(self.lead.consent_ids)

    @users("user_sales_salesman")
    def test_a_lead_of_campaigns_and_of_an_import(self):
        campaigns = self.env["utm.campaign"].sudo()
        for number in range(2):
            campaign = campaigns.create({"title": f"Undo {number}"})
            self.env["crm.lead.campaign.member"].sudo().create(
                {"campaign_id": campaign.id, "lead_id": self.lead.id}
            )
        lead_import = self.env["crm.lead.import"].sudo().create({"name": "a.csv"})
        self.lead.import_id = lead_import
        for target in ("account", "opportunity"):
            self._convert_and_undo(target)
        self.assertEqual(len(self.lead.campaign_member_ids), 2)
        self.assertEqual(self.lead.import_id, lead_import)


@tagged("post_install", "-at_install", "lead_conversion")
class TestUndoWordsOfFeatures(TestUndoIsRefusedInWords):
    @users("user_sales_salesman")
    def test_the_name_of_who_converted_outlives_the_user(self):
        user = new_test_user(
            self.env(su=True),
            "undo_leaver",
            "sales_team.group_sale_salesman_all_leads",
            name="Lea Leaver",
        )
        lead = self.lead.with_user(user)
        [result] = lead.convert_lead()
        conversion = self.env["crm.lead.conversion"].browse(result["conversion_id"])
        conversion.with_user(user).action_undo()
        [result] = lead.convert_lead()
        second = self.env["crm.lead.conversion"].browse(result["conversion_id"])
        queue = self.env["crm.lead.queue"].sudo().create({"name": "Undo"})
        event = (
            self.env["crm.lead.queue.event"]
            .sudo()
            .create(
                {
                    "lead_id": self.lead.id,
                    "queue_id": queue.id,
                    "kind": "claimed",
                    "user_id": user.id,
                    "owner_id": user.id,
                }
            )
        )
        system = self.env(su=True)
        call = system["crm.lead.call"].create(
            {
                "lead_id": self.lead.id,
                "outcome_id": system["crm.lead.call.outcome"].search([], limit=1).id,
                "user_id": user.id,
            }
        )
        plan = system["mail.activity.plan"].create(
            {"name": "Undo", "res_model": "crm.lead"}
        )
        run = system["crm.lead.plan.run"].create(
            {"lead_id": self.lead.id, "plan_id": plan.id, "user_id": user.id}
        )
        purpose = system["crm.lead.consent.purpose"].create(
            {"name": "Undo", "text": "To undo"}
        )
        proof = {"kind": "requested", "how": "user", "user_id": user.id}
        consent = system["crm.lead.consent.state"].create(
            {
                "email_normalized": "lea@leaver.example",
                "purpose_id": purpose.id,
                "date": self.env.cr.now(),
                "event_ids": [Command.create(proof | {"date": self.env.cr.now()})],
            }
        )
        self.env.flush_all()
        user.sudo().unlink()
        self.env.invalidate_all()
        self.assertEqual(call.user_name, "Lea Leaver")
        self.assertEqual(run.user_name, "Lea Leaver")
        self.assertEqual(consent.event_ids.mapped("user_name"), ["Lea Leaver"])
        self.assertFalse(conversion.user_id)
        self.assertEqual(conversion.user_name, "Lea Leaver")
        self.assertEqual(conversion.undone_user_name, "Lea Leaver")
        self.assertEqual(self.lead.conversion_user_name, "Lea Leaver")
        self.assertEqual((event.user_name, event.owner_name), ("Lea Leaver",) * 2)
        # Not by what they raise: Odoo's tests flush as every user there was.
        self.assertIn("Lea Leaver has undone it", conversion._get_undo_refusal())
        self.assertEqual(second._get_undo_refusal(), "only a sales manager can undo it")
        [refusal] = self.lead.with_env(self.env)._get_conversion_refusals().values()
        self.assertIn("was converted by Lea Leaver", refusal)
