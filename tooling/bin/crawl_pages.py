"""Open every page of the addons as one user, and click everything on it.

Started with the environment `crawl`, by `tooling/crawl.py`, which says what is looked
at and when it fails. Reads a request as JSON from standard input, prints each page as
it is opened, and writes what it found as JSON into a file.
"""

import json
import re
import sys
import time
from collections import Counter
from pathlib import Path

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tooling.logcheck import LogReader

SIZE = {"width": 1366, "height": 768}
PATIENCE = 20  # seconds for a page to come to rest
QUIET = 0.08  # seconds without a request that are rest
CLICK = 1200  # milliseconds for an element to be clickable
DEPTH = 3  # dialogs that open one another
NAVBAR = ".o_main_navbar"
MENU_ITEMS = ".o-dropdown--menu .o-dropdown-item:visible"
# How a person is refused something, in words
REFUSALS = ("UserError", "ValidationError", "AccessError", "RedirectWarning")
REFUSALS += ("MissingError", "AccessDenied", "ClaimRefused")
# Who says in the log that a service outside this machine does not answer, and that
# somebody was refused something in words
NO_FAULTS = ("odoo.addons.iap", "odoo.addons.partner_autocomplete", "odoo.http")
NO_FAULTS += ("odoo.addons.sms", "odoo.addons.crm_iap")
# Requests that end when they like
ENDLESS = re.compile(r"/websocket|/bus/|/longpolling|/web/image|/web/content")
ALL_LEADS = "lead_management.crm_lead_action_all"
PIPELINE = "crm.crm_lead_action_pipeline"
SETTINGS = "crm.crm_config_settings_action"


class Watch:
    """What happens at a browser window: requests under way, and whatever goes wrong."""

    def __init__(self, page, request):
        self.page, self.request = page, request
        self.where = self.doing = ""
        self.problems, self.refusals = [], []
        self.pending, self.last_request = set(), time.monotonic()
        self.log = Path(request["log"]).open(errors="replace")  # noqa: SIM115
        self.reader, self.bad_lines = LogReader(), 0
        page.on("request", self._on_request)
        page.on("requestfinished", self._on_end)
        page.on("requestfailed", self._on_end)
        page.on("response", self._on_response)
        page.on("pageerror", lambda error: self.problem("client error", str(error)))
        page.on("console", self._on_console)
        page.on("dialog", lambda dialog: dialog.accept())

    def problem(self, kind, text):
        entry = {"where": self.where, "doing": self.doing, "kind": kind}
        entry["text"] = text.strip()[:3000]
        if any(entry.items() <= known.items() for known in self.problems):
            return
        self.problems.append(entry)
        print(f"✗ {self.where} ‣ {self.doing}: {kind}: {text[:200]}", flush=True)
        picture = f"{self.request['role']}-{len(self.problems):02}.png"
        try:
            self.page.screenshot(path=str(Path(self.request["pictures"], picture)))
            entry["picture"] = picture
        except BrowserError:
            return  # there is no page to be seen

    def settle(self):
        """Wait until the page is at rest, and look at what has gone wrong."""
        deadline = time.monotonic() + PATIENCE
        self.page.wait_for_timeout(30)
        while self.pending or time.monotonic() - self.last_request < QUIET:
            if time.monotonic() > deadline:
                self.problem("page", "does not come to rest")
                self.pending.clear()
            elif time.monotonic() - self.last_request > PATIENCE / 4:
                self.pending.clear()  # an answer that the browser threw away
            self.page.wait_for_timeout(30)
        self._look_at_log()
        self._look_at_errors()

    def _on_request(self, request):
        if not ENDLESS.search(request.url):
            self.pending.add(request)
            self.last_request = time.monotonic()

    def _on_end(self, request):
        self.pending.discard(request)
        self.last_request = time.monotonic()

    def _on_console(self, message):
        # What the browser says of answers is told by the answers.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.problem("console", message.text)

    def _on_response(self, response):
        if response.status >= 500:
            self.problem("answer", f"{response.status} from {response.url}")
        if not response.headers.get("content-type", "").startswith("application/json"):
            return
        try:
            error = response.json().get("error")
        except (BrowserError, ValueError, AttributeError):
            return  # the page has gone on, or it is no answer of a method
        data = (error or {}).get("data") or {}
        if str(data.get("name", "")).rpartition(".")[2] in REFUSALS:
            message = str(data.get("message"))[:300]
            self.refusals.append([self.where, self.doing, message])
        elif error:
            self.problem("traceback", data.get("debug") or str(error))

    def _look_at_log(self):
        for line in self.log:
            self.reader.feed(line.rstrip("\n"))
        for record in self.reader.bad[self.bad_lines :]:
            if not record.logger.startswith(NO_FAULTS):
                self.problem("server log", record.text())
        self.bad_lines = len(self.reader.bad)

    def _look_at_errors(self):
        """Close error dialogs; one that is not in words is a problem."""
        for _times in range(4):
            dialog = self.page.locator(".o_error_dialog").last
            if not dialog.count():
                return
            details = dialog.locator(".modal-body button.btn-link")
            if details.count():
                details.first.click()
                self.problem("client error", dialog.inner_text())
            elif not dialog.inner_text().strip():
                self.problem("client error", "an empty error dialog")
            close = dialog.locator(".modal-footer .btn").last
            if close.count():
                close.click()
            else:
                self.page.keyboard.press("Escape")
            self.page.wait_for_timeout(100)


class Crawler:
    """A user who clicks everything."""

    def __init__(self, page, request):
        self.page, self.request = page, request
        self.watch = Watch(page, request)
        self.until = time.monotonic() + request["seconds"]
        self.pages, self.clicks = [], 0
        self.left_out, self.clicked = Counter(), set()

    def is_over(self, what=""):
        over = time.monotonic() > self.until
        if over and what:
            self.left_out[f"{what}: no time left"] += 1
        return over

    def is_new(self, *key):
        """Tell whether something has not been clicked yet; it is from now on."""
        new = key not in self.clicked
        self.clicked.add(key)
        return new

    def click(self, locator):
        """Click an element, and wait for what comes of it; False if it can't be."""
        try:
            locator.click(timeout=CLICK)
        except BrowserError as error:
            covered = "intercepts pointer events" in str(error)
            self.left_out["covered" if covered else "gone before its click"] += 1
            return False
        self.clicks += 1
        self.watch.settle()
        return True

    # -- going somewhere ---------------------------------------------------------

    def log_in(self):
        login = self.request["login"]
        self.page.goto(f"{self.request['address']}/web/login")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", login)
        self.page.click(".oe_login_buttons button")
        self.arrive()

    def arrive(self):
        self.page.wait_for_selector(NAVBAR, timeout=90_000)
        self.page.wait_for_function("() => window.odoo?.__WOWL_DEBUG__")
        self.watch.settle()

    def leave(self):
        """Close dialogs, and forget what was typed."""
        buttons = (
            ".o_dialog .modal-header .btn-close, .o_dialog footer .btn-secondary",
            ".o_form_button_cancel:visible, .o_list_button_discard:visible",
        )
        for selector in buttons:
            for _times in range(DEPTH + 1):
                button = self.page.locator(selector).last
                if not button.count():
                    break
                try:
                    button.click(timeout=1000)
                except BrowserError:
                    self.page.keyboard.press("Escape")
                self.page.wait_for_timeout(50)

    def go(self, place):
        """Open a place: an action in a kind of view, perhaps on a record."""
        watch, options = self.watch, {}
        watch.where, watch.doing = place["title"], "open"
        if place.get("view"):
            options["viewType"] = place["view"]
        if place.get("record"):
            if not (record := self.find_record(place)):
                return False
            options |= {"viewType": "form", "props": {"resId": record}}
        refusals = len(watch.refusals)
        if not self.page.locator(NAVBAR).count():
            self.page.goto(f"{self.request['address']}/odoo")
            self.arrive()
        try:
            self.leave()
            self.page.evaluate("crawl.open", [place["action"], options, {}])
            watch.settle()
        except BrowserError as error:
            if re.search("Navigat|context was destroyed", str(error)):
                self.arrive()  # at a page of its own
                return True
            watch.settle()
            if len(watch.refusals) == refusals:
                watch.problem("open", str(error))
            self.page.goto(f"{self.request['address']}/odoo")
            self.arrive()
            return False
        return True

    def find_record(self, place):
        """Return the id of the first record of a place, as this user may see it."""
        model = place["model"]
        params = {"model": model, "method": "search", "args": [place["record"]]}
        params["kwargs"] = {
            "limit": 1,
            "order": "id",
            "context": {"active_test": False},
        }
        answer = self.page.request.post(
            f"{self.request['address']}/web/dataset/call_kw/{model}/search",
            data={"params": params},
        ).json()
        return next(iter(answer.get("result") or ()), None)

    # -- clicking ------------------------------------------------------------------

    def visit(self, place, repeat=False):
        """Open a place and click all that is on it.

        :param repeat: click buttons again that were clicked on another record: what
            they do depends on it
        """
        if self.is_over("pages"):
            return
        print(place["title"], flush=True)
        if not self.go(place):
            self.left_out["pages this user can't open, or has no record for"] += 1
            return
        started, clicks = time.monotonic(), self.clicks
        self.visit_open(place, repeat)
        seconds = round(time.monotonic() - started)
        self.pages.append([place["title"], seconds, self.clicks - clicks])

    def visit_open(self, place, repeat):
        is_open = True
        for item in self.page.evaluate("crawl.collect()"):
            is_again = repeat and item["is_step"]
            if item["why"]:
                self.left_out[item["why"]] += 1
                continue
            if not self.is_new(place["scope"], item["id"]) and not is_again:
                continue
            if self.is_over("clicks"):
                continue
            if not is_open and not self.go(place):
                self.left_out["clicks: no record is left"] += 1
                return
            items = self.page.evaluate("crawl.collect()")
            if not any(now["id"] == item["id"] for now in items):
                self.left_out["not on the next record"] += 1
                is_open = True
                continue
            before = self.page.evaluate("crawl.state()")
            self.watch.doing = item["words"] or item["id"]
            name = json.dumps(item["id"])
            if self.click(self.page.locator(f"[data-crawl={name}]").last):
                self.answer_dialogs()
            is_open = self.page.evaluate("crawl.state()") == before
        self.click_menu(place)

    def answer_dialogs(self):
        """Click the main button of the dialog that is open, and of what follows."""
        before = None
        for _depth in range(DEPTH):
            dialog = self.page.locator(".o_dialog").last
            if not dialog.count() or (now := dialog.inner_text()[:300]) == before:
                return  # it is answered, or wants something else
            before = now
            self.fill_required()
            main = dialog.locator(".modal-footer .btn-primary:visible:enabled")
            if not main.count():
                return
            self.watch.doing += f" ‣ {main.first.inner_text().strip()[:40]}"
            if not self.click(main.first):
                return

    def fill_required(self):
        texts = {"number": "3", "date": time.strftime("%m/%d/%Y"), "text": "Sample"}
        for number, kind in enumerate(self.page.evaluate("crawl.missing()")):
            box = self.page.locator(f'[data-crawl-fill="{number}"]').last
            try:
                if kind == "select":
                    box.select_option(index=1)
                elif kind == "many2one":
                    box.click(timeout=CLICK)
                    self.watch.settle()
                    choices = ".o-autocomplete--dropdown-item:visible a"
                    self.page.locator(choices).first.click(timeout=CLICK)
                else:
                    box.fill(texts[kind])
                    self.page.keyboard.press("Tab")
                self.watch.settle()
            except BrowserError:
                self.left_out["a required field that can't be filled"] += 1

    def click_menu(self, place):
        """Click the entries of the action menu, of a list for its first record. On
        pages of Odoo's own models, these are Odoo's."""
        if not (place.get("model") or "crm.lead").startswith("crm."):
            return
        for name in self.open_menu(place):
            if self.is_over("menu entries"):
                return
            if not self.is_new(place["scope"], "menu", name):
                continue
            if not self.go(place):
                return
            if name not in self.open_menu(place):
                self.left_out["gone before its click"] += 1
                continue
            self.watch.doing = f"Actions ‣ {name}"
            if self.click(self.page.locator(MENU_ITEMS, has_text=name).first):
                self.answer_dialogs()

    def open_menu(self, place):
        """Open the action menu; return its entries, those that delete at the end."""
        self.watch.doing = "Actions"
        if place.get("view") == "list":
            box = self.page.locator(".o_data_row .o_list_record_selector input").first
            if not box.count() or not self.click(box):
                return []
        toggle = self.page.locator(
            ".o_control_panel .o_cp_action_menus button:has(.fa-cog):visible"
        )
        if not toggle.count() or not self.click(toggle.last):
            return []
        texts = self.page.locator(MENU_ITEMS).all_inner_texts()
        names = [text.strip() for text in dict.fromkeys(texts) if text.strip()]
        return sorted(names, key=lambda name: bool(re.search("elet|ösch", name)))

    def try_filters(self, place):
        """Apply every filter and every grouping of a page, one after the other."""
        if not self.is_new("filters", place["model"], place["search"]):
            return
        if self.is_over("filters") or not self.go(place):
            return
        for menu in (".o_filter_menu", ".o_group_by_menu"):
            for index in range(self.open_search(menu)):
                entry = self.page.locator(f"{menu} .o_menu_item").nth(index)
                self.watch.doing = f"filter {entry.inner_text().strip()}"
                for _on_and_off in range(1 if menu == ".o_filter_menu" else 2):
                    if not self.open_search(menu) or not self.click(entry):
                        break
                if self.is_over("filters"):
                    return
                self.open_search(menu)

    def open_search(self, menu):
        """Open the search menu unless it is; return how many entries it has."""
        if not self.page.locator(menu).count():
            toggle = self.page.locator(".o_searchview_dropdown_toggler")
            if not toggle.count() or not self.click(toggle.first):
                return 0
        return self.page.locator(f"{menu} .o_menu_item").count()

    # -- all of it --------------------------------------------------------------

    def crawl(self):
        for status in self.request["statuses"]:
            record = [
                ["type", "=", "lead"],
                ["status_id.category", "=", status],
                ["name", "like", f"Sample lead {self.request['login']}"],
            ]
            place = {"action": ALL_LEADS, "model": "crm.lead", "record": record}
            title = f"Lead form, {status}"
            self.visit({**place, "title": title, "scope": "lead form"}, repeat=True)
        actions = {}
        own = tuple(self.request["modules"])
        for menu in self.page.evaluate("crawl.menus()"):
            if menu["menu"].startswith(own) or menu["xml_id"].startswith(own):
                actions.setdefault(menu["xml_id"], menu)
        for action in self.request["actions"]:
            actions.setdefault(action["xml_id"], action)
        for action in actions.values():
            self.visit_action(action)
        if self.request["is_admin"]:
            self.visit({"title": "Settings", "action": SETTINGS, "scope": "settings"})

    def visit_action(self, action):
        place = {"action": action["xml_id"], "model": action.get("res_model")}
        views = action["views"]
        if action["type"] != "ir.actions.act_window" or views == ["form"]:
            scope = action["xml_id"]
            self.visit({**place, "title": action["name"], "scope": scope})
            return
        for view in views:
            here = {**place, "view": view, "title": f"{action['name']} ({view})"}
            here["scope"] = f"{place['model']} {view}"
            if view != "form":
                self.visit(here)
                search = view == "list" and place["action"]
                self.try_filters({**here, "search": search})
            elif place["model"] != "crm.lead":
                self.visit({**here, "record": [["id", ">", 0]]})
                self.save_new(here)

    def save_new(self, place):
        """Save an empty form: it asks for what it needs, in words."""
        if not self.is_new(place["scope"], "new") or self.is_over("forms"):
            return
        if self.go({**place, "title": f"{place['title']}, new"}):
            self.pages.append([self.watch.where, 0, 1])
            self.watch.doing = "save"
            save = self.page.locator(".o_form_button_save:visible")
            if save.count():
                self.click(save.first)

    def outcome(self):
        return {
            "pages": self.pages,
            "clicks": self.clicks,
            "left_out": dict(self.left_out),
            "refusals": self.watch.refusals,
            "problems": self.watch.problems,
        }


def main():
    request = json.load(sys.stdin)
    address = request["address"]
    options = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=request["program"], args=options
        )
        page = browser.new_page(viewport=SIZE)
        page.add_init_script(path=Path(__file__).with_suffix(".js"))
        # Nothing outside this machine is asked.
        inside = (address, address.replace("http", "ws"), "data:", "blob:")
        page.route(lambda url: not url.startswith(inside), lambda route: route.abort())
        crawler = Crawler(page, request)
        try:
            crawler.log_in()
            crawler.crawl()
        except BrowserError as error:
            crawler.watch.problem("crawl", str(error))
        Path(request["outcome"]).write_text(json.dumps(crawler.outcome()))
        browser.close()


if __name__ == "__main__":
    main()
