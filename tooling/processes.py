"""Run other programs, and turn their failures into problems a user understands."""

import collections
import os
import shutil
import subprocess

from .errors import Problem

# What other programs print when the machine, not the project, is at fault.
KNOWN_CAUSES = (
    (
        (
            "Temporary failure resolving",
            "Could not resolve",
            "Name or service not known",
            "NewConnectionError",
            "Network is unreachable",
            "Connection refused",
            "Connection timed out",
            "Could not connect to",
            "Cannot initiate the connection",
        ),
        "The network can't be reached, so {what} failed.",
        "Check the connection (or the proxy settings) and start it again: what is "
        "already downloaded is kept.",
    ),
    (
        ("No space left on device", "You don't have enough free space", "Disk quota"),
        "The disk is full, so {what} failed.",
        "Make room, or set LEAD_MANAGEMENT_CACHE to a folder on a larger disk. "
        "`./dev clean` shows what the cache holds and removes parts of it.",
    ),
)


def explain(what: str, output: str) -> Problem:
    """Return the problem behind a program's failure, from what it printed."""
    for signs, message, way_on in KNOWN_CAUSES:
        if any(sign in output for sign in signs):
            return Problem(message.format(what=what), way_on)
    tail = "\n".join(f"    {line}" for line in output.strip().splitlines()[-12:])
    return Problem(f"{what[0].upper()}{what[1:]} failed:\n{tail}")


def run(what: str, command, *, on_line=None, env=None, **options) -> str:
    """Run `command` and return what it prints; `on_line` sees each line at once.

    :param what: how to call the work in an error, for example "downloading Odoo"
    :raise Problem: when the program is missing or fails
    """
    try:
        process = subprocess.Popen(
            [str(part) for part in command],
            env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            **options,
        )
    except FileNotFoundError as error:
        raise Problem(f"There is no program {command[0]} for {what}.") from error
    lines = collections.deque(maxlen=5000)
    try:
        with process:
            for line in process.stdout:
                lines.append(line)
                if on_line:
                    on_line(line.rstrip())
    except BaseException:
        process.kill()
        raise
    output = "".join(lines)
    if process.returncode:
        raise explain(what, output)
    return output


def need_space(folder, size: int):
    """Stop before the disk is full rather than in the middle."""
    free = shutil.disk_usage(folder).free
    if free < size:
        raise Problem(
            f"{folder} has {free / 1e9:.1f} GB left of the {size / 1e9:.0f} GB needed.",
            "Make room, or set LEAD_MANAGEMENT_CACHE to a folder on a larger disk.",
        )
