from pathlib import Path

from odoo.modules import Manifest
from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install", "is_tour")
class TestScripts(HttpCase):
    """The unit tests of JavaScript, by Odoo's own hoot: all `static/tests/*.test.js` of
    this addon and of those installed that stand on it."""

    def test_scripts(self):
        own = self.env.ref("base.module_lead_management")
        addons = (own + own.downstream_dependencies()).mapped("name")
        suites = [f"&id={_hash(f'@{name}')}" for name in addons if _has_tests(name)]
        self.assertGreaterEqual(len(suites), 1)
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            + "".join(suites),
            "",
            login="admin",
            timeout=120,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=lambda message: "[HOOT]" not in message,
        )


def _has_tests(addon: str) -> bool:
    return any(Path(Manifest.for_addon(addon).path).glob("static/tests/*.test.js"))


def _hash(name: str) -> str:
    """Return the number by which hoot knows a suite."""
    number = 0
    for letter in name:
        number = ((number << 5) - number + ord(letter)) & 0xFFFFFFFF
    return f"{number:08x}"
