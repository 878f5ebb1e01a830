"""./dev test --crawl: open every page, click everything, as three people.

A salesperson, a manager and an admin, each in a copy of one database with demo data
and at a server of their own, as clicks change what others would see. Every menu of
ours is opened in every kind of view, every button, tab and menu entry on it is
clicked, and the main button of the dialog that opens; so is the form of a lead of
each status. A client error, an answer of 500 and a bad line in the server's log are
failures; a refusal in words is not. What we draw on a page must have no serious barrier
for people with disabilities (axe-core's rules for WCAG, level AA).
"""

import contextlib
import json
import subprocess
import tempfile
import time
from operator import itemgetter
from pathlib import Path

from tooling import (
    chromium,
    demo,
    modules,
    nodeenv,
    ports,
    progress,
    pythonenv,
)
from tooling import odoo as odoo_module
from tooling.outcome import Outcome
from tooling.settings import ADDON, cache, companions

from . import crawl_own, crawl_texts, lived_in

SETUP = Path(__file__).with_name("bin") / "crawl_setup.py"
ROLES = ("salesperson", "manager", "admin")
STATUSES = ("new", "assigned", "in_process", "recycled", "converted", "dead")
MINUTES = 2.5  # for the clicks of each
DATE_FORMATS = {"manager": "%d.%m.%Y", "admin": "%d/%m/%Y"}


def add_arguments(parser):
    parser.add_argument(
        "--crawl",
        nargs="?",
        const=",".join(ROLES),
        metavar="ROLES",
        help="instead, open every page in a browser and click everything, as "
        f"{', '.join(ROLES)}, or those named",
    )
    parser.add_argument(
        "--minutes",
        type=float,
        default=MINUTES,
        help="how long each of them clicks (default: %(default)s); what they have no "
        "time for is left out, and said",
    )


def run(arguments) -> int:
    """Let each role click, all of them at once, and report what was found."""
    outcome = Outcome()
    odoo = odoo_module.find().with_program(chromium.folder())
    python = pythonenv.environment("crawl")
    pictures = cache("logs", "crawl")
    pictures.mkdir(exist_ok=True)
    for picture in pictures.glob("*.png"):
        picture.unlink()
    with contextlib.ExitStack() as stack:
        source = lived_in.with_addons(odoo)
        base = stack.enter_context(odoo.databases.temporary("check", source))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        odoo, texts = crawl_texts.in_no_language(odoo, folder / "addons")
        modules.run_script(odoo, base, "People and leads", SETUP)
        untranslated = crawl_texts.without_values(odoo, base, texts)
        crawls = []
        for role in arguments.crawl.split(","):
            name = stack.enter_context(
                odoo.databases.temporary("check", base, keep=arguments.keep)
            )
            crawls.append(Crawl(odoo, python, role, name, folder, pictures))
            if role == "admin":
                crawls[-1].untranslated = untranslated
        click(outcome, crawls, 60 * arguments.minutes)
    return outcome.close()


def click(outcome, crawls, seconds):
    with contextlib.ExitStack() as stack:
        for crawl in crawls:
            stack.callback(crawl.stop)
            crawl.start_server()
        for share, crawl in enumerate(crawls):
            crawl.start(seconds, share=share, of=len(crawls))
        with progress.Step("Clicking") as step:
            deadline = time.monotonic() + seconds + 120
            while any(c.is_running() for c in crawls) and time.monotonic() < deadline:
                step.update(", ".join(c.last_line() for c in crawls))
                time.sleep(1)
        for crawl in crawls:
            crawl.report(outcome)


class Crawl:
    """The crawl of one role."""

    def __init__(self, odoo, python, role, database, folder, pictures):
        self.odoo, self.python, self.role = odoo, python, role
        self.database, self.pictures = database, pictures
        self.port = ports.any_free()
        self.log = modules.log_file(f"crawl-{role}")
        self.printed = folder / f"{role}.txt"
        self.outcome = folder / f"{role}.json"
        self.server = self.crawler = None
        self.untranslated = []  # texts that this one does not see as they are

    def start_server(self):
        command = self.odoo.command(
            *("--http-port", self.port, "--gevent-port", ports.any_free()),
            "--max-cron-threads=1",
            database=self.database,
        )
        with self.log.open("w") as output:
            self.server = self.odoo.start(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def start(self, seconds, **work):
        address = f"http://{ports.HOST}:{self.port}"
        with progress.Step(f"Starting Odoo for the {self.role}"):
            demo.wait_until_it_answers(self.server, f"{address}/web/health", self.log)
        request = {
            "address": address,
            "program": chromium.program(self.odoo.environ()),
            "role": self.role,
            "login": f"crawl-{self.role}",
            "database": self.database,
            "date_format": DATE_FORMATS.get(self.role, "%m/%d/%Y"),
            "is_admin": self.role == "admin",
            "seconds": seconds,
            **work,
            "statuses": STATUSES,
            "modules": [ADDON, *companions()],
            **crawl_own.find(self.odoo.databases, self.database),
            "axe": self._axe(),
            "untranslated": self.untranslated,
            "log": str(self.log),
            "pictures": str(self.pictures),
            "outcome": str(self.outcome),
            "clicked": str(self.outcome.with_name("clicked.txt")),
        }
        with self.printed.open("w") as output:
            self.crawler = self.odoo.start(
                [str(self.python), str(SETUP.with_name("crawl_pages.py"))],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.crawler.stdin.write(json.dumps(request).encode())
        self.crawler.stdin.close()

    @staticmethod
    def _axe():
        """Return the script that looks for barriers; without npm there is none."""
        programs = nodeenv.programs()
        return programs and str(programs.parent / "axe-core" / "axe.min.js")

    def is_running(self):
        return self.crawler.poll() is None

    def last_line(self):
        lines = self.printed.read_text(errors="replace").splitlines()
        return lines[-1][:30] if lines else ""

    def stop(self):
        for process in (self.crawler, self.server):
            if process:
                modules.stop(process)

    def report(self, outcome):
        """Print what was seen, and count a page without a fault as passed."""
        if not self.outcome.exists():
            code, last = self.crawler.poll(), self.printed.read_text()[-3000:]
            print(f"\nThe {self.role}'s crawl did not end (exit code {code}):\n{last}")
            outcome.add(passed=0, failed=1)
            return
        found = json.loads(self.outcome.read_text())
        for problem in found["problems"]:
            picture = self.pictures / problem.get("picture", "")
            print(
                f"\n✗ {self.role}: {problem['where']} ‣ {problem['doing']}"
                f" ({problem['kind']}, {problem['times']} ×, {picture})"
                f"\n{problem['text']}"
            )
        print(
            f"\nAs {self.role}: {len(found['pages'])} pages, {found['clicks']} clicks,"
            f" {len(found['refusals'])} refusals in words,"
            f" {len(found['problems'])} faults. Log: {self.log}"
        )
        if unopened := found["unopened"]:
            print(f"✗ {len(unopened)} pages were never opened: {', '.join(unopened)}")
        for why, number, examples in found["left_out"]:
            print(f"  left out {number} × {why}: {', '.join(examples)}")
        for page, took, clicks in sorted(found["pages"], key=itemgetter(1))[-5:]:
            print(f"  {took:.0f} s for the {clicks} clicks of {page}")
        faulty = {problem["where"] for problem in found["problems"]}
        passed = sum(page not in faulty for page, _took, _clicks in found["pages"])
        outcome.add(passed=passed, failed=len(found["problems"]) + len(unopened))
