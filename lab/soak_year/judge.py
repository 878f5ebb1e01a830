"""What must be true after a year: each check says what it found."""

import statistics

from lab import soak_doors

from . import bloat, memory
from .visitors import CALM

FORMS, _PROGRAMS, HOOKS = range(3)  # places in `soak_doors.DOORS`
DOORS = len(soak_doors.DOORS)

# The number that was posted is in the address.
FATES = r"""
    WITH told AS (
        SELECT substring(answers ->> 'email' FROM '^jane\.(\d+)@')::int AS number,
               state, lead_id
          FROM crm_lead_capture_submission)
  SELECT state, COUNT(*), COUNT(DISTINCT number), COUNT(lead_id),
         COUNT(DISTINCT lead_id)
    FROM told GROUP BY ROLLUP (state)
"""
LEADS = """
    SELECT COUNT(*), COUNT(DISTINCT email_from) FROM crm_lead
     WHERE capture_form_id IS NOT NULL
"""
CALLS = """
    SELECT CASE WHEN reason IS NULL THEN state ELSE state || ', with why' END, COUNT(*)
      FROM crm_lead_hook_call GROUP BY 1
"""
DAYS = """
    SELECT COUNT(*), MAX(leads) FROM (
        SELECT COUNT(*) AS leads FROM crm_lead_capture_submission
         WHERE counted_on IS NOT NULL GROUP BY counted_on) AS days
"""
FILES = """
    SELECT a.id, a.store_fname, a.file_size FROM ir_attachment a
     WHERE a.is_from_visitor AND a.id > %s ORDER BY a.id LIMIT 1000
"""
PLACES = """
    SELECT COUNT(DISTINCT s.id) FROM crm_lead_capture_submission s
      JOIN ir_attachment a ON a.is_from_visitor
       AND a.res_id = COALESCE(s.lead_id, s.id)
       AND a.res_model = CASE WHEN s.lead_id IS NULL
           THEN 'crm.lead.capture.submission' ELSE 'crm.lead' END
"""


def count_posts(posts: int, door: int, every=1) -> int:
    """Return how many of the numbers that go to a door are 0 modulo `every`."""
    return sum(number % DOORS == door for number in range(0, posts, every))


class Judge:
    """Asks the database, and those who watched."""

    def __init__(self, query, outcome):
        self.query = query
        self.outcome = outcome

    def check(self, is_right: bool, text: str):
        print(f"{'✓' if is_right else '✗'} {text}", flush=True)
        self.outcome.add(passed=bool(is_right), failed=not is_right)

    # -- what was posted -------------------------------------------------------

    def each_once(self, posts: int):
        """Check that each post is a lead, waits or is in quarantine, and once."""
        fates = {row[0]: row[1:] for row in self.query(FATES)}
        count, numbers, *_ = fates.pop(None, (0, 0, 0, 0))
        broken = count_posts(posts, door=HOOKS, every=soak_doors.BROKEN)
        calls = dict(self.query(CALLS))
        kept = calls.get("waiting, with why", 0)
        told = ", ".join(f"{row[0]:,} {state}" for state, row in sorted(fates.items()))
        self.check(
            set(fates) <= soak_doors.STATES and count + kept == posts,
            f"Accepted: {posts:,} = {told}, {kept:,} calls that don't fit",
        )
        self.check(count == numbers, f"Of {count:,} submissions {numbers:,} differ")
        leads, people = self.query(LEADS)[0]
        of_leads = fates.get("lead", (0, 0, 0, 0))
        self.check(
            {leads, people} == set(of_leads),
            f"Leads: {leads:,} of {people:,} people, named by {of_leads[3]:,}"
            " submissions",
        )
        wanted = count_posts(posts, door=FORMS, every=soak_doors.SUSPICIOUS)
        found = fates.get("quarantine", (0,))[0]
        self.check(found == wanted, f"In quarantine: {found:,} of {wanted:,}")
        taken = {"taken": count_posts(posts, door=HOOKS) - broken}
        self.check(
            calls == {**taken, **({"waiting, with why": broken} if broken else {})},
            f"Calls of the webhook: {calls}",
        )

    def limits(self, limit: int):
        days, most = self.query(DAYS)[0]
        self.check(
            (most or 0) <= limit,
            f"Days with leads: {days}; at most {most or 0:,} of {limit:,} on one",
        )

    def files(self, posts: int, folder):
        """Check that the files are there, where they belong, and whole."""
        wanted = count_posts(posts, door=FORMS, every=soak_doors.WITH_FILE)
        last, whole, names = 0, 0, 0
        while rows := self.query(FILES, last):
            last = rows[-1][0]
            names += len(rows)
            for _id, name, size in rows:
                path = folder / name
                whole += path.exists() and path.stat().st_size == size
        [(placed,)] = self.query(PLACES)
        self.check(
            wanted == names == whole == placed,
            f"Files: {names:,} of {wanted:,}, {whole:,} whole, {placed:,} where they"
            " belong",
        )

    # -- what was seen on the way ----------------------------------------------

    def answers(self, visitors):
        """Check that nobody was refused without a reason."""
        calm = 0
        for (status, trouble), often in sorted(visitors.answers.items()):
            text = "no answer" if not status else f"answer {status}"
            print(f"  {often:,} × {text}, when {trouble}", flush=True)
            calm += often if trouble == CALM else 0
        self.check(not calm, f"Sent again: {visitors.again:,}; in calm: {calm}")

    def logs(self, watch):
        for kind, often in watch.kinds.most_common():
            print(f"  {often} × {kind}", flush=True)
        self.check(
            not watch.unexplained,
            f"Warnings and errors: {watch.explained:,} that a trouble explains,"
            f" {watch.unexplained} others",
        )

    def memory(self, watch):
        """Check that no worker grows after it has warmed up."""
        lives = watch.lives.values()
        told = [life for life in lives if life.growth() is not None]
        if not told:
            print("Memory: not judged, as no worker lived long enough", flush=True)
            return
        growths = [life.growth() for life in told]
        longest = max(len(life.sizes) for life in told) * memory.EVERY / 60
        largest = max(max(life.sizes) for life in told)
        usual = statistics.median(growths)
        self.check(
            max(growths) <= memory.GROWTH,
            f"Memory of {len(told)} workers: last third {usual:.3f}× the first, at most"
            f" {max(growths):.3f}× (limit {memory.GROWTH}×);"
            f" {longest:.0f} min watched at most, {largest:.0f} MB at most",
        )

    def bloat(self):
        """Check how much larger than a copy the tables and their indexes are."""
        measures = bloat.measure(self.query)
        for one in measures:
            if one.size < bloat.LEAST:
                continue
            print(f"  {one}", flush=True)
            if one.is_bloated:
                for part in sorted(one.parts, key=lambda part: part.needed - part.size)[
                    :5
                ]:
                    print(f"    {part}", flush=True)
        for name, chosen in (
            ("Rows of tables", [one for one in measures if not one.parts]),
            ("Indexes of tables", [one for one in measures if one.parts]),
        ):
            size = sum(one.size for one in chosen)
            needed = max(sum(one.needed for one in chosen), 1)
            worst = [one.factor for one in chosen if one.size >= bloat.LEAST]
            self.check(
                not any(one.is_bloated for one in chosen),
                f"{name}: {size / 1e6:,.0f} MB, {size / needed:.2f}× a copy; a table's"
                f" at most {max(worst, default=0):.2f}× (limit {bloat.LIMIT}×)",
            )
