from unittest.mock import patch

from odoo.tests import tagged

from ..models.crm_lead_assignment import bulk_writer
from .test_assignment_rule import TestAssignmentCommon

# Different leads have different ones, or the ORM needs no column for it.
# Every lead's own; `code` is the number that the OCA's crm_lead_code gives it.
OWN = {"id", "name", "code", *bulk_writer.SCORING_COLUMNS}


@tagged("post_install", "-at_install", "lead_assignment")
class TestAssignmentBulk(TestAssignmentCommon):
    """Many leads are assigned as one is."""

    def _assign(self, bulk_from):
        """Assign leads of several kinds, and return all that is known of them then."""
        self.env["crm.lead.assignee"].search([]).last_date = False
        leads = (
            self._create_leads(12)
            + self._create_leads(6, user_id=self.user_sales_leads.id)
            + self._create_leads(6, team_id=self.sales_team_1.id)
            + self._create_leads(6, country_id=self.country_de.id)
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = create_date - INTERVAL '3 days',"
            " date_status_update = create_date - INTERVAL '2 days',"
            " date_last_touch = create_date, write_date = create_date,"
            " date_open = date_open - INTERVAL '1 day'"
            " WHERE id = ANY(%s)",
            [leads.ids],
        )
        self.env.invalidate_all()
        with patch.object(bulk_writer, "BULK_FROM", bulk_from):
            result = leads.run_assignment_rules()
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.cr.execute(
            "SELECT * FROM crm_lead WHERE id = ANY(%s) ORDER BY id", [leads.ids]
        )
        rows = [
            {name: value for name, value in row.items() if name not in OWN}
            for row in self.env.cr.dictfetchall()
        ]
        followers = [
            sorted(
                (follower.partner_id.name, tuple(follower.subtype_ids.ids))
                for follower in lead.message_follower_ids
            )
            for lead in leads
        ]
        messages = [
            [
                (str(message.body), message.author_id.id, message.subtype_id.id)
                for message in lead.message_ids
            ]
            for lead in leads
        ]
        return result, rows, followers, messages

    def test_many_leads_get_what_each_would_get(self):
        team = self.sales_team_1
        german = [("country_id", "=", self.country_de.id)]
        self._create_entry("Germany", german, target="team", team_id=team.id)
        self._create_entry("Team", [("team_id", "!=", False)], user=self.bert)
        self._create_entry("Rest", users=self.anna + self.cora)
        one_by_one = self._assign(bulk_from=1_000)
        in_bulk = self._assign(bulk_from=1)
        self.assertEqual(one_by_one[0], in_bulk[0])
        for each_of, bulk_of in zip(one_by_one[1:], in_bulk[1:], strict=True):
            for each, bulk in zip(each_of, bulk_of, strict=True):
                self.assertEqual(each, bulk)
