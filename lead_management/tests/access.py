from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common import TestLeadManagementCommon

OPERATIONS = ("read", "write", "create", "unlink")
# What each role may do: r(ead), w(rite), c(reate), u(nlink).
ROLES = ("own", "all", "manager", "admin", "employee", "portal", "public")
# What a record is called in the name of a method
NAME = str.maketrans(". ", "__")


class AccessCase(TestLeadManagementCommon):
    """Every role against every model of an addon and every operation, with the records
    of that role. Each addon of the house has such a test.

    A record is made by `_get_values_of_<model>(user, name)`, if a name isn't enough.
    """

    allow_inherited_tests_method = True
    # The rights of the ROLES by model
    MATRIX = {}
    # Models of Odoo's own, which other addons may open to more people
    NATIVE = ()
    # What is written to records whose name is not to be written
    CHANGES = {}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            "own": cls.user_sales_salesman,
            "all": cls.user_sales_leads,
            "manager": cls.user_sales_manager,
            "admin": new_test_user(
                cls.env, "lead_admin", "base.group_system,sales_team.group_sale_manager"
            ),
            "employee": new_test_user(cls.env, "lead_employee", "base.group_user"),
            "portal": new_test_user(cls.env, "lead_portal", "base.group_portal"),
            "public": cls.env.ref("base.public_user"),
        }

    def _create_record(self, subject, user):
        """Create the record that a role meets, as the superuser."""
        model = self.env[self._get_model_name(subject)]
        if model._transient and model.with_user(user).has_access("create"):
            model = model.with_user(user)  # a dialog is whose it is
        # Nobody need be told of it.
        model = model.with_context(
            tracking_disable=True, mail_auto_subscribe_no_notify=True
        )
        return model.create(self._get_values(subject, user)).with_env(self.env)

    def _get_model_name(self, subject):
        return "crm.lead" if subject.endswith("lead") else subject

    def _get_values(self, subject, user):
        """Return the values of a new record of that role; no two have the same."""
        self.number = getattr(self, "number", 0) + 1
        name = f"{subject} {self.number}"
        if subject.endswith("lead"):
            other = self.user_sales_leads
            if user == other:
                other = self.user_sales_salesman
            owner = {"own lead": user, "other's lead": other}.get(subject)
            return {"name": name, "type": "lead", "user_id": owner and owner.id}
        subject = subject.translate(NAME)
        make = getattr(self, f"_get_values_of_{subject}", None)
        return make(user, name) if make else {"name": name}

    def _try(self, subject, record, operation, values):
        """Do an operation for real and undo it."""
        with self.env.cr.savepoint() as savepoint:
            if operation == "read":
                record.read(["display_name"])
                records = record.with_context(active_test=False)
                self.assertEqual(records.search([("id", "=", record.id)]), record)
            elif operation == "write":
                has_name = "name" in record._fields and not record._transient
                change = {"name": "Changed"} if has_name else {}
                record.write(self.CHANGES.get(subject, change))
            elif operation == "create":
                record.create(dict(values))
            else:
                record.unlink()
            self.env.flush_all()
            savepoint.rollback()

    def test_matrix(self):
        for subject, row in self.MATRIX.items():
            if subject in self.NATIVE and self._is_opened_by_others(subject):
                continue
            records, values = {}, {}
            for role, allowed in zip(ROLES, row, strict=True):
                user = self.users[role]
                # Whose it is makes no difference to those who may do nothing at all.
                owner = user if allowed else self.users["employee"]
                if owner not in records:
                    records[owner] = self._create_record(subject, owner)
                    values[owner] = self._get_values(subject, owner)
                record = records[owner].with_user(user)
                self.env.flush_all()
                for operation in OPERATIONS:
                    with self.subTest(role=role, subject=subject, operation=operation):
                        record.invalidate_recordset()
                        if operation[0] in allowed:
                            self._try(subject, record, operation, values[owner])
                        else:
                            with self.assertRaises(AccessError):
                                self._try(subject, record, operation, values[owner])

    def _is_opened_by_others(self, model_name):
        """Return whether other addons, such as the OCA's, give rights on the model."""
        rights = self.env["ir.model.access"].search(
            [("model_id.model", "=", model_name)]
        )
        xml_ids = rights.get_external_id().values()
        modules = {name.split(".")[0] for name in xml_ids}
        return bool(modules - {"base", self.test_module})

    def test_every_model_is_in_the_matrix(self):
        """Whatever it is called."""
        own = {
            name
            for name, model in self.env.registry.items()
            if model._original_module == self.test_module and not model._abstract
        }
        self.assertFalse(own - self.MATRIX.keys(), "Models without a row")
        gone = self.MATRIX.keys() - self.env.registry.models.keys()
        self.assertFalse({name for name in gone if "." in name}, "Rows of no model")
