"""The machine of a soak: a disk, clocks, and a database server with a database."""

import shutil
from contextlib import suppress

from lab import load_server
from tooling import modules, processes, progress
from tooling.database import Databases, filestore
from tooling.errors import Problem
from tooling.settings import ADDON, cache, companions

from . import clock, pause
from .disk import Disk
from .own_postgres import OwnCluster, folder

DATABASE = "lead_management_soak"
# What one post takes, with its lead, its history and all indexes; and all else
BYTES_A_POST, BYTES = 12_000, 6_000_000_000
HIGHEST = 100_000  # that such a parameter may be
CLOCKS = ("one", "two", "postgres")  # of two servers, and of PostgreSQL
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


class Machine:
    """A machine of the soak's own, which may be left and taken up again.

    :param source: the Odoo whose database is copied
    :param after: an `ExitStack` for what is to be done at the end
    :param posts: for how many there is to be room
    """

    def __init__(self, source, after, posts: int, has_clocks: bool):
        self.source, self.after, self.posts = source, after, posts
        self.disk = Disk(folder(), posts * BYTES_A_POST + BYTES)
        self.has_clocks = has_clocks and self._can_set_clocks()
        home = cache("clocks", CLOCKS[0]).parent
        self.clocks = [clock.Clock(home / name, self.has_clocks) for name in CLOCKS]
        self.cluster = OwnCluster(self.clocks[-1])
        databases = Databases(self.cluster.server(), source.python)
        self.odoo = source.elsewhere(databases, self.disk.folder / "odoo-data")
        after.callback(self._leave)

    def _can_set_clocks(self) -> bool:
        try:
            clock.library()
        except Problem as problem:
            progress.note(f"  The clocks will not be set: {problem.what}")
            return False
        return True

    def make(self, template: str):
        """Make it anew: the disk, the database server and the database."""
        processes.need_space(cache("."), self.posts * BYTES_A_POST // 2 + 3_000_000_000)
        self.cluster.stop("immediate")  # of a run that was killed
        self.disk.make()
        if self.disk.why_not:
            progress.note(f"  The disk will not be full: {self.disk.why_not}.")
        self.cluster.start()
        self.cluster.copy(self.source.databases.server, template, DATABASE)
        if (files := filestore(template)).exists():
            shutil.copytree(files, self.filestore)
        modules.run_script(self.odoo, DATABASE, "Making a form", load_server.FORM)
        load_server.keep_to_itself(self.odoo, DATABASE)
        self.query(QUIET)
        ceiling = str(min(self.posts + 1, HIGHEST))
        self.query(PARAMETERS, ceiling, ceiling)

    def take_up(self, ahead: list[int]):
        """Take up one that was left; its addons are upgraded to what they are now.

        :param ahead: seconds, of each clock
        """
        if self.has_clocks:
            for own, seconds in zip(self.clocks, ahead, strict=True):
                own.set(seconds)
        self.disk.mount()
        self.cluster.start()
        modules.load(
            self.odoo, DATABASE, "Upgrading", update=(ADDON, *companions()), alone=True
        )

    def _leave(self):
        """Leave all as it is if the year is paused, and no trace of it if not."""
        if pause.is_there():
            self.cluster.stop()
            self.disk.unmount()
            return
        with suppress(Problem):
            self.cluster.stop("immediate")
        self.disk.remove()

    @property
    def filestore(self):
        return self.odoo.data / "filestore" / DATABASE

    def query(self, sql, *params):
        return self.odoo.databases.query(sql, *params, database=DATABASE)

    def set_limit(self, leads: int):
        """Set how many leads a form makes in a day."""
        self.query("UPDATE crm_lead_capture_form SET daily_limit = %s", leads)

    def read_limit(self) -> int:
        return self.query("SELECT MAX(daily_limit) FROM crm_lead_capture_form")[0][0]
