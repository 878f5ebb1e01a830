"""./dev lab first_hour: from a clone to the first converted lead, with a clock."""

import contextlib
import http.cookiejar
import json
import os
import re
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from tooling import modules, ports, processes
from tooling import odoo as odoo_module
from tooling.errors import Problem
from tooling.settings import REPO, cache, cache_folder

HELP = "go from a clone to the first converted lead, with a clock"

MINUTES = 5
# What is downloaded and unpacked once, and takes as long as the network does
DOWNLOADED = ("apt", "bin", "debian", "node", "venv")
DATABASE = "first_hour"
READY = re.compile(r"^Odoo is at ", re.MULTILINE)


def add_arguments(parser):
    parser.add_argument(
        "--minutes", type=float, default=MINUTES, help="fail after (default: 5)"
    )


def run(arguments) -> int:
    """Clone, run, add a lead, see its account found, convert it; print the times.

    Everything but what is downloaded is made anew: the database server, the databases
    and the files.
    """
    odoo_module.find()  # what is missing is downloaded before the clock starts
    # A server that is there has databases already.
    os.environ.pop("PGHOST", None)
    with tempfile.TemporaryDirectory(prefix="first-hour-") as folder:
        clock = _Clock()
        clone = Path(folder, "clone")
        processes.run("git clone", ["git", "clone", "--quiet", REPO, clone])
        clock.tell("Cloned")
        environ = {"LEAD_MANAGEMENT_CACHE": str(_get_cache(Path(folder, "cache")))}
        try:
            with _running(clone, environ, arguments.minutes) as address:
                clock.tell("Odoo answers, with a year of leads")
                _work(address, clock)
        finally:
            processes.run("./dev stop", [clone / "dev", "stop"], env=environ)
        seconds = clock.seconds
    if seconds > arguments.minutes * 60:
        print(f"More than {arguments.minutes:g} minutes.\n0 passed, 1 failed")
        return 1
    print("1 passed, 0 failed")
    return 0


class _Clock:
    def __init__(self):
        self.started = self.last = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def tell(self, what: str):
        now = time.monotonic()
        print(f"{self.seconds:6.1f} s  {what} ({now - self.last:.1f} s)", flush=True)
        self.last = now


def _get_cache(folder: Path) -> Path:
    """Return a cache that has what is downloaded, and where logs are kept."""
    folder.mkdir()
    # The database server may belong to another user.
    folder.chmod(0o755)
    folder.parent.chmod(0o755)
    # What is told of a failure is still there when the rest is gone.
    cache("logs", "…")  # makes the folder
    for name in (*DOWNLOADED, "logs"):
        if (known := cache_folder() / name).exists():
            (folder / name).symlink_to(known)
    return folder


@contextlib.contextmanager
def _running(clone: Path, environ: dict, minutes: float):
    """Start ./dev run in a clone, and yield its address once it says it is there."""
    port = ports.any_free()
    log = modules.log_file("first-hour")
    with log.open("w") as output:
        process = subprocess.Popen(
            [clone / "dev", "run", "--port", str(port), "--database", DATABASE],
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **environ},
        )
    try:
        deadline = time.monotonic() + 2 * minutes * 60
        while not READY.search(log.read_text()):
            if process.poll() is not None or time.monotonic() > deadline:
                raise Problem("./dev run gives no Odoo.", f"Its output: {log}")
            time.sleep(0.2)
        yield f"http://{ports.HOST}:{port}"
    finally:
        process.terminate()
        process.wait()


def _work(address: str, clock: _Clock):
    """Do what the README tells a salesperson to do, as the web client does it."""
    client = _Client(address)
    client.call_route(
        "/web/session/authenticate",
        {"db": DATABASE, "login": "demo", "password": "demo"},
    )
    home = client.call("crm.lead", "get_lead_home")
    _expect(home["views"], "The home page counts nothing.")
    clock.tell("Logged in, the home page is there")
    [company] = client.call(
        "res.partner",
        "search_read",
        [[("is_company", "=", True), ("account_key", "!=", False)], ["name"]],
        limit=1,
    )
    values = {"name": company["name"]}
    found = client.call("res.partner", "find_account_matches", [values])
    ids = [match["id"] for match in found["matches"]]
    _expect(company["id"] in ids, f"{company['name']} is not found while it is typed.")
    [lead] = client.call(
        "crm.lead",
        "create",
        [
            [
                {
                    "type": "lead",
                    "contact_name": "Ada Freeman",
                    "partner_name": company["name"],
                    "account_id": company["id"],
                }
            ]
        ],
    )
    clock.tell(f"A lead of {company['name']} is there, its account was found")
    [result] = client.call("crm.lead", "convert_lead", [[lead], "opportunity"])
    _expect(
        result["account_id"] == company["id"] and result["opportunity_id"],
        "The lead became something else.",
    )
    clock.tell("It is converted")


def _expect(is_so, problem: str):
    if not is_so:
        raise Problem(problem)


class _Client:
    """A web client's session."""

    def __init__(self, address: str):
        self.address = address
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(jar)
        )

    def call_route(self, route: str, params: dict):
        request = urllib.request.Request(
            f"{self.address}{route}",
            json.dumps({"jsonrpc": "2.0", "params": params}).encode(),
            {"Content-Type": "application/json"},
        )
        with self.opener.open(request, timeout=120) as response:
            answer = json.load(response)
        if "error" in answer:
            raise Problem(f"{route}: {answer['error']['data']['message']}")
        return answer["result"]

    def call(self, model: str, method: str, args=(), **kwargs):
        return self.call_route(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": [*args], "kwargs": kwargs},
        )
