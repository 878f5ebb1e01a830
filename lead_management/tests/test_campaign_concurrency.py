from odoo import SUPERUSER_ID, api
from odoo.exceptions import ConcurrencyError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install", "lead_campaign")
class TestCampaignConcurrency(BaseCase):
    """Two add the same lead to a campaign at once, over connections of their own."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            campaign = env["utm.campaign"].create({"title": "At once"})
            lead = env["crm.lead"].create({"name": "At once", "type": "lead"})
            self.ids = campaign.id, lead.id
        self.addCleanup(self._delete_all)

    def _delete_all(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
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
        with self.registry.cursor() as cr:
            self._add(api.Environment(cr, SUPERUSER_ID, {}))

    def test_who_comes_second_tries_again_and_finds_the_member(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            cr.execute("SELECT count(*) FROM crm_lead_campaign_member")  # the snapshot
            self._add_elsewhere()
            tries = []

            def work():
                tries.append(True)
                return self._add(env)

            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(ConcurrencyError),
                cr.savepoint(),
            ):
                self._add(env)
            with mute_logger("odoo.sql_db"):
                member = retrying(work, env)
            self.assertEqual(len(tries), 2)
            campaign, _lead = self._get_records(env)
            self.assertEqual(member.search([("campaign_id", "=", campaign.id)]), member)
