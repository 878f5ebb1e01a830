"""Let Odoo's caches outlive a test, as they outlive a transaction that is rolled back.

Odoo's tests empty all of them after each test, and filling them again is a fifth of the
work. A server that rolls a transaction back empties those that the transaction has
cleared, and goes on with the rest: so do the tests here.
"""

from unittest.mock import patch

from odoo.modules.registry import Registry
from odoo.tests.common import TransactionCase

# The caches that were cleared since the test and the class at hand have begun
in_test, in_class = set(), set()
clear_cache, clear_all_caches = Registry.clear_cache, Registry.clear_all_caches
set_up, set_up_class = TransactionCase.setUp, TransactionCase.setUpClass.__func__


def clear_and_note(registry, *names):
    clear_cache(registry, *names)
    for noted in (in_test, in_class):
        noted.update(names or ("default",))


def clear_all_and_note(registry):
    clear_all_caches(registry)
    for noted in (in_test, in_class):
        noted.update(registry.cache_sequences)


def clear_what_was(noted, registry):
    """Empty what a test or a class has cleared, as its records are gone now."""
    if noted:
        clear_cache(registry, *noted)
        noted.clear()


def set_up_test(test):
    def clear():
        clear_what_was(in_test, test.registry)

    with patch.object(test.registry, "clear_all_caches", clear):
        set_up(test)


def set_up_tests(cls):
    # What is added first is done last, and the rest of the clean-up in between.
    cls.addClassCleanup(setattr, Registry, "clear_all_caches", clear_all_and_note)
    set_up_class(cls)
    cls.addClassCleanup(setattr, Registry, "clear_all_caches", clear_class)


def clear_class(registry):
    clear_what_was(in_class, registry)


def keep():
    Registry.clear_cache = clear_and_note
    Registry.clear_all_caches = clear_all_and_note
    TransactionCase.setUp = set_up_test
    TransactionCase.setUpClass = classmethod(set_up_tests)
