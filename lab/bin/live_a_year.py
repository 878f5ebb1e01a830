"""Let a year of work with leads go by, as addons tell it. Runs in Odoo's shell.

Each addon has its part in `year_of_leads`: the function `live(year)` gets the `Year`
below. What happens there is done by the product's own methods, with the rights
of whom it is said of, under a clock that is set to the moment; it is the same each
time, but for the day from which it is counted back.
"""

import heapq
import importlib
import itertools
import logging
import pkgutil
import random
import sys
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from pathlib import Path

from freezegun import freeze_time

from odoo import sql_db
from odoo.modules.module_graph import ModuleGraph

# This is read from standard input, and the program is in tooling/bin.
sys.path.append(str(Path(sys.modules["__main__"].__file__).parents[2] / "lab"))
import year_of_leads

SEED = 19
DAYS = 365
HOURS = range(8, 18)
ENRICHMENT = "crm_iap_enrich.ir_cron_lead_enrichment"


class Year:
    """The twelve months before now, in which things are planned and then happen.

    * `random`: chance, the same each time;
    * `people`: the salespeople by login, for all parts to add to and to choose from;
    * `invent`: returns the values of a lead that nobody has seen before;
    * `extras`: functions that get the year and the values of a lead that comes in, and
      add to them;
    * `visits`: functions that get the year and what a visitor sends by a web form, and
      add to that;
    * `ways_in`: how leads come in, as `(weight, function)`; the function gets the year
      and the values of a lead, and returns the lead, or None;
    * `begin_work`: plans what becomes of a lead that has an owner by now;
    * `ways_to_answer`: how owners get in touch, as `(weight, function)`; the function
      gets the year and the lead of its owner;
    * `last`: functions that get the year when everything else has happened.
    """

    def __init__(self, env):
        self.env = env
        self.random = random.Random(SEED)
        self.end = datetime.now().replace(microsecond=0)
        self.begin = self.end - timedelta(DAYS)
        self.moment = self.begin
        self.people = {}
        self.extras = []
        self.visits = []
        self.invent = self.begin_work = None
        self.ways_in = []
        self.ways_to_answer = []
        self.last = []
        self._planned = []
        self._order = itertools.count()

    # ------------------------------------------------------------
    # CHANCE
    # ------------------------------------------------------------

    def happens(self, share):
        return self.random.random() < share

    def choose(self, weighted):
        """Return one of `(weight, thing)`s."""
        weights, things = zip(*weighted, strict=True)
        return self.random.choices(things, weights)[0]

    # ------------------------------------------------------------
    # TIME
    # ------------------------------------------------------------

    def working_days(self):
        day = self.begin.date()
        while day <= self.end.date():
            if day.weekday() < 5:
                yield day
            day += timedelta(1)

    def in_office(self, day):
        """Return a moment in the working hours of a day."""
        minutes = self.random.randrange(len(HOURS) * 60)
        return datetime.combine(day, time(HOURS[0])) + timedelta(minutes=minutes)

    def later(self, low, high):
        """Return a moment in working hours, so many days from now."""
        day = self.moment.date() + timedelta(self.random.randint(low, high))
        while day.weekday() > 4:
            day += timedelta(1)
        return max(self.in_office(day), self.moment + timedelta(minutes=5))

    def plan(self, moment, function, *arguments):
        """Let something happen; what is planned for after now does not."""
        if moment <= self.end:
            entry = (moment, next(self._order), function, arguments)
            heapq.heappush(self._planned, entry)

    def go_by(self):
        """Let everything that is planned happen, and what is planned by it."""
        with self._clock() as frozen:
            while self._planned:
                moment, _order, function, arguments = heapq.heappop(self._planned)
                self.env.flush_all()
                self.moment = max(moment, self.moment)
                frozen.move_to(self.moment)
                function(self, *arguments)
            self.env.flush_all()
        self.moment = self.end
        for function in self.last:
            function(self)

    @contextmanager
    def _clock(self):
        """Set the clocks of Python and of the cursor."""
        cursor = self.env.cr
        # By this clock, connections are idle for days; new ones know no table yet.
        idle, sql_db.MAX_IDLE_TIMEOUT = sql_db.MAX_IDLE_TIMEOUT, float("inf")
        with freeze_time(self.begin) as frozen:
            cursor.now = lambda: self.moment
            try:
                yield frozen
            finally:
                del cursor.now
                sql_db.MAX_IDLE_TIMEOUT = idle


def find_parts(env):
    """Return the functions that tell the parts of the installed addons, each after
    those of the addons that it stands on."""
    installed = env["ir.module.module"].search([("state", "=", "installed")])
    graph = ModuleGraph(env.cr)
    graph.extend(installed.mapped("name"))
    told = {part.name for part in pkgutil.iter_modules(year_of_leads.__path__)}
    for module in graph:
        if module.name in told:
            yield importlib.import_module(f"year_of_leads.{module.name}").live


def live(env):
    year = Year(env)
    for part in find_parts(env):
        part(year)
    year.go_by()
    # Nobody is written to, and nobody asked about companies that don't exist.
    env["mail.mail"].sudo().search([]).unlink()
    if enrichment := env.ref(ENRICHMENT, raise_if_not_found=False):
        enrichment.active = False
    env.cr.commit()


context = {"no_reset_password": True, "mail_notify_force_send": False}
logging.getLogger("odoo.addons.mail.models.mail_mail").setLevel(logging.ERROR)
live(env(context={**env.context, **context}))  # noqa: F821
