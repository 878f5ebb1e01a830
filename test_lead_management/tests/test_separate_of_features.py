from odoo.tests import tagged

from odoo.addons.lead_management_duplicate.tests.merge_common import MergeCase


@tagged("post_install", "-at_install", "lead_merge")
class TestSeparateOfFeatures(MergeCase):
    """Separating leads gives back what other addons have moved with a merge."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leads = cls.env["crm.lead"]
        for name in ("First", "Second"):
            cls.leads |= cls._create_lead(
                cls.manager,
                name=name,
                contact_last_name=name,
                email_from=f"{name.lower()}@test.example.com",
            )

    def _hang_features(self):
        """Hang on both leads what visitors, members of queues and callers leave."""
        system = self.env(su=True)
        form = system["crm.lead.capture.form"].create({"name": "Separate"})
        queue = system["crm.lead.queue"].create({"name": "Separate"})
        campaigns = system["utm.campaign"].create(
            [{"title": f"Separate {number}"} for number in range(2)]
        )
        outcome = system["crm.lead.call.outcome"].search([], limit=1)
        for lead, some in zip(self.leads, (campaigns[0], campaigns), strict=True):
            system["crm.lead.capture.submission"].create(
                {"form_id": form.id, "name": lead.name, "lead_id": lead.id}
            )
            system["crm.lead.consent"].create(
                {
                    "lead_id": lead.id,
                    "name": "News",
                    "text": lead.name,
                    "agreed_date": "2026-01-01 00:00:00",
                }
            )
            system["crm.lead.queue.event"].create(
                {"lead_id": lead.id, "queue_id": queue.id, "kind": "claimed"}
            )
            system["crm.lead.call"].create(
                {"lead_id": lead.id, "outcome_id": outcome.id}
            )
            # Members of the campaign that both are in become one.
            system["crm.lead.campaign.member"].create(
                [{"campaign_id": campaign.id, "lead_id": lead.id} for campaign in some]
            )

    def test_all_goes_back(self):
        self._hang_features()
        before = self._get_rows(self.leads)
        kept = self.leads.with_user(self.manager).merge_opportunity()
        self.env.invalidate_all()
        submissions = self.env["crm.lead.capture.submission"]
        self.assertEqual(submissions.search_count([("lead_id", "=", kept.id)]), 2)
        self._get_merge(kept).with_user(self.manager).action_separate()
        self.assertEqual(self.leads.exists(), self.leads)
        self._assert_restored(before, self.leads)

    def test_what_came_since_stays(self):
        self._hang_features()
        kept = self.leads.with_user(self.manager).merge_opportunity()
        gone = self.leads - kept
        submissions = self.env["crm.lead.capture.submission"].sudo()
        own = submissions.search([("lead_id", "=", kept.id)])
        late = submissions.create(
            {"form_id": own[0].form_id.id, "name": "Late", "lead_id": kept.id}
        )
        self._get_merge(kept).with_user(self.manager).action_separate()
        self.assertEqual((late.lead_id, len(own)), (kept.with_env(self.env), 2))
        self.assertEqual(own.lead_id, self.leads)
        self.assertTrue(gone.exists())

    def test_what_came_of_mailings_goes_back(self):
        mailing = self.env["mailing.mailing"].create(
            {
                "subject": "Spring news",
                "mailing_model_id": self.env["ir.model"]._get_id("crm.lead"),
            }
        )
        traces = self.env["mailing.trace"].create(
            [
                {
                    "mass_mailing_id": mailing.id,
                    "model": lead._name,
                    "res_id": lead.id,
                    "email": lead.email_from,
                }
                for lead in self.leads
            ]
        )
        kept = self.leads.with_user(self.manager).merge_opportunity()
        self.assertEqual(set(traces.mapped("res_id")), {kept.id})
        self._get_merge(kept).with_user(self.manager).action_separate()
        self.assertEqual(traces.mapped("res_id"), self.leads.ids)
