import logging
from contextlib import suppress

from psycopg2.errors import (
    CheckViolation,
    DeadlockDetected,
    LockNotAvailable,
    SerializationFailure,
)

from odoo.exceptions import ConcurrencyError, UserError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from ..models.in_parts import (
    MAX_CONFLICTS,
    do_in_parts,
    do_or_log,
    retry_on_conflict,
)
from .common import TestLeadManagementCommon

LOGGER = "odoo.addons.lead_management.models.in_parts"


@tagged("post_install", "-at_install")
class TestInParts(TestLeadManagementCommon):
    """One record holds up no others, and each is done once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leads = cls.lead_own
        for _number in range(4):
            cls.leads |= cls._create_lead(cls.user_sales_salesman)
        cls.leads.function = "Before"

    def _refuse(self, refused, error):
        """Return what writes leads, but for one of them."""

        def do(leads):
            for lead in leads:
                lead.function = f"{lead.function} and after"
                if lead == refused:
                    raise error
            return leads

        return do

    @users("user_sales_salesman")
    def test_all_but_the_one_at_fault_are_done_once_and_in_order(self):
        leads = self.leads.with_env(self.env)
        error, done = UserError("Not this one"), []
        failures = do_in_parts(leads, self._refuse(leads[2], error), after=done.append)
        self.assertEqual(failures, {leads[2]: error})
        self.assertEqual(leads.browse().concat(*done), leads - leads[2])
        # Neither the cache nor the database knows what was undone.
        for _reading in ("cached", "stored"):
            for lead in leads:
                text = "Before" if lead == leads[2] else "Before and after"
                self.assertEqual(lead.function, text)
            self.env.invalidate_all()

    @users("user_sales_salesman")
    def test_conflicts_are_for_the_whole_transaction(self):
        leads = self.leads.with_env(self.env)
        conflicts = (
            DeadlockDetected,
            LockNotAvailable,
            SerializationFailure,
            ConcurrencyError,
        )
        for conflict in conflicts:
            for some in (leads, leads[0]):
                with self.subTest(conflict=conflict.__name__, count=len(some)):
                    with self.assertRaises(conflict):
                        do_in_parts(some, self._refuse(leads[0], conflict()))
                    self.assertNotIn("after", leads[0].function)

    @users("user_sales_salesman")
    def test_what_fails_before_is_not_their_fault(self):
        leads = self.leads.with_env(self.env)
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            leads[0].probability = 200
            do_in_parts(leads[1:], lambda part: None)

    @users("user_sales_salesman")
    def test_mistakes_in_code_are_errors_in_the_log(self):
        lead = self.lead_own.with_env(self.env)
        for error, level in ((UserError("No"), "INFO"), (KeyError("x"), "ERROR")):
            with self.assertLogs(LOGGER, logging.INFO) as logs:
                do_or_log(lead, self._refuse(lead, error))
            self.assertEqual([record.levelname for record in logs.records], [level])

    def _meet(self, cr, conflicts):
        """Return what changes a lead, but meets conflicts first, and what it found."""
        found, lead = [], self.lead_own.with_env(self.env(cr=cr))

        def do():
            found.append(lead.function)
            lead.function = "After"
            if len(found) <= conflicts:
                raise SerializationFailure
            return "done"

        return found, do

    def test_conflict_undoes_the_work_and_has_it_done_again(self):
        with self.enter_registry_test_mode(), self.env.registry.cursor() as cr:
            found, do = self._meet(cr, MAX_CONFLICTS)
            self.assertEqual(retry_on_conflict(self.env(cr=cr), do), "done")
        self.assertEqual(found, ["Before"] * (MAX_CONFLICTS + 1))

    def test_conflict_that_stays_is_raised(self):
        with self.enter_registry_test_mode(), self.env.registry.cursor() as cr:
            _found, do = self._meet(cr, MAX_CONFLICTS + 1)
            # Odoo's assertRaises has a savepoint, which the undoing would undo.
            with suppress(SerializationFailure):
                retry_on_conflict(self.env(cr=cr), do)
                self.fail("The conflict was passed over")
