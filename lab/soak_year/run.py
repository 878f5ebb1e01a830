"""Two servers through a year's troubles, and what is left after them."""

import shutil
import time
from contextlib import ExitStack, suppress

from lab import load_server
from tooling import modules, processes, progress, templates
from tooling import odoo as odoo_module
from tooling.database import Databases, filestore
from tooling.errors import Problem
from tooling.locks import lock
from tooling.outcome import Outcome
from tooling.settings import cache

from . import clock, memory
from .disk import Disk
from .judge import Judge
from .logs import LogWatch
from .own_postgres import OwnCluster, folder
from .troubles import Troubles, count_days, plan
from .visitors import Visitors, Weather

DATABASE = "lead_management_soak"
# What one post takes, with its lead, its history and all indexes; and all else
BYTES_A_POST, BYTES = 12_000, 6_000_000_000
BACKLOG = 3_000  # submissions that may wait to be made leads before visitors pause
PATIENCE = 3_600
# Of what is posted in a day, so much becomes leads; the rest waits.
ROOM = 0.9
NEVER = 10**9  # seconds: a clock that is set isn't a worker that hangs
OPTIONS = (
    *("--log-level", "warn"),
    *("--limit-time-real", NEVER, "--limit-time-real-cron", NEVER),
)
# What asks other machines: mail is not sent, and nobody's service is asked
QUIET = """
    UPDATE ir_cron SET active = FALSE FROM ir_model_data data
     WHERE data.model = 'ir.cron' AND data.res_id = ir_cron.id
       AND (data.module, data.name) IN (
           ('mail', 'ir_cron_mail_scheduler_action'),
           ('mail', 'ir_cron_module_update_notification'))
"""
PARAMETERS = """
    INSERT INTO ir_config_parameter (key, value)
    VALUES ('lead_management.capture_ceiling', %s),
           ('lead_management.capture_quarantine_ceiling', %s),
           ('lead_management.capture_file_megabytes', '100000')
    ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value
"""


def run(posts: int, kills: int, restarts: int, full: int, jumps: int) -> int:
    """Do it all, and close with `N passed, N failed`."""
    source = odoo_module.find()
    template = templates.ours(source)
    with lock("soak-year"), ExitStack() as after:
        year = Year(source, posts, after, full, jumps)
        year.prepare(template)
        events = plan(
            posts, kill=kills, restart=restarts, full=year.full, jump=year.jumps
        )
        return year.live(events)


class Year:
    """The machine, the servers on it, and those who post."""

    def __init__(self, source, posts, after, full, jumps):
        self.source, self.posts, self.after = source, posts, after
        self.disk = Disk(folder(), posts * BYTES_A_POST + BYTES)
        self.full, self.jumps = full, jumps
        self.cluster = self.odoo = None
        self.clocks = []
        self.limit = 0

    # -- before ----------------------------------------------------------------

    def prepare(self, template: str):
        """Make a disk, a database server on it, and a database there."""
        processes.need_space(cache("."), self.posts * BYTES_A_POST // 2 + 3_000_000_000)
        self._make_clocks()
        self.cluster = OwnCluster(self.clocks[-1])
        self.cluster.stop("immediate")  # of a run that was killed
        self.after.callback(self.disk.remove)
        self.disk.make()
        if self.disk.why_not and self.full:
            progress.note(f"  The disk will not be full: {self.disk.why_not}.")
            self.full = 0
        self.after.callback(self._stop_cluster)
        self.cluster.start()
        server = self.cluster.server()
        databases = Databases(server, self.source.python)
        self.odoo = self.source.elsewhere(databases, self.disk.folder / "odoo-data")
        self.cluster.copy(self.source.databases.server, template, DATABASE)
        self._copy_files(template)
        modules.run_script(self.odoo, DATABASE, "Making a form", load_server.FORM)
        self._set_up()

    def _make_clocks(self):
        is_there = bool(self.jumps)
        if is_there:
            try:
                clock.library()
            except Problem as problem:
                progress.note(f"  The clocks will not be set: {problem.what}")
                is_there, self.jumps = False, 0
        home = cache("clocks", "one").parent
        self.clocks = [
            clock.Clock(home / name, is_there) for name in ("one", "two", "postgres")
        ]

    def _copy_files(self, template):
        if (files := filestore(template)).exists():
            shutil.copytree(files, self.filestore)

    @property
    def filestore(self):
        return self.odoo.data / "filestore" / DATABASE

    def _stop_cluster(self):
        with suppress(Problem):
            self.cluster.stop("immediate")

    def _set_up(self):
        load_server.keep_to_itself(self.odoo, DATABASE)
        self.query(QUIET)
        self.query(PARAMETERS, str(self.posts + 1), str(self.posts + 1))
        self.limit = max(int(self.posts * ROOM / count_days(self.jumps)), 1)
        self.query("UPDATE crm_lead_capture_form SET daily_limit = %s", self.limit)

    def query(self, sql, *params):
        return self.odoo.databases.query(sql, *params, database=DATABASE)

    # -- the year --------------------------------------------------------------

    def live(self, events) -> int:
        """Post, with what happens meanwhile, and judge what is there afterwards."""
        servers = [
            load_server.LoadServer(
                self.odoo.with_environ(**own.environ()),
                DATABASE,
                *OPTIONS,
                program=own.program,
            )
            for own in self.clocks[:2]
        ]
        for server in servers:
            self.after.callback(server.kill_if_running)
        with progress.Step("Starting two servers"):
            for server in servers:
                server.start()
        weather = Weather()
        visitors = Visitors(servers, self.posts, weather)
        watches = [memory.Watch(servers), LogWatch(servers, weather)]
        for watch in watches:
            self.after.callback(watch.stop)
        troubles = Troubles(servers, self.cluster, self.disk, self.clocks, visitors)
        start = time.monotonic()
        try:
            self._post(visitors, troubles, events)
        finally:
            visitors.stop()
        seconds = time.monotonic() - start
        troubles.end()
        with progress.Step("Making leads") as step:
            load_server.wait_for_leads(servers[0], PATIENCE, step.update)
        leads_after = time.monotonic() - start - seconds
        for server in servers:
            server.stop()
        for watch in watches:
            watch.stop()
        rate = self.posts / (seconds + leads_after)
        print(
            f"{self.posts:,} posts taken in {seconds:,.0f} s, the last lead"
            f" {leads_after:.0f} s later: {rate:.0f} a second. {troubles.done}"
        )
        return self._judge(visitors, troubles, *watches)

    def _post(self, visitors, troubles, events):
        visitors.start()
        next_look = 0
        with progress.Step(f"Posting {self.posts:,} times") as step:
            while not visitors.are_done():
                step.update(f"{visitors.taken:,} taken", visitors.taken / self.posts)
                if events and visitors.taken >= events[0].at:
                    troubles.make(events.pop(0).kind)
                if time.monotonic() > next_look:
                    troubles.revive()
                    self._pause_if_full(visitors, step)
                    next_look = time.monotonic() + 2
                time.sleep(0.05)

    def _pause_if_full(self, visitors, step):
        if self._count_new() < BACKLOG:
            return
        deadline = time.monotonic() + PATIENCE
        with visitors.nobody_new():
            while (left := self._count_new()) > BACKLOG / 2:
                if time.monotonic() > deadline:
                    raise Problem(f"{left} submissions are still no leads.")
                part = visitors.taken / self.posts
                step.update(
                    f"{visitors.taken:,} taken, {left:,} to be made leads", part
                )
                time.sleep(1)

    def _count_new(self) -> int:
        sql = "SELECT COUNT(*) FROM crm_lead_capture_submission WHERE state = 'new'"
        return self.query(sql)[0][0]

    def _judge(self, visitors, troubles, lives, logs) -> int:
        outcome = Outcome()
        judge = Judge(self.query, outcome)
        judge.each_once(self.posts)
        judge.limits(self.limit)
        judge.files(self.posts, self.filestore)
        judge.answers(visitors)
        judge.check(
            not troubles.ended_in_calm,
            f"Servers that had ended, started again: {troubles.ended}; in calm:"
            f" {troubles.ended_in_calm}",
        )
        if self.full:
            told = troubles.refused_when_full
            judge.check(all(told), f"Refused while the disk was full: {told}")
        judge.logs(logs)
        judge.memory(lives)
        judge.bloat()
        return outcome.close()
