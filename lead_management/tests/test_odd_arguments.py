import inspect
import re

from psycopg2 import IntegrityError

from odoo.exceptions import RedirectWarning, UserError
from odoo.models import BaseModel
from odoo.service.model import call_kw
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .common import TestLeadManagementCommon

OURS = "odoo.addons.lead_management"
ODD = (None, "x", "", -1, 0, 1.5, 10**30, True, [], ["x"], [[]], {}, {"x": 1}, "\x00")


# Not of the house: those of the other addons are called in the lived-in database.
@tagged("post_install", "-at_install", "lead_access")
class TestOddArguments(TestLeadManagementCommon):
    """Whoever calls a public method with something odd gets a sentence.

    As clients call them: by `call_kw`, with all that JSON can hold. Methods that native
    has as well are native's to check.
    """

    def _get_methods(self):
        """Return the public methods of the addon: model, name and parameters."""
        methods = set()
        for model in self.env.values():
            for cls in type(model).mro():
                if not cls.__module__.startswith(OURS):
                    continue
                for name, method in vars(cls).items():
                    if name.startswith("_") or not inspect.isfunction(method):
                        continue
                    if getattr(method, "_api_private", False) or model._abstract:
                        continue
                    is_native = hasattr(BaseModel, name) or any(
                        name in vars(other)
                        for other in type(model).mro()
                        if not other.__module__.startswith(OURS)
                        and other.__module__.startswith("odoo.addons")
                        and not other.__module__.startswith("odoo.addons.lead_")
                    )
                    if not is_native:
                        methods.add((model._name, name))
        return [
            (
                model_name,
                name,
                list(
                    inspect.signature(
                        getattr(self.registry[model_name], name)
                    ).parameters
                )[1:],
            )
            for model_name, name in sorted(methods)
        ]

    def _call(self, model_name, name, ids, kwargs):
        """Return what is no sentence of what a call raised."""
        model = self.env[model_name]
        method = getattr(type(model), name)
        args = [] if getattr(method, "_api_model", False) else [ids]
        with self.env.cr.savepoint() as savepoint:
            try:
                call_kw(model, name, args, kwargs)
            except (UserError, RedirectWarning, IntegrityError):
                pass  # Odoo answers a constraint with its sentence
            except Exception as error:
                return f"{model_name}.{name}({ids}, {kwargs}): {error!r}"
            finally:
                savepoint.rollback()
                self.env.invalidate_all(flush=False)
                self.env.transaction.clear()
        return None

    def _check(self, calls):
        with mute_logger("odoo.sql_db"):
            failures = list(filter(None, (self._call(*call) for call in calls)))
        self.assertFalse(failures, "\n".join(failures))

    @users("user_sales_manager")
    def test_odd_arguments(self):
        lead = self.lead_own.id
        methods = self._get_methods()
        self.assertGreater(len(methods), 20)
        self._check(
            (
                model_name,
                name,
                [lead] if model_name == "crm.lead" else [],
                {**({"values": {}} if "values" in parameters else {}), key: odd},
            )
            for model_name, name, parameters in methods
            for key in parameters
            for odd in ODD
        )

    @users("user_sales_manager")
    def test_undoing_nothing_or_what_does_not_exist(self):
        self._check(
            (model_name, name, ids, {})
            for model_name, name, parameters in self._get_methods()
            if not parameters and re.search("undo|conversion", f"{model_name}.{name}")
            for ids in ([], [2**31 - 2], [self.lead_own.id])
        )

    @users("user_sales_salesman")
    def test_odd_overrides_of_a_conversion(self):
        self._check(
            ("crm.lead", "convert_lead", [self.lead_own.id], {"overrides": overrides})
            for record in ("account", "contact", "opportunity", "x")
            for overrides in (
                *({record: odd} for odd in ODD),
                *(
                    {record: {name: odd}}
                    for name in ("name", "phone", "country_id", "lead_source_id")
                    for odd in ODD
                ),
            )
        )
