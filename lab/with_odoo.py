"""Run the package `lab.benchmarks` with Odoo's Python."""

import subprocess

from tooling.errors import Problem
from tooling.settings import REPO


def run_benchmarks(odoo, *arguments, capture=False) -> str:
    """Run a command of `lab/benchmarks/__main__.py`; return what it prints."""
    process = subprocess.run(
        [str(part) for part in (odoo.python, "-m", "lab.benchmarks", *arguments)],
        cwd=REPO,
        env=odoo.environ(),
        stdout=subprocess.PIPE if capture else None,
        text=True,
        check=False,
    )
    if process.returncode:
        raise Problem(f"The benchmarks ended with exit code {process.returncode}.")
    return process.stdout
