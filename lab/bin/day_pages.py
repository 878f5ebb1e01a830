"""Do the tasks of a day in a browser, and say what they took.

Started with the environment `crawl`, by `lab/day.py`. Reads a request as JSON from
standard input, prints each task as it is done, and writes what it measured as JSON into
a file.
"""

import functools
import json
import math
import statistics
import sys
import time
from pathlib import Path

from day_hand import Hand
from day_native import Native
from day_ours import Ours
from day_slow import look_slowly
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import sync_playwright

SETTLED = 1000  # milliseconds after which a page has loaded what comes late
LISTENING = 5000  # until the client is told of what happens
PATIENCE = 45_000
SIZE = {"width": 1366, "height": 768}
OPTIONS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    # Nothing outside this machine is asked.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
ON_A_LEAD = ("call", "qualify", "claim", "new account", "account", "opportunity")
SIDES = {"ours": Ours, "native": Native}


class Day:
    """The tasks, one after the other, by a salesperson and a manager."""

    def __init__(self, browser, request):
        self.browser, self.request = browser, request
        self.found, self.failed, self.slowed = {}, {}, {}
        self.page = None

    def log_in(self, login):
        if self.page:
            self.page.context.close()
        context = self.browser.new_context(viewport=SIZE, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        self.page = context.new_page()
        address = self.request["address"]
        params = {
            "db": self.request["database"],
            "login": login,
            "password": login,
        }
        url = f"{address}/web/session/authenticate"
        self.page.request.post(url, data={"params": params})
        self.hand = Hand(self.page)
        self.work = SIDES[self.request["side"]](self.hand, address)

    def call(self, model, method, *args, **kwargs):
        url = f"{self.request['address']}/web/dataset/call_kw/{model}/{method}"
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        answer = self.page.request.post(url, data={"params": params})
        return answer.json()["result"]

    def lead_id(self, name):
        domain = [["name", "=", name], ["type", "=", "lead"]]
        return self.call("crm.lead", "search", domain, limit=1)[0]

    def measure(self, task, open_page, number, per=1):
        """Do a task, and note what it took.

        :param open_page: opens the page on which it begins
        :param number: which of the leads, or how many
        :param per: how many times it was done then
        """
        print(task, flush=True)
        try:
            open_page(number)
            # Nothing that the page still loads is counted.
            self.page.wait_for_timeout(SETTLED)
            self.hand.begin()
            getattr(self.work, task.replace(" ", "_"))(number)
            self.found.setdefault(task, []).append(self.hand.end(per))
        except BrowserError as error:
            self.fail(task, error)

    def fail(self, task, error):
        """Note what could not be done, with a picture."""
        self.failed[task] = " ".join(str(error).split())[:300]
        print(f"✗ {task}: {self.failed[task]}", flush=True)
        name = f"{self.request['side']}-{task.replace(' ', '-')}.png"
        self.page.screenshot(path=str(Path(self.request["pictures"], name)))

    def do_all(self):
        triaged = self.request["triaged"]
        self.log_in("day-salesperson")
        work = self.work
        for number in range(self.request["times"]):
            for task in ("add", "add details"):
                self.measure(task, work.open_add, number)
            for task in ON_A_LEAD:
                self.measure(task, functools.partial(self.open_lead, task), number)
        self.measure("triage", lambda _number: work.open_triage(), triaged, triaged)
        self.log_in("day-manager")
        self.measure("assign", self.work.open_assign, self.request["assigned"])
        if self.request["side"] == "ours":
            self.see_arrivals()
            self.see_slowly()

    def see_arrivals(self):
        """Post a web form many times, and note how long its owner waits for the message
        that a lead is theirs: the 95th percentile."""
        print("arrive", flush=True)
        forms = self.call(
            "crm.lead.capture.form",
            "search_read",
            [["name", "=", "Day form"]],
            ["token"],
        )
        post = f"{self.request['address']}/lead/capture/{forms[0]['token']}"
        self.log_in("day-salesperson")
        waits = []
        try:
            self.work.go("/odoo/lead-home", ".o_lead_home input:focus")
            self.page.wait_for_timeout(LISTENING)
            for number in range(self.request["arrivals"]):
                name = f"Arrival{number}"
                values = {
                    "first_name": "Eve",
                    "last_name": name,
                    "company": f"{name} Works",
                    "email": f"eve@{name.lower()}.example.com",
                }
                began = time.monotonic()
                self.page.request.post(post, form=values, max_redirects=0)
                self.hand.wait(f".o_new_lead:has-text('{name}')")
                waits.append(time.monotonic() - began)
        except BrowserError as error:
            self.fail("arrive", error)
            return
        waits.sort()
        self.hand.begin()
        took = self.hand.end()
        took["seconds"] = took["slowest"] = waits[math.ceil(0.95 * len(waits)) - 1]
        self.found["arrive"] = [took]

    def see_slowly(self):
        """Note how long pages take where the browser's processor is slow."""
        self.log_in("day-salesperson")
        try:
            self.slowed = look_slowly(self.page, self.hand, self.work, self.work.leads)
        except BrowserError as error:
            self.fail("slow", error)

    def open_lead(self, task, number):
        lead_id = self.lead_id(f"Day {task} {number}")
        self.work.go(self.work.form.format(lead_id), ".o_form_view .o_form_sheet")

    def outcome(self):
        return {
            "tasks": {task: middle(all_) for task, all_ in self.found.items()},
            "failed": self.failed,
            "slowed": self.slowed,
        }


def middle(measured):
    """Return the medians of what a task took each time."""
    return {
        name: any(one[name] for one in measured)
        if name.startswith("is_")
        else statistics.median(one[name] for one in measured)
        for name in measured[0]
    }


def main():
    request = json.load(sys.stdin)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=request["program"], args=OPTIONS
        )
        day = Day(browser, request)
        day.do_all()
        Path(request["outcome"]).write_text(json.dumps(day.outcome()))
        browser.close()


if __name__ == "__main__":
    main()
