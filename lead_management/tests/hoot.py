"""The unit tests of the addons' JavaScript."""

from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install", "is_tour")
class HootCase(HttpCase):
    """All `static/tests/*.test.js` of an addon, in a browser, by Odoo's own hoot. Each
    addon that has some has such a test.
    """

    allow_inherited_tests_method = True

    def test_scripts(self):
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            f"&id={_hash(f'@{self.test_module}')}",
            "",
            login="admin",
            timeout=120,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )


def _hash(name: str) -> str:
    """Return the number by which hoot knows a suite."""
    number = 0
    for letter in name:
        number = ((number << 5) - number + ord(letter)) & 0xFFFFFFFF
    return f"{number:08x}"
