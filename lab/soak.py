"""./dev lab soak: what long and rough use does to a server."""

import itertools
import threading
import time

from tooling import modules, progress, templates
from tooling import odoo as odoo_module
from tooling.errors import Problem

from . import load_server
from .benchmarks import http_load

HELP = "use a server long and roughly, and count"

POSTS = 5_000
KILLS = 3
PATIENCE = 1_800
WITH_FILE = 10  # one of so many has a file
SUSPICIOUS = 20  # one of so many fills the hidden field


def add_arguments(parser):
    parser.add_argument("name", choices=["capture"], help="what to use")
    parser.add_argument(
        "--posts", type=int, default=POSTS, help=f"forms to send (default: {POSTS:,})"
    )
    parser.add_argument(
        "--kills",
        type=int,
        default=KILLS,
        help=f"times the server is killed on the way (default: {KILLS})",
    )


def run(arguments) -> int:
    """Post forms while the server is killed, and count what became of them."""
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
            [(field_id,)] = server.rows(
                "SELECT id FROM crm_lead_capture_field WHERE key = 'own_files'"
            )
            file_input = f"question_{field_id}"
            restarts = _soak(server, arguments.posts, arguments.kills, file_input)
            with progress.Step("Making leads") as step:
                outcomes = load_server.wait_for_leads(server, PATIENCE, step.update)
            leads = server.rows(
                "SELECT COUNT(*), COUNT(DISTINCT lead_id)"
                " FROM crm_lead_capture_submission WHERE state = 'lead'"
            )
            made = server.rows(
                "SELECT COUNT(*) FROM crm_lead WHERE capture_form_id IS NOT NULL"
            )
            files = server.rows(
                "SELECT COUNT(DISTINCT s.id) FROM crm_lead_capture_submission s"
                "  JOIN ir_attachment a ON a.is_from_visitor"
                "   AND a.res_id = COALESCE(s.lead_id, s.id)"
                "   AND a.res_model = CASE WHEN s.lead_id IS NULL"
                "       THEN 'crm.lead.capture.submission' ELSE 'crm.lead' END"
                f" WHERE s.answers ? '{file_input}'"
            )[0][0]
    counts = [*leads[0], made[0][0]]
    return _judge(arguments.posts, restarts, outcomes, counts, files)


def _soak(server, posts: int, kills: int, file_input: str) -> int:
    """Post forms until each was taken, killing the server on the way.

    :return: how often a form had to be sent again
    """
    numbers = itertools.count()
    taken, again = 0, 0
    lock = threading.Lock()
    kill_at = [posts * (kill + 1) // (kills + 1) for kill in range(kills)]

    def visitor():
        nonlocal taken, again
        while (number := next(numbers)) < posts:
            # Who gets no answer sends the same again.
            while (
                answer := http_load.post(
                    server.port,
                    load_server.CAPTURE_PATH,
                    _form(number),
                    () if number % WITH_FILE else (file_input, f"File {number}"),
                )
            ).status != 303:
                if answer.status not in (0, 502, 503):
                    raise Problem(f"A post got {answer.status}: {answer.body[:200]}")
                with lock:
                    again += 1
                time.sleep(0.2)
            with lock:
                taken += 1

    threads = [threading.Thread(target=visitor) for _ in range(http_load.AT_ONCE)]
    with progress.Step(f"Posting {posts:,} forms") as step:
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            step.update(f"{taken:,} taken", taken / posts)
            if kill_at and taken >= kill_at[0]:
                kill_at.pop(0)
                step.update(f"{taken:,} taken, server killed", taken / posts)
                server.kill()
                server.start()
            time.sleep(0.05)
    if taken != posts or kill_at:
        raise Problem(f"Only {taken} of {posts} forms were taken.")
    return again


def _form(number):
    return {
        "last_name": f"Doe {number}",
        "email": f"jane.{number}@example.com",
        "message": "Please call.",
        "extra_notes": "" if number % SUSPICIOUS else "I fill in everything",
    }


def _judge(posts, again, outcomes, leads, files) -> int:
    print(f"{posts:,} forms taken, {again} sent again after no answer.")
    for state, count in sorted(outcomes.items()):
        print(f"  {state}: {count:,}")
    is_exact = sum(outcomes.values()) == posts and set(outcomes) <= {
        *("lead", "waiting", "quarantine"),
    }
    sent = len(range(0, posts, WITH_FILE))
    print(f"  files: {files:,} of {sent:,} where they belong")
    is_exact = is_exact and files == sent
    is_exact = is_exact and len(set(leads)) == 1 and leads[0] == outcomes["lead"]
    print(
        "Every form is there once."
        if is_exact
        else f"✗ Forms and what became of them differ; leads: {leads}"
    )
    return 0 if is_exact else 1
