"""./dev bench capture: posts of a web form, beside those of Odoo's own website form."""

import time

from tooling import modules, progress, templates
from tooling.errors import Problem

from . import load_server
from .benchmarks import http_load
from .benchmarks.benchmark import Result, Sample

NAME = "capture"
DESCRIPTION = f"""Taking posts of a web form: `/lead/capture/<token>` beside Odoo's own
`/website/form/crm.lead`, each on a server with {load_server.WORKERS} workers and
{http_load.AT_ONCE} visitors at once, in turns. The addon's leads are made in the
meantime, and every post that was taken must have become one."""

NATIVE_MODULES = ["crm", "website_crm"]
NATIVE_PATH = "/website/form/crm.lead"
ROUNDS = 3
WARMUPS = 20
# A quarter of the time for each post is four times the posts.
MAX_RATIO = 1 / 4
A_SECOND = 250  # posts
MAX_P95 = 0.04
PATIENCE = 600


def measure(odoo, posts: int) -> list[Result]:
    """Measure both servers in turns, and check that no post got lost."""
    databases = odoo.databases
    native_template = templates.of_odoo(odoo, NATIVE_MODULES, demo=False)
    addon_template = templates.ours(odoo)
    with (
        databases.temporary("bench_website", native_template) as native_name,
        databases.temporary("bench_capture", addon_template) as addon_name,
    ):
        modules.run_script(odoo, addon_name, "Making a form", load_server.FORM)
        for name in (native_name, addon_name):
            load_server.keep_to_itself(odoo, name)
        with (
            load_server.running(odoo, native_name) as native,
            load_server.running(odoo, addon_name) as extended,
        ):
            return _compare(native, extended, posts)


def _compare(native, extended, posts):
    sides = {
        "native": (native, NATIVE_PATH, _native_form),
        "addon": (extended, load_server.CAPTURE_PATH, _addon_form),
    }
    each, slow, making = ({name: Sample() for name in sides} for _measure in range(3))
    number, accepted = 0, 0
    with progress.Step("Posting forms") as step:
        for round_number in range(-1, ROUNDS):
            names = sorted(sides, reverse=bool(round_number % 2))
            for name in names:
                server, path, form = sides[name]
                count = posts if round_number >= 0 else WARMUPS
                forms = [form(number + index) for index in range(count)]
                number += count
                step.update(f"{name}, round {round_number + 1}", number / posts / 6)
                start = time.perf_counter()
                answers = http_load.post_all(server.port, path, forms)
                seconds = time.perf_counter() - start
                _check(name, answers)
                if name == "addon":
                    accepted += count
                    outcomes = load_server.wait_for_leads(server, PATIENCE, step.update)
                    making[name].seconds.append(time.perf_counter() - start)
                    if outcomes != {"lead": accepted}:
                        raise Problem(f"{accepted} posts were taken, but: {outcomes}")
                if round_number >= 0:
                    times = Sample([answer.seconds for answer in answers])
                    each[name].seconds.append(seconds / count)
                    slow[name].seconds.append(times.p95)
    leads = extended.rows(
        "SELECT COUNT(*) FROM crm_lead WHERE capture_form_id IS NOT NULL"
    )
    if leads != [[accepted]]:
        raise Problem(f"{accepted} posts were taken, and there are {leads} leads.")
    return [
        Result(
            NAME,
            "Time for each post to a web form",
            **each,
            max_ratio=MAX_RATIO,
            max_seconds=1 / A_SECOND,
        ),
        Result(
            NAME,
            "95% of the posts answered within",
            **slow,
            max_ratio=MAX_RATIO,
            max_seconds=MAX_P95,
        ),
        Result(
            NAME,
            f"Until {posts} posts sent at once are leads",
            addon=Sample(making["addon"].seconds[1:]),
        ),
    ]


def _check(name, answers):
    good = (200,) if name == "native" else (303,)
    bad = [answer for answer in answers if answer.status not in good]
    bad += [a for a in answers if name == "native" and b'"id"' not in a.body]
    if bad:
        raise Problem(f"{len(bad)} posts failed: {bad[0].status} {bad[0].body[:200]}")


def _native_form(number):
    return {
        "contact_name": f"Jane Doe {number}",
        "name": "Quote",
        "partner_name": f"Company {number}",
        "email_from": f"jane.{number}@example.com",
        "phone": "+1 555 0100",
        "description": "Please send a quote.",
    }


def _addon_form(number):
    return {
        "first_name": "Jane",
        "last_name": f"Doe {number}",
        "company": f"Company {number}",
        "email": f"jane.{number}@example.com",
        "phone": "+1 555 0100",
        "message": "Please send a quote.",
    }
