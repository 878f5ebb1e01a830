import os
import traceback

from odoo.tests import tagged

from .life.world import World

try:
    from hypothesis import HealthCheck, Phase, settings
    from hypothesis.stateful import run_state_machine_as_test

    from .life.machine import Life
except ImportError:  # in an Odoo that wasn't set up by ./dev
    Life = None

# `./dev lab life 2000` leads so many lives, each time others; without it, these.
LIVES = int(os.environ.get("LEAD_LIFE") or 0)
SAME_LIVES = 150
STEPS = 40
TOLD_FRAMES = 8


# Not one of the tests that always run: in CI it has a stage of its own.
@tagged("post_install", "-at_install", "-standard", "lead_life")
class TestLife(World):
    """Whatever people do with leads, in any order."""

    story = ""  # of the life that failed

    def test_whatever_is_done_nothing_is_lost_and_everything_fits(self):
        if not Life:
            self.skipTest("hypothesis is not installed")
        machine = type("Life", (Life,), {"world": self})
        try:
            run_state_machine_as_test(
                machine,
                settings=settings(
                    max_examples=LIVES or SAME_LIVES,
                    stateful_step_count=STEPS,
                    derandomize=not LIVES,
                    deadline=None,
                    database=None,
                    print_blob=False,
                    report_multiple_bugs=False,
                    # To make a failing life shorter takes longer than to read it.
                    phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck),
                ),
            )
        except Exception as failure:
            failure.__notes__ = []  # every step of the life, again
            # Tests show no more of a traceback than what is in the test's file.
            trace = "".join(traceback.format_tb(failure.__traceback__)[-TOLD_FRAMES:])
            self.fail(f"{failure!r}\n{trace}{self.story}")
