"""The command line of ./dev."""

import argparse
import errno
import os
import signal
import sys

import lab
from lab import arrows, bench, crawl, manifests, release, surroundings, upgrade
from lab.documentation import readmes, reference, site, words

from . import clean, demo, i18n, lint
from .errors import Problem

DESCRIPTION = "Run, test and check the Odoo addon lead_management."


def main() -> int:
    # What follows -- is for the program that is started.
    given, rest = split(sys.argv[1:])
    arguments = _parser().parse_args(given, argparse.Namespace(rest=rest))
    # Being told to end is like Ctrl-C: clean up first. Both even when the shell that
    # started us in the background said to ignore them.
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return arguments.command(arguments) or 0
    except Problem as problem:
        return _say(problem)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    except OSError as error:
        return _say(explain(error))


def _interrupt(_signal, _frame):
    raise KeyboardInterrupt


def split(words: list[str]) -> tuple[list[str], list[str]]:
    """Cut the command line at its first --: ours, and what is passed on."""
    at = words.index("--") if "--" in words else len(words)
    return words[:at], words[at + 1 :]


def _say(problem: Problem) -> int:
    sys.stdout.flush()
    print(f"\n✗ {problem.what}", file=sys.stderr)
    if problem.way_on:
        indented = problem.way_on.replace("\n", "\n  ")
        print(f"→ {indented}", file=sys.stderr)
    return problem.code


def explain(error: OSError) -> Problem:
    where = f": {error.filename}" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Problem(
            f"The disk is full{where}.",
            "Make room, or set LEAD_MANAGEMENT_CACHE to a folder on a larger disk.",
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Problem(
            f"Not allowed{where} ({error.strerror}).",
            "If the cache folder was made by another user, set LEAD_MANAGEMENT_CACHE "
            "to a folder of your own.",
        )
    if "DEV_TRACEBACK" in os.environ:
        raise error
    return Problem(f"{error.strerror or error}{where}.", "DEV_TRACEBACK=1 shows where.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./dev", description=DESCRIPTION)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name, function, text):
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(command=function)
        return sub

    sub = command("run", demo.run, "start Odoo with the addon and demo data")
    demo.add_database_arguments(sub)
    sub.add_argument("-p", "--port", type=int, help="of the web server (default: 8069)")
    sub.add_argument("--workers", type=int, help="processes instead of threads")
    sub.add_argument(
        "-v", "--verbose", action="store_true", help="show Odoo's whole log"
    )
    sub.epilog = "Options after -- go to Odoo itself: ./dev run -- --dev=xml"

    sub = command("test", _test, "run the tests on a fresh database")
    surroundings.add_arguments(sub)
    crawl.add_arguments(sub)

    sub = command("shell", demo.shell, "open Odoo's Python shell on the run database")
    demo.add_database_arguments(sub)

    sub = command("lint", lint.run, "check how the code is written")
    lint.add_arguments(sub)
    checks = {
        "Arrows between addons": arrows.check,
        "Manifests": manifests.check,
        "Pages of addons": readmes.check,
        "Documentation": words.check,
    }
    sub.set_defaults(checks=checks, write=readmes.fix)

    sub = command("docs", site.run, "make a site of the documentation")
    site.add_arguments(sub)
    sub.set_defaults(parser=parser)

    sub = command("bench", bench.run, "measure the addon beside native Odoo")
    bench.add_arguments(sub)

    sub = commands.add_parser("lab", help="prove what is promised, at any length")
    experiments = sub.add_subparsers(title="experiments", metavar="NAME", required=True)
    for name, experiment in lab.EXPERIMENTS.items():
        sub = experiments.add_parser(
            name, help=experiment.HELP, description=experiment.HELP
        )
        sub.set_defaults(command=experiment.run)
        experiment.add_arguments(sub)

    command("upgrade", upgrade.run, "upgrade a database of the first release")
    command("release", release.run, "check what a release needs, and pack it")

    sub = command("i18n", i18n.run, "renew the list of texts to translate")
    i18n.add_arguments(sub)
    sub.set_defaults(reference=reference)

    sub = command(
        "clean", clean.run, "show and remove what ./dev keeps outside the clone"
    )
    clean.add_arguments(sub)

    command("stop", clean.stop, "stop the private PostgreSQL server")
    return parser


def _test(arguments) -> int:
    return crawl.run(arguments) if arguments.crawl else surroundings.run(arguments)
