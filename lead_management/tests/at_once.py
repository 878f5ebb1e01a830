import threading
from contextlib import ExitStack, contextmanager

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name

TRIES = 8
PATIENCE = 120  # seconds


class AtOnceCase(BaseCase):
    """Several transactions at once, over connections of their own.

    What they work on is committed, and for `_delete_all` to delete at the end.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self._delete_all)

    @contextmanager
    def environment(self, user_id=SUPERUSER_ID, **context):
        """Return an environment whose transaction is committed at the end."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, user_id, context)

    def do_at_once(self, *works, user_ids=()):
        """Do all of `work(env)` at once, each with its view of the database from before
        any has begun, and once more when the database asks for it, as the server does.

        :param user_ids: of who does each; the superuser does all by default
        :return: what they returned, and the refusals in words
        """
        barrier = threading.Barrier(len(works))
        results, refusals, problems = [], [], []

        def run(work, env):
            for attempt in range(TRIES):
                try:
                    env.cr.execute("SELECT 1 FROM crm_lead LIMIT 1")  # the snapshot
                    if not attempt:
                        barrier.wait(PATIENCE)
                    result = work(env)
                    env.cr.commit()
                    results.append(result)
                except SerializationFailure:
                    env.cr.rollback()
                    env.invalidate_all()
                    continue
                except UserError as error:
                    env.cr.rollback()
                    refusals.append(str(error))
                except Exception as error:
                    env.cr.rollback()
                    problems.append(error)
                return
            problems.append(f"No success in {TRIES} attempts")

        with ExitStack() as stack:
            # Here, because the main thread keeps the registry to itself.
            environments = [
                stack.enter_context(self.environment(user_id))
                for user_id in user_ids or [SUPERUSER_ID] * len(works)
            ]
            threads = [
                threading.Thread(target=run, args=(work, env))
                for work, env in zip(works, environments, strict=True)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(PATIENCE)
            self.assertFalse([thread for thread in threads if thread.is_alive()])
        self.assertFalse(problems)
        return results, refusals
