from odoo.tests import new_test_user, tagged

from .test_lead_rating import TestLeadRatingCommon


@tagged("post_install", "-at_install", "lead_rating")
class TestRuleLanguage(TestLeadRatingCommon):
    """Filters mean what they meant to who built them, whoever has them asked."""

    def test_a_filter_means_the_same_in_every_language(self):
        """It was compared with the names that whoever made a lead sees."""
        self.env["res.lang"]._activate_lang("de_DE")
        self.tag_hot.with_context(lang="de_DE").name = "Heiß"
        german = self.rule_hot.with_context(lang="de_DE")
        german.domain = "[('tag_ids', 'ilike', 'Heiß')]"
        self.rule_hot.sequence = 0  # somebody else changes something else
        for lang in ("en_US", "de_DE"):
            leads = self.env["crm.lead"].with_context(lang=lang)
            values = {"name": "Rated", "type": "lead", "tag_ids": self.tag_hot.ids}
            self.assertEqual(leads.create(values).stars, "4", lang)

    def test_filter_in_a_language_that_is_gone_is_asked_still(self):
        """It was passed over: `Invalid language code`."""
        lang = self.env["res.lang"]._activate_lang("et_EE")
        estonian = self.rule_german.with_context(lang="et_EE")
        estonian.domain += " "
        self.assertEqual(estonian.with_context(lang=None).copy().domain_lang, "et_EE")
        lang.active = False
        lead = self._create_leads({"country_id": self.country_de.id})
        self.assertEqual(lead.stars, "2")
        rule = self.rule_german.with_context(lang=None)
        self.assertFalse(rule._get_domain_problem())

    def test_rules_are_asked_whoever_may_read_them(self):
        """And without reading them anew for each batch."""
        user = new_test_user(self.env, "nobody_of_sales", "base.group_user")
        lead = self._create_leads({"country_id": self.country_de.id}).sudo()
        rules = self.env["crm.lead.star.rule"].with_user(user)
        rules._get_cached_rules()
        self.env.flush_all()
        self.env.invalidate_all()
        lead.mapped("country_id.code")
        self.assertTrue(rules._find_rules(lead)[lead])
