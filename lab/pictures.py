"""./dev lab pictures: renew the pictures of the documentation, from the demo data."""

import json
import subprocess
from dataclasses import asdict
from pathlib import Path

from tooling import chromium, progress, templates
from tooling import odoo as odoo_module
from tooling.errors import Problem
from tooling.settings import REPO, cache

from .picture_list import PICTURES
from .served import served

HELP = "renew the pictures of the documentation, from the demo data"

LARGEST, LARGEST_MOVING = 150_000, 900_000  # bytes of a picture


def add_arguments(parser):
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="which pictures (default: all)"
    )
    parser.add_argument(
        "--database",
        help="with demo data and this addon; used as it is, not made anew",
    )


def run(arguments) -> int:
    """Take the pictures on a new database with demo data."""
    known = {picture.name: picture for picture in PICTURES}
    names = arguments.names or list(known)
    if unknown := set(names) - set(known):
        raise Problem(
            f"There is no picture {', '.join(sorted(unknown))}.",
            f"There are: {', '.join(known)}",
        )
    wanted = [known[name] for name in known if name in names]
    odoo = odoo_module.find().with_program(chromium.folder())
    if arguments.database:
        _take(odoo, arguments.database, wanted)
        return 0
    source = templates.ours(odoo, demo=True)
    with odoo.databases.temporary("check", source) as name:
        _take(odoo, name, wanted)
    return 0


def _take(odoo, database: str, pictures):
    with served(odoo, database, "screenshots") as address:
        _photograph(odoo, address, pictures)


def _photograph(odoo, address: str, pictures):
    failed = cache("logs", "pictures")
    failed.mkdir(exist_ok=True)
    request = {
        "address": address,
        "program": chromium.program(odoo.environ()),
        "folder": str(REPO),
        "failed": str(failed),
        "pictures": [{**asdict(picture), "file": picture.file} for picture in pictures],
    }
    with progress.Step("Pictures") as step:
        process = subprocess.Popen(
            [odoo.python, Path(__file__).with_name("bin") / "take_pictures.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=odoo.environ(),
        )
        process.stdin.write(json.dumps(request))
        process.stdin.close()
        for number, line in enumerate(process.stdout, 1):
            step.update(line.strip(), number / len(pictures))
        errors = process.stderr.read()
        if process.wait():
            raise Problem(
                f"Pictures that can't be taken:\n{errors.strip()[-3000:]}",
                f"How the pages looked then: {failed}",
            )
    for picture in pictures:
        largest = LARGEST_MOVING if picture.is_moving else LARGEST
        if (size := (REPO / picture.file).stat().st_size) > largest:
            raise Problem(
                f"The picture {picture.name} has {size:,} bytes.",
                "Show less of the page: crop it, or make the window smaller.",
            )
