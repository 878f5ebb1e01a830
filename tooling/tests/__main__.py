"""Run the tests and close with `N passed, N failed`: python3 -m tooling.tests"""

import sys
import unittest
from pathlib import Path

suite = unittest.defaultTestLoader.discover(
    str(Path(__file__).parent), top_level_dir=str(Path(__file__).parents[2])
)
result = unittest.TextTestRunner(verbosity=1).run(suite)
failed = len(result.failures) + len(result.errors)
print(f"{result.testsRun - failed} passed, {failed} failed")
sys.exit(bool(failed))
