"""./dev clean and ./dev stop: give back disk and memory."""

import shutil
from pathlib import Path

from . import postgres, progress
from .locks import lock
from .settings import cache_folder

# What can be removed by itself, and the folders of the cache it lives in.
PARTS = {
    "databases": (
        "the private PostgreSQL server, databases, files",
        ("postgres", "odoo-data"),
    ),
    "logs": ("logs and screenshots", ("logs",)),
    "odoo": ("Odoo and other downloads", ("debian", "apt")),
    "python": ("virtual environments", ("venv", "mypy")),
    "node": ("checkers of JavaScript", ("node",)),
}


def add_arguments(parser):
    for name, (text, _folders) in PARTS.items():
        parser.add_argument(f"--{name}", action="store_true", help=f"remove {text}")
    parser.add_argument("--all", action="store_true", help="remove the whole cache")


def run(arguments) -> int:
    """Remove parts of the cache; without an option say what it holds."""
    root = cache_folder()
    chosen = [name for name in PARTS if arguments.all or getattr(arguments, name)]
    if not chosen:
        print(f"The cache is {root}")
        for name, (text, folders) in PARTS.items():
            size = sum(_size(root / folder) for folder in folders)
            print(f"  {size / 1e6:7.0f} MB  --{name:<10} {text}")
        return 0
    if "databases" in chosen:
        stop(arguments)
    for name in chosen:
        text, folders = PARTS[name]
        with progress.Step(f"Removing {text}"):
            for folder in folders:
                shutil.rmtree(root / folder, ignore_errors=True)
    if arguments.all:
        shutil.rmtree(root, ignore_errors=True)
    return 0


def stop(_arguments) -> int:
    """Stop the private PostgreSQL server."""
    with lock("postgres"):
        postgres.stop()
    return 0


def _size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
