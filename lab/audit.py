"""./dev lab audit: licences and known weaknesses of packages."""

import json
import re
import subprocess
import tempfile
from pathlib import Path

from tooling import odoo as odoo_module
from tooling import progress, pythonenv
from tooling.errors import Problem
from tooling.outcome import Outcome
from tooling.settings import REPO

HELP = "check licences and known weaknesses of the packages that the addons use"
REQUIREMENTS = REPO / "requirements.txt"
NAME = re.compile(r"^([A-Za-z0-9._-]+)", re.MULTILINE)
# What may be used by a program under LGPL-3, as their packages call themselves
ALLOWED = re.compile(
    r"\b(BSD|MIT|ISC|Apache|PSF|Python Software Foundation|LGPL|Public Domain|MPL"
    r"|Lesser General Public)",
    re.IGNORECASE,
)


def add_arguments(parser):
    parser.add_argument(
        "--all",
        action="store_true",
        help="also what Odoo itself runs with; its licences are its own affair",
    )


def run(arguments) -> int:
    """Look at the packages in the versions that the tests run with."""
    python = odoo_module.find().python
    tool = pythonenv.environment("audit")
    licences = installed(tool, python)
    names = uses(licences)
    outcome = Outcome()
    found = refused({name: licences[name] for name in names})
    _tell("Licences", found, outcome)
    versions = {name: licences[name]["Version"] for name in licences}
    if not arguments.all:
        versions = {name: versions[name] for name in names}
    try:
        found, unknown = weaknesses(tool, versions)
        _tell("Known weaknesses", found, outcome)
    except Problem as problem:
        unknown = [problem.what]
    print("\n".join(f"Not looked up: {it}" for it in unknown), flush=True)
    return outcome.close()


def _tell(title: str, found: list[str], outcome: Outcome):
    print("\n".join([f"{title}: {len(found)} found", *found]), flush=True)
    outcome.add(passed=not found, failed=bool(found))


def installed(tool: Path, python: Path) -> dict[str, dict]:
    """Return what is known of each package of an environment, by its plain name."""
    output = subprocess.check_output(
        [tool.with_name("pip-licenses"), "--python", python, "--format=json"],
        text=True,
    )
    return {plain(line["Name"]): line for line in json.loads(output)}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def uses(there: dict) -> list[str]:
    """Return the packages of requirements.txt; none is there without being known."""
    names = [plain(name) for name in NAME.findall(REQUIREMENTS.read_text())]
    if missing := sorted(set(names) - there.keys()):
        raise Problem(
            f"{', '.join(missing)} is not among what the tests run with.",
            "Add it to tooling/odoo-requirements.txt.",
        )
    return names


def refused(licences: dict[str, dict]) -> list[str]:
    """Return the packages whose licence LGPL-3 doesn't allow for, or nobody knows."""
    return [
        f"{name} {line['Version']} is under {line['License']}"
        for name, line in sorted(licences.items())
        if not ALLOWED.search(line["License"])
    ]


def weaknesses(tool: Path, versions: dict[str, str]) -> tuple[list[str], list[str]]:
    """Return what PyPI knows of packages in these versions, and what it doesn't know.

    :raise Problem: it can't be asked
    """
    lines = "".join(f"{name}=={version}\n" for name, version in versions.items())
    with tempfile.TemporaryDirectory() as folder, progress.Step("Asking PyPI"):
        path = Path(folder, "requirements.txt")
        path.write_text(lines)
        result = subprocess.run(
            [
                *(tool.with_name("pip-audit"), "--no-deps", "--disable-pip"),
                *("--format=json", "--progress-spinner=off", "-r", path),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
    if not result.stdout.strip():
        said = (result.stderr.strip().splitlines() or ["No answer."])[-1]
        raise Problem(f"PyPI can't be asked: {said}")
    return read(json.loads(result.stdout))


def read(answer: dict) -> tuple[list[str], list[str]]:
    """Return a line for each weakness, and for each package that is not known."""
    found, unknown = [], []
    for package in answer["dependencies"]:
        if reason := package.get("skip_reason"):
            unknown.append(f"{package['name']}: {reason}")
        for one in package.get("vulns", []):
            fixed = ", ".join(one["fix_versions"]) or "no version yet"
            found.append(
                f"{package['name']} {package['version']}: {one['id']}, fixed in {fixed}"
            )
    return found, unknown
