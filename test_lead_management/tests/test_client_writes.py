import contextlib

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.lead_management.tests.common import TestLeadManagementCommon

HOUSE = "lead_management"


@tagged("post_install", "-at_install", "lead_access", "lead_house")
class TestClientWrites(TestLeadManagementCommon):
    """What no client can write, asked of every field the house adds to any model."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env["res.users"].create(
            {
                "name": "Admin of all",
                "login": "lead_admin_of_all",
                "group_ids": [
                    Command.set(
                        [
                            cls.env.ref(group).id
                            for group in (
                                "base.group_user",
                                "base.group_system",
                                "base.group_partner_manager",
                                "sales_team.group_sale_manager",
                            )
                        ]
                    )
                ],
            }
        )

    def _get_models(self):
        """Return the models that some client may create or write, with the fields of
        the house among theirs."""
        for name in sorted(self.env.registry):
            model = self.env[name].with_user(self.admin)
            if model._abstract or not (
                model.has_access("create") or model.has_access("write")
            ):
                continue
            if name == "res.config.settings":
                continue  # nothing of its own: it writes companies and parameters
            fields = {
                name: field
                for name, field in model._fields.items()
                if (field._module or "").startswith(HOUSE)
                and name not in ("create_uid", "write_uid", "create_date", "write_date")
            }
            if fields:
                yield model, fields

    def _hide(self, model_name):
        """Hide a record of a model from everybody but the superuser."""
        model = self.env[model_name].with_context(active_test=False)
        record = self._find_or_create(model)
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env["ir.model"]._get_id(model_name),
                "domain_force": [("id", "!=", record.id)],
            }
        )
        return record

    def _find_or_create(self, model):
        """Return a record, and make one, with what it hangs on, if there is none."""
        if record := model.search([], limit=1, order="id desc"):
            return record
        values = self._get_values_of(model._name)
        for name, field in model._fields.items():
            if (
                (field.required and field.type == "many2one")
                and not field.default
                and name not in values
            ):
                comodel = self.env[field.comodel_name].with_context(active_test=False)
                values[name] = self._find_or_create(comodel).id
        # What it hangs on may have brought one along.
        return model.search([], limit=1, order="id desc") or model.create(values)

    def _get_values_of(self, model_name):
        if model_name == "crm.lead.assignment.rule.entry":
            rule = self.env["crm.lead.assignment.rule"].create({"name": "Rule"})
            return {"rule_id": rule.id, "name": "Entry", "user_id": self.admin.id}
        if model_name == "mail.activity.plan":
            return {"name": "Hidden", "res_model": "crm.lead"}
        texts = {
            name: "https://example.com/hidden"
            for name, field in self.env[model_name]._fields.items()
            if field.required and field.type in ("char", "text")
        }
        return {**texts, "name": "Hidden"}

    def _has_secrets(self, model_name):
        """Tell whether not everybody may read every record of a model."""
        domain = [("model_id.model", "=", model_name), ("perm_read", "=", True)]
        model = self.env[model_name]
        return not model._transient and self.env["ir.rule"].search_count(domain) > 0

    def _get_links(self, fields):
        return [
            name
            for name, field in fields.items()
            if field.type == "many2one"
            and not (field.compute and field.readonly)
            and not getattr(field, "system", False)
        ]

    def test_no_link_tells_the_name_of_a_hidden_record(self):
        asked = set()
        for model, fields in self._get_models():
            for name in self._get_links(fields):
                comodel = fields[name].comodel_name
                if not self._has_secrets(comodel):
                    continue
                asked.add((model._name, name))
                with self.subTest(model=model._name, field=name), self._undone():
                    self._try_link(model, name, self._hide(comodel))
        self.assertLessEqual(
            {
                ("crm.lead", "account_id"),
                ("crm.lead", "account_contact_id"),
                ("crm.lead", "queue_id"),
                ("res.partner", "primary_contact_id"),
                ("crm.lead2opportunity.partner", "same_person_id"),
                ("crm.lead.campaign.member", "partner_id"),
                ("crm.lead.assignment.rule.entry", "user_id"),
                ("crm.lead.bulk", "queue_id"),
            },
            asked,
        )

    def _undone(self):
        return _Undone(self.env.cr)

    def _try_link(self, model, name, hidden):
        self.env.flush_all()
        self.env.registry.clear_cache()
        self.env.invalidate_all()
        value = hidden.id
        spec = {name: {"fields": {"display_name": {}}}}
        if model.has_access("create"):
            for create in (
                lambda: model.create({name: value}),
                lambda: model.browse().web_save({name: value}, spec),
                lambda: model.onchange({name: value}, [name], spec),
            ):
                with self.assertRaises(AccessError) as refusal:
                    create()
                self.assertNotIn(
                    hidden.sudo().display_name, str(refusal.exception).split("“")[0]
                )
            # Some models make their defaults of something else.
            given = model.with_context(**{f"default_{name}": value})
            with contextlib.suppress(AccessError):
                self.assertNotEqual(given.default_get([name]).get(name), value)
            with contextlib.suppress(AccessError):
                answer = given.onchange({}, [], spec)["value"].get(name)
                self.assertNotIn(hidden.sudo().display_name, str(answer))
        record = model.search([("id", "!=", hidden.id), (name, "!=", value)], limit=1)
        if record and model.has_access("write"):
            for write in (
                lambda: record.write({name: value}),
                lambda: record.web_save({name: value}, spec),
                lambda: record.onchange({name: value}, [name], spec),
            ):
                with self.assertRaises(AccessError):
                    write()

    def test_no_computed_or_system_field_can_be_given(self):
        asked = set()
        for model, fields in self._get_models():
            for name, field in fields.items():
                is_computed = (
                    *(field.compute, field.store, field.readonly),
                    *(not field.related, not field.inverse),
                )
                if not (all(is_computed) or getattr(field, "system", False)):
                    continue
                asked.add((model._name, name))
                with self.subTest(model=model._name, field=name), self._undone():
                    self._try_value(model, name)
        self.assertLessEqual(
            {
                ("crm.lead", "bant_score"),
                ("crm.lead", "is_unread"),
                ("crm.lead", "account_key"),
                ("crm.lead", "stars_manual"),
                ("crm.lead", "import_id"),
                ("res.partner", "account_key"),
                ("crm.lead.queue", "user_ids"),
                ("crm.lead.capture.form", "token"),
            },
            asked,
        )

    def _try_value(self, model, name):
        field = model._fields[name]
        value = {
            "integer": 100,
            "float": 1.5,
            "boolean": True,
            "many2one": 1,
            "many2many": [Command.set([self.env.uid])],
            "datetime": "2026-01-01 00:00:00",
            "date": "2026-01-01",
            "json": {"a": 1},
        }.get(field.type, "100")
        if model.has_access("create"):
            with self.assertRaises(AccessError):
                model.create({name: value})
            default = model.with_context(**{f"default_{name}": value})
            given = default.default_get([name]).get(name)
            self.assertNotEqual(given, value)
        if model.has_access("write"):
            record = model.search([], limit=1)
            with self.assertRaises(AccessError):
                record.write({name: value})
            with self.assertRaises(AccessError):
                record.web_save({name: value}, {name: {}})
            if record and not model._transient:
                with self.assertRaises(AccessError):
                    record.copy({name: value})


class _Undone:
    """Undo in the database what happens within."""

    def __init__(self, cr):
        self.savepoint = cr.savepoint()
        self.cr = cr

    def __enter__(self):
        self.point = self.savepoint.__enter__()

    def __exit__(self, kind, *_rest):
        if kind is None:
            self.point.rollback()
        return self.savepoint.__exit__(kind, *_rest)


@tagged("post_install", "-at_install", "lead_access")
class TestLinksOfSalespeople(TestLeadManagementCommon):
    """A salesperson of one company, and the accounts of another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        other = cls.env["res.company"].create({"name": "Elsewhere Ltd"})
        cls.hidden = cls.env["res.partner"].create(
            {"name": "Secret Customer", "is_company": True, "company_id": other.id}
        )
        cls.hidden_contact = cls.env["res.partner"].create(
            {
                "name": "Secret Person",
                "parent_id": cls.hidden.id,
                "company_id": other.id,
            }
        )
        cls.lead = cls.lead_own.with_user(cls.user_sales_salesman)

    def test_account_that_one_may_not_open_is_refused_like_the_customer(self):
        for name, partner in (
            ("account_id", self.hidden),
            ("account_contact_id", self.hidden_contact),
        ):
            with self.subTest(field=name), self.assertRaises(AccessError) as refusal:
                self.lead.write({name: partner.id})
            self.assertNotIn("Secret", str(refusal.exception))
            self.assertFalse(self.lead_own[name])

    def test_typing_an_account_tells_no_name_by_way_of_other_fields(self):
        spec = {
            name: {"fields": {"display_name": {}}}
            for name in ("account_id", "account_contact_id", "commercial_partner_id")
        }
        for lead in (self.lead, self.lead.browse()):
            with self.assertRaises(AccessError) as refusal:
                lead.onchange({"account_id": self.hidden.id}, ["account_id"], spec)
            self.assertNotIn("Secret", str(refusal.exception))

    def test_link_that_somebody_else_made_stays(self):
        self.lead_own.account_id = self.hidden
        self.lead.write({"account_id": self.hidden.id, "description": "Called"})
        self.assertEqual(self.lead_own.account_id, self.hidden)
        self.lead.account_id = False
        self.assertFalse(self.lead_own.account_id)

    def test_account_of_ones_own_company_is_taken(self):
        account = self.env["res.partner"].create({"name": "Ours", "is_company": True})
        self.lead.account_id = account
        self.assertEqual(self.lead_own.account_id, account)

    def test_salesperson_gives_no_score_by_any_way(self):
        leads = self.lead.browse()
        for give in (
            lambda: self.lead.write({"bant_score": 100}),
            lambda: leads.create({"name": "New", "bant_score": 100}),
            lambda: self.lead.web_save({"bant_score": 100}, {"bant_score": {}}),
            lambda: self.lead.copy({"bant_score": 100}),
        ):
            with self.assertRaises(AccessError):
                give()
        lead = leads.with_context(default_bant_score=100).create({"name": "New"})
        self.assertEqual(lead.bant_score, 0)
        [result] = [leads.load(["name", "bant_score"], [["Imported", "100"]])]
        self.assertFalse(result["ids"])
        self.lead.bant_need = "yes"
        self.assertEqual(self.lead.bant_score, 20)
