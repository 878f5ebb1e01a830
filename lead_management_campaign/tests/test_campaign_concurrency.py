from odoo.exceptions import ConcurrencyError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.lead_management.tests.at_once import AtOnceCase


@tagged("post_install", "-at_install", "lead_campaign")
class TestCampaignConcurrency(AtOnceCase):
    """Two add the same lead to a campaign at once."""

    def setUp(self):
        super().setUp()
        with self.environment() as env:
            campaign = env["utm.campaign"].create({"title": "At once"})
            lead = env["crm.lead"].create({"name": "At once", "type": "lead"})
            self.ids = campaign.id, lead.id

    def _delete_all(self):
        with self.environment() as env:
            campaign, lead = self._get_records(env)
            lead.unlink()
            campaign.unlink()

    def _get_records(self, env):
        campaign_id, lead_id = self.ids
        return env["utm.campaign"].browse(campaign_id), env["crm.lead"].browse(lead_id)

    def _add(self, env):
        campaign, lead = self._get_records(env)
        return lead._add_to_campaign(campaign)

    def _add_elsewhere(self):
        with self.environment() as env:
            self._add(env)

    def test_who_comes_second_tries_again_and_finds_the_member(self):
        with self.environment() as env:
            env["crm.lead.campaign.member"].search_count([])  # the snapshot
            self._add_elsewhere()
            tries = []

            def work():
                tries.append(True)
                return self._add(env)

            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(ConcurrencyError),
                env.cr.savepoint(),
            ):
                self._add(env)
            with mute_logger("odoo.sql_db"):
                member = retrying(work, env)
            self.assertEqual(len(tries), 2)
            campaign, _lead = self._get_records(env)
            self.assertEqual(member.search([("campaign_id", "=", campaign.id)]), member)
