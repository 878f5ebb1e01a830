"""./dev lab soak: what long and rough use does to a server."""

import itertools
import threading
import time

from tooling import modules, progress, templates
from tooling import odoo as odoo_module
from tooling.errors import Problem

from . import load_server, soak_doors
from .benchmarks import http_load
from .soak_year import run as soak_year

HELP = "use a server long and roughly, and count"

YEAR = "year"
# What is done by default: to one server, and to two in a year
OFTEN = {"posts": 5_000, "kills": 3}
OFTEN_A_YEAR = {
    "posts": 1_000_000,
    "kills": 20,
    "restarts": 6,
    "full": 3,
    "jumps": 12,
}
PATIENCE = 1_800


def add_arguments(parser):
    parser.add_argument(
        "name",
        choices=[*soak_doors.DOORS, YEAR],
        help="what to use: web forms, the same as programs do, or a webhook; year: all"
        " of them, on two servers with more troubles than kills",
    )
    helps = {
        "posts": "what to send",
        "kills": "times a server is killed on the way",
        "restarts": "times PostgreSQL is restarted or crashes (year)",
        "full": "times the disk is full for a while (year)",
        "jumps": "times the clocks are set, over midnight and back (year)",
    }
    for name, text in helps.items():
        counts = [f"{OFTEN[name]:,}"] if name in OFTEN else []
        counts.append(f"{OFTEN_A_YEAR[name]:,} in a year")
        text = f"{text} (default: {', '.join(counts)})"
        parser.add_argument(f"--{name}", type=int, help=text)
    parser.add_argument(
        "--minutes",
        type=float,
        help="after which a year is paused; --go-on goes on with it, at any later time",
    )
    parser.add_argument(
        "--go-on", action="store_true", help="go on with the year that is paused"
    )


def run(arguments) -> int:
    """Post while the server is killed, and count what became of it all."""
    is_year = arguments.name == YEAR
    for name, count in (OFTEN_A_YEAR if is_year else OFTEN).items():
        if getattr(arguments, name) is None:
            setattr(arguments, name, count)
    if is_year and arguments.go_on:
        return soak_year.go_on(arguments.minutes)
    if is_year:
        often = {name: getattr(arguments, name) for name in OFTEN_A_YEAR}
        return soak_year.run(**often, minutes=arguments.minutes)
    odoo = odoo_module.find()
    source = templates.ours(odoo)
    with odoo.databases.temporary("soak", source) as database:
        modules.run_script(odoo, database, "Making a form", load_server.FORM)
        load_server.keep_to_itself(odoo, database)
        # So that some have to wait for the next day
        odoo.databases.query(
            "UPDATE crm_lead_capture_form SET daily_limit = %s",
            max(arguments.posts * 3 // 4, 1),
            database=database,
        )
        with load_server.running(odoo, database) as server:
            door = soak_doors.DOORS[arguments.name](server)
            again = _soak(door, arguments.posts, arguments.kills)
            with progress.Step("Making leads") as step:
                outcomes = load_server.wait_for_leads(server, PATIENCE, step.update)
            print(f"{arguments.posts:,} posts taken, {again} sent again.")
            is_exact = door.judge(arguments.posts, outcomes)
    print(
        "Each is there once." if is_exact else "✗ What was sent is not what is there."
    )
    return 0 if is_exact else 1


def _soak(door, posts: int, kills: int) -> int:
    """Post until all was taken, killing the server on the way.

    :return: how often something had to be sent again
    """
    numbers = itertools.count()
    taken, again = 0, 0
    lock = threading.Lock()
    kill_at = [posts * (kill + 1) // (kills + 1) for kill in range(kills)]

    def visitor():
        nonlocal taken, again
        while (number := next(numbers)) < posts:
            # Who gets no answer sends the same again.
            while (answer := door.send(number)).status != door.taken:
                if answer.status not in soak_doors.SERVER_IS_GONE:
                    raise Problem(f"A post got {answer.status}: {answer.body[:200]}")
                with lock:
                    again += 1
                time.sleep(0.2)
            with lock:
                taken += 1

    threads = [threading.Thread(target=visitor) for _ in range(http_load.AT_ONCE)]
    with progress.Step(f"Posting {posts:,} times") as step:
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            step.update(f"{taken:,} taken", taken / posts)
            if kill_at and taken >= kill_at[0]:
                kill_at.pop(0)
                step.update(f"{taken:,} taken, server killed", taken / posts)
                door.server.kill()
                door.server.start()
            time.sleep(0.05)
    if taken != posts or kill_at:
        raise Problem(f"Only {taken} of {posts} posts were taken.")
    return again
