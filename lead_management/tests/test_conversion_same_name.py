from datetime import timedelta

from odoo.tests import tagged, users

from .test_lead_conversion import ConversionCase

ONE, OTHER = "https://quokka.example", "https://quokka-tools.example"


@tagged("post_install", "-at_install", "lead_conversion")
class TestConversionSameName(ConversionCase):
    """Leads of one company's name that contradict each other are of two companies,
    whether they are converted together or each by itself.

    In a batch, those of one new company's name that don't contradict each other share
    its account even where the settings say that only people link accounts; none is
    linked to an account that was there before.
    """

    def _create_leads(self, *said, name="Quokkaworks"):
        return self.env["crm.lead"].create(
            [
                {
                    "type": "lead",
                    "name": f"Lead {number}",
                    "contact_name": f"Person {number} Brook",
                    "partner_name": name,
                    **values,
                }
                for number, values in enumerate(said)
            ]
        )

    def _open(self, leads):
        wizards = self.env["crm.lead2opportunity.partner.mass"].with_context(
            active_model="crm.lead", active_id=leads[0].id, active_ids=leads.ids
        )
        return wizards.create({})

    def _tell(self, leads):
        accounts = leads.grouped(lambda lead: lead.conversion_id.account_id)
        return [same.mapped("name") for same in accounts.values()]

    def _check(self, leads, *expected):
        """Check which leads share an account: one by one, together, and planned."""
        with self.env.cr.savepoint() as savepoint:
            for lead in leads:
                self._open(lead).action_mass_convert()
                self.env.flush_all()
            self.assertEqual(self._tell(leads), [*expected], "one by one")
            savepoint.rollback()
        self.env.invalidate_all()
        wizard = self._open(leads)
        plan = wizard.plan
        wizard.action_mass_convert()
        self.assertEqual(self._tell(leads), [*expected], "together")
        planned = [
            group["leads"]
            for kind in ("links", "accounts", "doubts")
            for group in plan[kind]
        ]
        self.assertCountEqual(planned, expected, "planned")
        return plan

    @users("user_sales_manager")
    def test_another_web_site_is_another_company(self):
        leads = self._create_leads(
            {}, {"website": ONE}, {"website": OTHER}, {}, {"website": OTHER}
        )
        self._check(leads, ["Lead 0", "Lead 1", "Lead 3"], ["Lead 2", "Lead 4"])

    @users("user_sales_manager")
    def test_account_gets_a_web_site_from_the_first_lead(self):
        account = self.env["res.partner"].create(
            {"name": "Quokkaworks", "is_company": True}
        )
        leads = self._create_leads({"website": ONE}, {"website": OTHER}, {})
        plan = self._check(leads, ["Lead 0", "Lead 2"], ["Lead 1"])
        self.assertEqual([group["id"] for group in plan["links"]], account.ids)
        self.assertEqual([group["name"] for group in plan["doubts"]], ["Quokkaworks"])
        self.assertEqual(account.website, ONE)

    @users("user_sales_manager")
    def test_email_domain_makes_two_web_sites_one_company(self):
        leads = self._create_leads(
            {"website": ONE, "email_from": "ann@quokka.example"},
            {"website": OTHER, "email_from": "ben@quokka.example"},
        )
        self._check(leads, ["Lead 0", "Lead 1"])

    @users("user_sales_manager")
    def test_legal_forms_of_two_countries(self):
        leads = self._create_leads(
            {"partner_name": "Quokkaworks Oy"},
            {"partner_name": "Quokkaworks GmbH"},
            {"partner_name": "Quokkaworks GmbH", "website": ONE},
            {"partner_name": "Quokkaworks"},
        )
        self._check(leads, ["Lead 0", "Lead 3"], ["Lead 1", "Lead 2"])

    @users("user_sales_manager")
    def test_lead_of_another_name_gives_an_account_its_web_site(self):
        account = self.env["res.partner"].create(
            {"name": "Numbats", "is_company": True, "email": "desk@numbat.example"}
        )
        leads = self._create_leads(
            {"website": ONE},
            {"website": OTHER},
            {"website": OTHER, "email_from": "desk@numbat.example"},
            {"partner_name": "Numbats", "website": "https://numbats-shop.example"},
        )
        self._check(leads, ["Lead 0"], ["Lead 1"], ["Lead 2"], ["Lead 3"])
        self.assertEqual(leads[2].conversion_id.account_id, account)

    @users("user_sales_manager")
    def test_namesake_of_no_company_is_somebody_else(self):
        """The lead was linked to that person, as contact and account."""
        self.env["res.partner"].create({"name": "Person 0 Brook"})
        leads = self._create_leads({})
        self._check(leads, ["Lead 0"])
        self.assertEqual(leads.conversion_id.account_id.name, "Quokkaworks")

    @users("user_sales_manager")
    def test_companies_that_contradict_each_other_are_converted_together(self):
        """There was a round for each web site."""
        leads = self._create_leads(
            *({"website": f"https://quokka{at}.example"} for at in range(9)), {}
        )
        wizard = self._open(leads)
        rounds = wizard._get_rounds(leads, wizard._get_links(leads))
        self.assertEqual(rounds, [leads])
        first, *others = leads[:9].mapped("name")
        self._check(leads, [first, leads[9].name], *([name] for name in others))

    @users("user_sales_manager")
    def test_company_that_is_spelled_in_two_ways(self):
        """Each spelling got an account."""
        spelled = {"partner_name": "Quokkaworks Tools"}
        for told in (
            {"website": ONE},
            {"email_from": "{}@quokka.example"},
            {"company_phone": "+1 202 555 0123"},
        ):
            with self.subTest(told=told), self.env.cr.savepoint() as savepoint:
                leads = self._create_leads(
                    *(
                        {name: text.format(who) for name, text in told.items()} | more
                        for who, more in (("ann", {}), ("ben", spelled))
                    ),
                    spelled,
                )
                self._check(leads, ["Lead 0", "Lead 1"], ["Lead 2"])
                savepoint.rollback()
            self.env.invalidate_all()

    @users("user_sales_manager")
    def test_country_tells_which_of_two_companies(self):
        here, there = self.env.ref("base.be").id, self.env.ref("base.fr").id
        leads = self._create_leads(
            {"website": ONE, "country_id": here},
            {"website": OTHER, "country_id": there},
            {"country_id": there},
            {"country_id": here},
            {},
        )
        self._check(leads, ["Lead 0", "Lead 3", "Lead 4"], ["Lead 1", "Lead 2"])

    @users("user_sales_manager")
    def test_the_setting_says_what_is_sure(self):
        leads = self._create_leads({"website": ONE}, {"website": OTHER})
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("lead_management.account_match_sure", "80")
        self._check(leads, ["Lead 0", "Lead 1"])

    @users("user_sales_manager")
    def test_new_account_is_shared_where_only_people_link_accounts(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("lead_management.auto_link", "never")
        account = self.env["res.partner"].create(
            {"name": "Quokkaworks", "is_company": True, "website": ONE}
        )
        spelled = {"partner_name": "Quokkaworks Tools", "website": ONE}
        leads = self._create_leads({"website": ONE}, {}, spelled, {"website": OTHER})
        expected = [["Lead 0", "Lead 1"], ["Lead 2"], ["Lead 3"]]
        wizard = self._open(leads)
        groups = wizard.plan["links"] + wizard.plan["accounts"] + wizard.plan["doubts"]
        self.assertCountEqual([group["leads"] for group in groups], expected)
        wizard.action_mass_convert()
        self.assertEqual(self._tell(leads), expected)
        self.assertNotIn(account, leads.conversion_id.account_id)

    @users("user_sales_manager")
    def test_account_that_one_lead_brings_back_is_there_for_the_next(self):
        """It was archived when the batch began: the next one got a new account."""
        account = self.env["res.partner"].create(
            {"name": "Quokkaworks", "is_company": True, "active": False}
        )
        leads = self._create_leads({}, {"account_id": account.id}, {})
        self._check(leads, ["Lead 0"], ["Lead 1", "Lead 2"])

    @users("user_sales_manager")
    def test_one_call_with_leads_of_two_companies(self):
        leads = self._create_leads({"website": ONE}, {"website": OTHER}, {})
        leads.convert_lead()
        self.assertEqual(self._tell(leads), [["Lead 0", "Lead 2"], ["Lead 1"]])

    @users("user_sales_manager")
    def test_account_just_made_of_another_web_site(self):
        """Somebody else has made it a minute ago."""
        account = self.env["res.partner"].create(
            {"name": "Quokkaworks", "is_company": True, "website": ONE}
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = %s WHERE id = %s",
            (self.env.cr.now() - timedelta(minutes=1), account.id),
        )
        leads = self._create_leads({"website": OTHER}, {"website": ONE})
        for lead in leads:
            lead.convert_lead()
        other, same = leads.conversion_id.account_id
        self.assertNotEqual(other, account)
        self.assertEqual(same, account)
