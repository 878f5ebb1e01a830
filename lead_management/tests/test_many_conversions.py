from odoo.tests import tagged, users

from .test_lead_conversion import ConversionCase


@tagged("post_install", "-at_install", "lead_conversion")
class TestManyConversions(ConversionCase):
    """Leads that are converted in one call are as those converted one by one, with
    their followers, history and probability, and cost less."""

    def _create_leads(self, count, name, owners=1):
        users = self.user_sales_salesman | self.user_sales_manager
        return (
            self.env["crm.lead"]
            .with_context(tracking_disable=True)
            .create(
                [
                    {
                        "type": "lead",
                        "name": f"Lead {number}",
                        "contact_name": f"Person {number}",
                        "partner_name": f"{name} {number}",
                        "email_from": f"person{number}@{name.lower()}.example",
                        "user_id": users[number % owners].id,
                        "probability": 25,
                    }
                    for number in range(count)
                ]
            )
            .with_env(self.env)
        )

    def _tell(self, leads):
        """Return what became of leads, but for what they are called."""
        self.flush_tracking()
        return [
            {
                "probability": (lead.probability, lead.automated_probability),
                "state": (lead.type, lead.stage_id, lead.status_id, lead.team_id),
                "before": lead.status_before_id,
                "followers": [
                    {(one.partner_id, one.subtype_ids) for one in followed}
                    for followed in (
                        lead.partner_id.sudo().message_follower_ids,
                        lead.partner_id.parent_id.sudo().message_follower_ids,
                    )
                ],
                "history": [
                    (
                        message.author_id,
                        message.subtype_id,
                        [
                            (value.field_id.name, value.old_value_integer)
                            for value in message.sudo().tracking_value_ids
                        ],
                    )
                    for message in lead.message_ids
                ],
            }
            for lead in leads
        ]

    @users("user_sales_manager")
    def test_as_one_by_one(self):
        together = self._create_leads(6, "Together", owners=2)
        single = self._create_leads(6, "Single", owners=2)
        self.flush_tracking()
        together.convert_lead(target="opportunity")
        for lead in single:
            lead.convert_lead(target="opportunity")
            self.flush_tracking()
        told = self._tell(together)
        self.assertEqual(told, self._tell(single))
        self.assertTrue(all(lead["followers"][0] for lead in told))
        self.assertTrue(all(lead["history"][0][2] for lead in told))

    @users("user_sales_manager")
    def test_no_queries_for_each(self):
        def count(number):
            leads = self._create_leads(number, f"Company{number}")
            self.flush_tracking()
            before = self.env.cr.sql_log_count
            leads.convert_lead(target="opportunity")
            self.flush_tracking()
            return self.env.cr.sql_log_count - before

        count(3)
        few = count(3)
        # Native, and other apps, ask some thirty for each.
        self.assertLess(count(40), few + 37 * 8)

    @users("user_sales_manager")
    def test_who_follows_is_told_of_what_is_posted_meanwhile(self):
        partners = self.env["res.partner"]
        user = self.user_sales_salesman

        def get_subtype(partner):
            return partner.env.ref("mail.mt_comment")

        self.patch(type(partners), "_creation_subtype", get_subtype)
        one, two = partners._create_together(
            [{"name": name, "user_id": user.id} for name in ("One", "Two")]
        )
        for partner in one | two:
            self.assertIn(user.partner_id, partner.message_partner_ids)
            self.assertIn(user.partner_id, partner.message_ids.notified_partner_ids)
