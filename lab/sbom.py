"""What a release is made of and stands on, as a CycloneDX document."""

import json
import re

from tooling import addon
from tooling.errors import Problem
from tooling.settings import ADDON, REPO

from . import wheel

OWN, ODOO = "LGPL-3.0-only", {"name": "odoo", "version": "19.0"}
# Licences of the packages in requirements.txt, each looked at when it came
LICENCES = {"anyascii": "ISC", "feedparser": "BSD-2-Clause"}
REQUIREMENT = re.compile(r"^([\w-]+)(\S*)", re.MULTILINE)


def document() -> str:
    """Return the addons, which stands on which, and what is used where it is there."""
    manifests = {name: addon.manifest(name) for name in wheel.names()}
    requirements = (REPO / "requirements.txt").read_text()
    content = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "release",
                "name": manifests[ADDON]["name"],
                "version": manifests[ADDON]["version"],
            }
        },
        "components": [
            *(
                _component(name, OWN, version=values["version"])
                for name, values in manifests.items()
            ),
            _component(ODOO["name"], OWN, version=ODOO["version"]),
            *(_used(*found) for found in REQUIREMENT.findall(requirements)),
        ],
        "dependencies": [
            {"ref": "release", "dependsOn": sorted(manifests)},
            *(
                {
                    "ref": name,
                    "dependsOn": [
                        *sorted(manifests.keys() & set(values["depends"])),
                        ODOO["name"],
                    ],
                }
                for name, values in manifests.items()
            ),
        ],
    }
    return json.dumps(content, indent=2) + "\n"


def _component(name: str, licence: str, **more) -> dict:
    return {
        "type": "library",
        "bom-ref": name,
        "name": name,
        "licenses": [{"license": {"id": licence}}],
        **more,
    }


def _used(package: str, versions: str) -> dict:
    if package not in LICENCES:
        raise Problem(
            f"The licence of {package} is not known.",
            "Look at it: does LGPL-3 allow it? Then add it to LICENCES in lab/sbom.py.",
        )
    allowed = {"name": "versions", "value": versions}
    return _component(
        package, LICENCES[package], scope="optional", properties=[allowed]
    )
