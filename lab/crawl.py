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
import os
import re
import shutil
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
    processes,
    progress,
    pythonenv,
)
from tooling import odoo as odoo_module
from tooling.outcome import Outcome
from tooling.settings import ADDON, REPO, cache, companions

from . import lived_in

SETUP = Path(__file__).with_name("bin") / "crawl_setup.py"
ROLES = ("salesperson", "manager", "admin")
STATUSES = ("new", "assigned", "in_process", "recycled", "converted", "dead")
MINUTES = 3.5  # for the clicks of each
DATE_FORMATS = {"manager": "%d.%m.%Y", "admin": "%d/%m/%Y"}
# A language from right to left, in which our texts are no language
PSEUDO = "he"
OWN_ACTIONS = """
    SELECT data.module || '.' || data.name AS action, action.name ->> 'en_US' AS name,
           action.res_model AS model, action.view_mode AS views,
           action.search_view_id AS search
      FROM ir_act_window action
      JOIN ir_model_data data
        ON data.model = 'ir.actions.act_window' AND data.res_id = action.id
     WHERE data.module = ANY(%s) AND action.target != 'new'
       AND action.binding_model_id IS NULL
       AND COALESCE(action.domain, '') || COALESCE(action.context, '')
           NOT LIKE '%%active_id%%'
  ORDER BY 1
"""
OWN_ACTION_IDS = """
    SELECT res_id FROM ir_model_data
     WHERE model LIKE 'ir.actions.%%' AND module = ANY(%s)
"""
# Views of ours, and those of others that ours extend
OWN_VIEWS = """
    WITH RECURSIVE own AS (
        SELECT view.id, view.mode, view.inherit_id
          FROM ir_ui_view view
          JOIN ir_model_data data
            ON data.model = 'ir.ui.view' AND data.res_id = view.id
         WHERE data.module = ANY(%s) AND view.type NOT IN ('search', 'qweb')
     UNION
        SELECT parent.id, parent.mode, parent.inherit_id
          FROM own JOIN ir_ui_view parent ON parent.id = own.inherit_id
         WHERE own.mode = 'extension'
    )
    SELECT view.id, view.name, view.model, view.type, model.transient
      FROM own
      JOIN ir_ui_view view ON view.id = own.id
      JOIN ir_model model ON model.model = view.model
     WHERE view.mode = 'primary' AND NOT model.abstract
  ORDER BY view.model, view.type, view.priority, view.id
"""

# What buttons in views of ours call
OWN_BUTTONS = """
    SELECT DISTINCT found.name
      FROM ir_ui_view view
      JOIN ir_model_data data ON data.model = 'ir.ui.view' AND data.res_id = view.id
CROSS JOIN LATERAL (
           SELECT (regexp_matches(
                      view.arch_db ->> 'en_US',
                      '<(?:button|a)\\s[^>]*?name="([^"]+)"', 'g'
                  ))[1] AS name
           ) found
     WHERE data.module = ANY(%s)
"""
METHOD = re.compile(r"^    def ([a-z]\w*)\(self", re.MULTILINE)


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
        odoo, untranslated = in_no_language(odoo, folder / "addons")
        modules.run_script(odoo, base, "People and leads", SETUP)
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


def in_no_language(odoo, folder):
    """Return an Odoo with copies of our addons that are translated into no language,
    and the texts that nobody sees in it as they are written. So texts are found that
    can't be translated, and styles that know only one direction.

    Without npm nothing turns styles around: the same Odoo is returned, and no text.
    """
    if not (programs := nodeenv.programs()):
        return odoo, []
    for name in (ADDON, *companions()):
        shutil.copytree(REPO / name, folder / name)
    addons = odoo.path / "odoo" / "addons"
    script = SETUP.with_name("pseudo_po.py")
    with progress.Step("Texts in no language"):
        printed = processes.run(
            "writing texts in no language",
            [odoo.python, script, folder, PSEUDO, addons],
        )
    odoo = odoo.with_own(folder)
    folders = [str(programs), *([str(odoo.programs)] if odoo.programs else [])]
    return odoo.with_program(os.pathsep.join(folders)), json.loads(printed)


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
            **self._own(),
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

    def _own(self):
        """Return the actions and the views that are ours."""
        own, query = [ADDON, *companions()], self.odoo.databases.query
        return {
            "actions": [
                {
                    "action": xml_id,
                    "name": name,
                    "model": model,
                    "type": "ir.actions.act_window",
                    "views": view_mode.split(","),
                    "search_view": search_view,
                }
                for xml_id, name, model, view_mode, search_view in query(
                    OWN_ACTIONS, own, database=self.database
                )
            ],
            "own_names": sorted(
                self._own_methods().union(
                    name for (name,) in query(OWN_BUTTONS, own, database=self.database)
                )
            ),
            "action_ids": [
                action_id
                for (action_id,) in query(OWN_ACTION_IDS, own, database=self.database)
            ],
            "views": [
                {
                    "id": view_id,
                    "name": name,
                    "model": model,
                    "type": kind,
                    "is_transient": is_transient,
                }
                for view_id, name, model, kind, is_transient in query(
                    OWN_VIEWS, own, database=self.database
                )
            ],
        }

    @staticmethod
    def _own_methods():
        """Return the names of the methods of ours, those we extend among them."""
        files = [
            f for one in (ADDON, *companions()) for f in REPO.glob(f"{one}/**/*.py")
        ]
        return {name for f in files for name in METHOD.findall(f.read_text())}

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
