import re

from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import SQL

from odoo.addons.lead_management.models.crm_lead import open_lead

# By what open leads are looked up
INDEXES = {
    "mailbox": "crm_lead_mailbox_idx",
    "phone": "crm_lead__phone_sanitized_index",
    "account_key": "crm_lead_account_key_idx",
    "domain": "crm_lead_account_domain_idx",
    "customer": "crm_lead__partner_id_index",
}


@tagged("post_install", "-at_install")
class TestIndexes(TransactionCase):
    """Indexes of the addon serve the queries of the ORM."""

    def test_conditions_are_those_of_domains(self):
        """`("active", "=", True)` becomes `active IS TRUE`, and PostgreSQL does not see
        that an index `WHERE active` has what it asks for."""
        self.env.cr.execute(
            """
            SELECT class.relname, pg_get_expr(index.indpred, index.indrelid),
                   array_agg(attribute.attname::text)
              FROM pg_index index
              JOIN pg_class class ON class.oid = index.indexrelid
              JOIN pg_class indexed ON indexed.oid = index.indrelid
              JOIN pg_attribute attribute ON attribute.attrelid = index.indrelid
             WHERE indexed.relname ~ '^(crm_|res_partner|utm_)'
               AND index.indpred IS NOT NULL
               AND attribute.atttypid = 'bool'::regtype
             GROUP BY 1, 2
            """
        )
        found = {
            name: (condition, columns)
            for name, condition, columns in self.env.cr.fetchall()
        }
        wrong = {
            name: condition
            for name, (condition, columns) in found.items()
            if any(re.search(rf"\b{column}\b(?! IS )", condition) for column in columns)
        }
        self.assertFalse(wrong)

    def test_nothing_is_indexed_twice(self):
        """Native may have an index of ours by now, under another name."""
        self.env.cr.execute(
            """
            SELECT array_agg(indexrelid::regclass::text)
              FROM pg_index
              JOIN pg_class indexed ON indexed.oid = indrelid
             WHERE indexed.relname ~ '^(crm_lead|res_partner$)'
             GROUP BY indrelid, indkey::text, indclass::text, indoption::text,
                      pg_get_expr(indexprs, indrelid), pg_get_expr(indpred, indrelid)
            HAVING COUNT(*) > 1
            """
        )
        self.assertFalse(self.env.cr.fetchall())

    def test_open_leads_are_found_by_indexes_of_open_leads(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        # To PostgreSQL, all indexes of an empty table are alike.
        self.env.cr.execute("DROP INDEX crm_lead_default_order_idx")
        for name, *how in open_lead.EVIDENCE:
            value = 1 if name == "customer" else "x"
            query = self.env["crm.lead"]._select_open_leads(*how, [(0, value, 1)], None)
            plan = self.env.execute_query(SQL("EXPLAIN %s", query))
            index = INDEXES[name]
            with self.subTest(name=name):
                self.assertIn(f" {index} ", "\n".join(line for [line] in plan))

    def test_own_opportunities_of_a_lead_are_found_by_indexes(self):
        """Of few leads, PostgreSQL takes other ones."""
        lead = self.env["crm.lead"].new(
            {"partner_name": "Zenobia", "email_from": "jane@zenobia.example"}
        )
        none = self.env["res.partner"]
        domain = lead._get_own_opportunity_domain(none, none)
        asked = {it.field_expr: it.value for it in domain.iter_conditions()}
        self.assertEqual(asked["email_domain_criterion"], "@zenobia.example")
        self.assertEqual(asked["email_normalized"], "jane@zenobia.example")
        self.assertEqual(asked["account_key"], "zenobia")
        self.assertTrue(lead._fields["email_domain_criterion"].index)

    def test_a_page_of_nobody_s_leads_is_expected_to_have_as_many_as_it_has(self):
        """PostgreSQL expected few, and gathered and sorted all of them."""
        seller, other = (
            new_test_user(self.env, login, "sales_team.group_sale_salesman")
            for login in ("seller_of_own", "seller_of_others")
        )
        self.env["crm.lead"].create(
            [
                {
                    "name": f"Lead {number}",
                    "type": "lead",
                    "user_id": other.id if number % 10 else False,
                }
                for number in range(100)
            ]
        )
        self.env.flush_all()
        self.env.cr.execute("ANALYZE crm_lead")
        leads = self.env["crm.lead"].with_user(seller)
        domain = [("user_id", "=", False), ("type", "=", "lead")]
        count = leads.search_count(domain)
        query = leads._search(domain).select()
        [[plan]] = self.env.execute_query(SQL("EXPLAIN (FORMAT JSON) %s", query))
        self.assertGreater(plan[0]["Plan"]["Plan Rows"], count / 2)
