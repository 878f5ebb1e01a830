"""Open every page of the addons as one user, and click everything on it.

Started with the environment `crawl`, by `lab/crawl.py`, which says what is looked
at and when it fails. Reads a request as JSON from standard input, prints each page as
it is opened, and writes what it found as JSON into a file.
"""

import json
import re
import sys
import time
import zlib
from pathlib import Path

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from lab import crawling
from tooling.logcheck import LogReader

SIZE = {"width": 1366, "height": 768}
PATIENCE = 20  # seconds for a page to come to rest
CLICK = 1200  # milliseconds for an element to be clickable
DEPTH = 3  # dialogs that open one another
NAVBAR = ".o_main_navbar"
MENU_ITEMS = ".o-dropdown--menu .o-dropdown-item:visible"
ALL_LEADS = "lead_management.crm_lead_action_all"
SETTINGS = "crm.crm_config_settings_action"
LEAD = "lead form"
FORM = 6  # how much more than another page the form of a lead of one status is
RESERVE = 0.4  # of the time is kept for menus, and for the second round
OTHERS = 2  # seconds for what is on a view that no menu shows
NO_TIME = "no time left"
# The rounds: what the server answers (and nothing on some forms), the rest of what
# nobody has clicked yet, and what others have.
ASKED, UNSEEN, ALL = range(3)
ACCESS = Path(__file__).with_name("crawl_access.js").read_text()
OPTIONS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-extensions", "--disable-component-update", "--mute-audio"),
    "--blink-settings=imagesEnabled=false",
    # Nothing outside this machine is asked.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


class Watch:
    """What happens at a browser window, and whatever goes wrong."""

    def __init__(self, page, request):
        self.page, self.request = page, request
        self.where = self.doing = ""
        self.findings, self.refusals = crawling.Findings(), []
        self.views = set()  # the ids of the views that were read
        self.log = Path(request["log"]).open(errors="replace")  # noqa: SIM115
        self.reader, self.bad_lines = LogReader(), 0
        page.on("response", self._on_response)
        page.on("pageerror", lambda error: self.problem("client error", str(error)))
        page.on("console", self._on_console)
        page.on("dialog", lambda dialog: dialog.accept())
        page.context.on("page", lambda popup: popup.close())

    def problem(self, kind, text):
        problem = self.findings.add(self.where, self.doing, kind, text)
        if not problem:
            return
        print(f"✗ {self.where} ‣ {self.doing}: {kind}: {text[:200]}", flush=True)
        number = len(self.findings.problems)
        picture = f"{self.request['role']}-{number:02}.png"
        try:
            path = str(Path(self.request["pictures"], picture))
            self.page.screenshot(path=path, timeout=5000)
            problem["picture"] = picture
        except BrowserError:
            return  # there is no page to be seen

    def settle(self):
        """Wait until the page is at rest, look at what has gone wrong, and return what
        there is to see; None on a page that is not the web client's."""
        for _times in range(5):
            try:
                look = self._rest()
            except BrowserError as error:
                if not re.search("navigat|context was destroyed", str(error)):
                    raise
                look = self._arrive()
            self._look_at_log()
            dialog = (look or {}).get("dialog")
            if not dialog or not dialog["is_error"]:
                break
            self._close_error(dialog)
        return look

    def _rest(self):
        look = self.page.evaluate(f"window.crawl?.rest({PATIENCE * 1000})")
        if not look:
            return None
        if look.get("is_late"):
            self.problem("page", "does not come to rest")
        self.views.update(look["views"])
        for text in look["untranslated"]:
            self.problem("not translated", text)
        for part in look["wide"]:
            self.problem("wider than its place", part)
        for error in look["errors"]:
            words = crawling.refusal(error)
            if words is None:
                self.problem("traceback", error.get("debug") or str(error))
            else:
                self.refusals.append([self.where, self.doing, words])
        return look

    def _arrive(self):
        """Wait for the page a click has led to."""
        self.page.wait_for_load_state("domcontentloaded")
        if not self.page.evaluate("!!window.odoo?.loader"):
            return None
        try:
            self.page.wait_for_selector(NAVBAR, timeout=PATIENCE * 1000)
        except BrowserError:
            return None  # a page of the website
        return self._rest()

    def _on_console(self, message):
        if crawling.is_console_error(message.type, message.text):
            self.problem("console", message.text)

    def _on_response(self, response):
        if response.status >= 500:
            self.problem("answer", f"{response.status} from {response.url}")

    def _look_at_log(self, ended=False):
        for line in self.log:
            self.reader.feed(line.rstrip("\n"))
        if ended:
            self.reader.close()
        words = [words for _where, _doing, words in self.refusals]
        here = [words for where, _doing, words in self.refusals if where == self.where]
        for record in self.reader.bad[self.bad_lines :]:
            if crawling.is_fault(record, words, here):
                self.problem("server log", record.text())
        self.bad_lines = len(self.reader.bad)

    def _close_error(self, dialog):
        """Close an error dialog; one that is not in words is a problem."""
        if dialog["has_details"]:
            self.page.locator(".o_error_dialog button.btn-link").last.click()
            text = self.page.locator(".o_error_dialog").last.inner_text()
            self.problem("client error", text)
        elif not dialog["text"].strip():
            self.problem("client error", "an empty error dialog")
        self.page.evaluate("crawl.leave()")

    def end(self):
        self._look_at_log(ended=True)


class Crawler:
    """A user who clicks everything."""

    def __init__(self, page, request):
        self.page, self.request = page, request
        self.watch = Watch(page, request)
        self.until = time.monotonic() + request["seconds"]
        self.page_until = self.until
        self.pages, self.unopened, self.clicks = {}, [], 0
        self.rest = {}  # place: what on it was not clicked
        self.left_out, self.clicked = crawling.LeftOut(), set()
        self.by_any = crawling.Clicked(request["clicked"])
        self.record = None  # the id of the one that was opened last
        self.round, self.later = ASKED, []
        self.own_names = set(request["own_names"])

    def is_over(self, what="", number=1, until=None):
        """Tell whether the time has passed; note what is left out for it."""
        over = time.monotonic() > (until or self.until)
        if over and what:
            self.left_out.add(f"{what}: {NO_TIME}", self.watch.where, number)
        return over

    def is_new(self, *key):
        """Tell whether something has not been clicked yet; it is from now on."""
        new = key not in self.clicked
        self.clicked.add(key)
        return new

    def click(self, item):
        """Click an item of the page; return what there is to see then, or None if it
        can't be clicked."""
        return self._click(
            f"[data-crawl={json.dumps(item['id'], ensure_ascii=False)}]", item["words"]
        )

    def _click(self, selector, words):
        spot = self.page.evaluate("crawl.aim", selector)
        if spot.get("why") and "x" in spot:
            # It may show when the mouse is there.
            self.page.mouse.move(spot["x"], spot["y"])
            spot = self.page.evaluate("crawl.aim", selector)
        if why := spot.get("why"):
            self.left_out.add(why, f"{self.watch.where} ‣ {words}")
            return None
        print(f"{self.watch.where} ‣ {self.watch.doing}", flush=True)
        self.page.mouse.click(spot["x"], spot["y"])
        self.clicks += 1
        return self.watch.settle() or {}

    def click_locator(self, locator):
        """Click what Odoo has itself; False if it can't be."""
        try:
            locator.click(timeout=CLICK)
        except BrowserError:
            return False
        self.watch.settle()
        return True

    def leave(self):
        """Close what lies above the page, forget what was typed, and look again."""
        try:
            self.page.evaluate("crawl.leave()")
        except BrowserError as error:
            if not re.search("navigat|context was destroyed", str(error)):
                raise
        return self.watch.settle() or {}

    # -- going somewhere ---------------------------------------------------------

    def log_in(self):
        login = self.request["login"]
        params = {"db": self.request["database"], "login": login, "password": login}
        self.page.request.post(
            f"{self.request['address']}/web/session/authenticate",
            data={"params": params},
        )
        self.go_home()

    def go_home(self):
        self.page.goto(f"{self.request['address']}/odoo")
        self.page.wait_for_selector(NAVBAR)
        self.page.wait_for_function("() => window.odoo?.__WOWL_DEBUG__")
        self.watch.settle()

    def go(self, place):
        """Open a place: an action in a kind of view, perhaps on a record. Return what
        there is to see, or None if it can't be opened."""
        watch, options = self.watch, {}
        watch.where, watch.doing = place["title"], "open"
        if place.get("view"):
            options["viewType"] = place["view"]
        if place.get("record"):
            if not (record := self.find_record(place)):
                self.left_out.add("there is no record", place["title"])
                return None
            options |= {"viewType": "form", "props": {"resId": record}}
            self.record = record
        refusals = len(watch.refusals)
        if not self.page.evaluate("!!window.odoo?.__WOWL_DEBUG__"):
            self.go_home()
        try:
            self.page.evaluate("crawl.leave()")
            self.page.evaluate("crawl.open", [place["action"], options, {}])
            return watch.settle() or {}
        except BrowserError as error:
            if re.search("navigat|context was destroyed", str(error)):
                return watch.settle() or {}  # at a page of its own
            watch.settle()
            if len(watch.refusals) == refusals:
                watch.problem("open", str(error))
                self.go_home()
            else:
                self.left_out.add("this user may not open it", place["title"])
            return None

    def find_record(self, place):
        """Return the id of the first record of a place, as this user may see it."""
        model = place["model"]
        if not self.ask(model, "has_access", [[], "read"]):
            self.left_out.add("this user may not open it", place["title"])
            return None
        found = self.ask(
            model,
            "search",
            [place["record"]],
            limit=1,
            order="id",
            context={"active_test": False},
        )
        return next(iter(found or ()), None)

    def ask(self, model, method, args, **kwargs):
        """Return what the server answers this user, None where it refuses."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        url = f"{self.request['address']}/web/dataset/call_kw/{model}/{method}"
        return self.page.request.post(url, data={"params": params}).json().get("result")

    # -- clicking ------------------------------------------------------------------

    def visit(self, place):
        """Open a place and click all that is on it and has not been clicked yet."""
        if self.is_over():
            if place["title"] not in self.pages:
                self.unopened.append(place["title"])
            return
        print(place["title"], flush=True)
        started, clicks = time.monotonic(), self.clicks
        if look := self.go(place):
            try:
                if place["title"] not in self.pages:
                    self.look_for_barriers(place)
                self.click_all(place, look)
            except BrowserError as error:
                self.watch.problem("browser", str(error))
                self.go_home()
            seconds, before = self.pages.get(place["title"], (0, 0))
            seconds += time.monotonic() - started
            self.pages[place["title"]] = seconds, before + self.clicks - clicks

    def look_for_barriers(self, place):
        """Note what keeps people with disabilities from using a page.

        Each kind of page once, by one of the users: it is made of the same for all.
        """
        axe, kind = self.request["axe"], place["scope"]
        is_mine = (
            zlib.crc32(kind.encode()) % self.request["of"] == self.request["share"]
        )
        if axe and is_mine and self.is_new(kind, "barriers"):
            for barrier in self.page.evaluate(ACCESS, Path(axe).read_text()):
                self.watch.problem("accessibility", barrier)

    def click_all(self, place, look):
        agenda, here = crawling.Agenda(), look.get("state")
        rest = self.rest[place["title"]] = []
        agenda.add(
            crawling.in_turn(
                look.get("items", ()), self.request["share"], self.request["of"]
            )
        )
        for item in agenda:
            if why := item["why"] or self.reason_to_leave(place, item):
                self.left_out.add(why, f"{place['title']} ‣ {item['words']}")
                continue
            # What a step does depends on the status of the lead.
            is_step = item["is_step"] and place["scope"] == LEAD
            scope = place["title"] if is_step else place["scope"]
            if (scope, item["id"]) in self.clicked:
                continue
            common = scope, item["common"]
            is_later = self.round == ASKED and (
                place in self.later or not crawling.asks_server(item)
            )
            is_seen = self.round != ALL and common in self.by_any
            if is_later or is_seen or self.is_over(until=self.page_until):
                rest.append(common)
                continue
            self.is_new(scope, item["id"])
            self.by_any.add(*common)
            look = self.bring_into_sight(place, item, agenda, look, here)
            if not look:
                continue
            self.watch.doing = item["words"] or item["id"]
            look = self.click(item) or {}
            if not look:
                continue
            way = (*agenda.ways[item["id"]], item)
            if look.get("dialog"):
                agenda.add(look["dialog"]["others"], way)
                look = self.answer_dialogs(look) or {}
            if look.get("dialog") or look.get("is_dirty"):
                look = self.leave()
            if look.get("state") == here:
                agenda.add(look["items"], way)
            if is_step and self.find_record(place) != self.record:
                look = {}  # the lead has another status now

    def reason_to_leave(self, place, item):
        """Return why a button is not clicked, or "": on the form of a lead all are."""
        is_odoos = item["name"] and item["name"] not in self.own_names
        return "a button of Odoo's" if is_odoos and place["scope"] != LEAD else ""

    def bring_into_sight(self, place, item, agenda, look, here):
        """Return what there is to see when the item is among it, else nothing."""

        def is_shown(wanted):
            shown = [*look.get("items", ()), *self._inside(look)]
            return any(now["id"] == wanted["id"] for now in shown)

        if look.get("state") == here and is_shown(item):
            return look
        for is_anew in (False, True):
            if is_anew and not (look := self.go(place)):
                return {}
            if look.get("state") != here and not is_anew:
                continue
            for step in agenda.ways[item["id"]]:
                if not is_shown(step):
                    break
                self.watch.doing = f"again {step['words']}"
                look = self.click(step) or {}
            if is_shown(item):
                return look
        self.left_out.add(
            "not on the next record", f"{place['title']} ‣ {item['words']}"
        )
        return {}

    @staticmethod
    def _inside(look):
        dialog = look.get("dialog")
        if not dialog:
            return []
        return [*dialog["inside"], *filter(None, [dialog["main"]]), *dialog["others"]]

    def answer_dialogs(self, look):
        """Click what is in the dialog that is open, its main button, and so on with
        what follows; return what there is to see then."""
        before = None
        for _depth in range(DEPTH):
            dialog = look.get("dialog")
            if not dialog or dialog["text"] == before:
                break  # it is answered, or wants something else
            look = self.click_inside(look)
            if not (dialog := look.get("dialog")):
                break
            self.fill_required()
            before, main = dialog["text"], dialog["main"]
            if not main:
                break
            self.watch.doing += f" ‣ {main['words']}"
            if not (after := self.click(main)):
                break
            look = after
        return look

    def click_inside(self, look):
        """Click what has not been clicked yet in the dialog, as long as it is there."""
        title, doing = look["dialog"]["title"], self.watch.doing
        agenda = crawling.Agenda()
        agenda.add(look["dialog"]["inside"])
        for item in agenda:
            if item["why"] or not self.is_new("dialog", item["id"]):
                continue
            if self.is_over("clicks"):
                break
            self.watch.doing = f"{doing} ‣ {item['words'] or item['id']}"
            if not (after := self.click(item)):
                continue
            look = after
            if not look.get("dialog") or look["dialog"]["title"] != title:
                break
            agenda.add(look["dialog"]["inside"])
        self.watch.doing = doing
        return look

    def fill_required(self):
        today = time.strftime(self.request["date_format"])
        texts = {"number": "3", "date": today, "text": "Sample"}
        for number, kind in enumerate(self.page.evaluate("crawl.missing()")):
            box = self.page.locator(f'[data-crawl-fill="{number}"]').last
            try:
                if kind == "select":
                    box.select_option(index=1, timeout=CLICK)
                elif kind == "many2one":
                    box.click(timeout=CLICK)
                    choices = ".o-autocomplete--dropdown-item:visible a"
                    self.page.locator(choices).first.click(timeout=CLICK)
                else:
                    box.fill(texts[kind], timeout=CLICK)
                    self.page.keyboard.press("Tab")
                self.watch.settle()
            except BrowserError:
                what = f"{self.watch.where} ‣ {self.watch.doing}"
                self.left_out.add("a required field that can't be filled", what)

    # -- menus ---------------------------------------------------------------------

    def try_menu(self, place):
        """Click the entries of the action menu, of a list for its first records."""
        self.watch.where = place["title"]
        if not self.is_new(place["scope"], "menu") or self.is_over("menus"):
            return
        here, look = None, None
        while True:
            if not look or look.get("state") != here:
                if not (look := self.go(place)):
                    return
                here = look.get("state")
            names = self.open_menu(place)
            rest = [n for n in names if (place["scope"], "menu", n) not in self.clicked]
            if not rest or self.is_over("menu entries", len(rest)):
                break
            name = rest[0]
            self.is_new(place["scope"], "menu", name)
            self.watch.doing = f"Actions ‣ {name}"
            look = self._click_entry(names.index(name), name)
            if look and look.get("dialog"):
                look = self.answer_dialogs(look)
            if look and (look.get("dialog") or look.get("is_dirty")):
                look = self.leave()
            if place.get("record"):
                look = None

    def _click_entry(self, index, name):
        self.page.evaluate(
            """index => {
                const shown = ".o-dropdown--menu .o-dropdown-item";
                const items = [...document.querySelectorAll(shown)];
                items.filter((item) => item.getClientRects().length)[index]
                    .setAttribute("data-crawl", "entry of the action menu");
            }""",
            index,
        )
        return self.click({"id": "entry of the action menu", "words": name})

    def open_menu(self, place):
        """Open the action menu; return its entries."""
        self.watch.doing = "Actions"
        menu = ".o_cp_action_menus button:has(.fa-cog):visible"
        if place.get("view") == "list":
            boxes = self.page.locator(".o_data_row .o_list_record_selector input")
            for index in range(min(boxes.count(), 2)):
                if not boxes.nth(index).is_checked():
                    self.click_locator(boxes.nth(index))
        toggle = self.page.locator(menu)
        if not toggle.count() or not self.click_locator(toggle.last):
            return []
        return [
            text.strip() for text in self.page.locator(MENU_ITEMS).all_inner_texts()
        ]

    # -- filters -------------------------------------------------------------------

    def try_filters(self, place):
        """Apply every filter and every grouping of a page, one after the other."""
        self.watch.where = place["title"]
        search = place["model"], place["search_view"]
        if not self.is_new("search", *search) or self.is_over("searches"):
            return
        if not self.go(place) or not self.open_search():
            return
        done = 0
        while True:
            found = self.page.evaluate("crawl.filters()")
            if done >= len(found):
                break
            filter_ = found[done]
            done += 1
            key = ("filter", place["model"], filter_["menu"], filter_["words"])
            if not self.is_new(*key) or self.is_over("filters"):
                continue
            if done % self.request["of"] != self.request["share"]:
                self.left_out.add("a filter that another user tries", place["title"])
                continue
            self.watch.doing = f"filter {filter_['words']}"
            for _on_and_off in range(1 if filter_["is_folded"] else 2):
                if not self.open_search():
                    return
                self.page.evaluate("crawl.filters()")
                self._click(f'[data-crawl-filter="{done - 1}"]', filter_["words"])

    def open_search(self):
        """Open the search menu unless it is open; tell whether it is."""
        if self.page.locator(".o_search_bar_menu").count():
            return True
        toggle = self.page.locator(".o_searchview_dropdown_toggler")
        return bool(toggle.count()) and self.click_locator(toggle.first)

    # -- all of it --------------------------------------------------------------

    def crawl(self):
        """Go everywhere, what matters most first: what the server answers, on every
        page and in the action menus, then what else there is. Each user begins with
        leads of other statuses, and with other menus."""
        share = self.request["share"], self.request["of"]
        forms, pages = self.lead_forms(), [*self.share(self.all_pages())]
        forms = crawling.rotated(forms, *share)
        self.later = forms[-(-len(forms) // self.request["of"]) :]
        reserve = self.request["seconds"] * RESERVE
        self.visit_all([*forms, *pages], self.until - reserve)
        others = [*self.pages_of_other_views()]
        for place in others:
            self.page_until = time.monotonic() + OTHERS
            self.visit(place)
        self.page_until, self.round = self.until, UNSEEN
        for place in crawling.rotated([*forms, *pages], *share):
            if str(place.get("model")).startswith("crm."):
                self.try_menu(place)
        everything = crawling.rotated([*forms, *pages, *others], *share)
        self.visit_rest(everything)
        for place in pages:
            if place.get("view") == "form":
                self.save_new(place)
            elif place.get("view"):
                self.try_filters(place)
        self.round = ALL
        self.visit_rest(everything)

    def visit_rest(self, places):
        """Visit the places on which something is left to click in this round."""
        for place in places:
            rest = self.rest.get(place["title"], ())
            if any(self.round == ALL or key not in self.by_any for key in rest):
                self.visit(place)

    def visit_all(self, places, until):
        """Visit places, so that each gets its share of the time, and twice that if it
        needs it: rather a click is left out than a page.
        """
        weights = [
            FORM if place["scope"] == LEAD and place not in self.later else 1
            for place in places
        ]
        for number, place in enumerate(places):
            now = time.monotonic()
            share = (until - now) * weights[number] / sum(weights[number:])
            self.page_until = now + 2 * max(share, 0)
            self.visit(place)

    def lead_forms(self):
        title = "{} form, {}"
        mine = ["name", "like", f"Sample lead {self.request['login']}"]
        place = {"action": ALL_LEADS, "model": "crm.lead"}
        return [
            {
                **place,
                "title": title.format("Lead", status),
                "scope": LEAD,
                "record": [
                    ["type", "=", "lead"],
                    ["status_id.category", "=", status],
                    mine,
                ],
            }
            for status in self.request["statuses"]
        ] + [
            {
                **place,
                "title": title.format("Opportunity", "open"),
                "scope": "opportunity form",
                "record": [["type", "=", "opportunity"], ["active", "=", True]],
            }
        ]

    def all_pages(self):
        """Return every action of ours in every kind of view."""
        asked = [self.request["modules"], self.request["action_ids"]]
        actions = {}
        for menu in self.page.evaluate("crawl.menus", asked):
            actions.setdefault(menu["action"], menu)
        for action in self.request["actions"]:
            actions.setdefault(action["action"], action)
        pages = [place for action in actions.values() for place in self.places(action)]
        if self.request["is_admin"]:
            settings = {"title": "Settings", "action": SETTINGS, "scope": "settings"}
            pages.append(settings)
        return pages

    def places(self, action):
        names = ("action", "model", "search_view")
        place = {name: action.get(name) for name in names}
        views = action["views"]
        if action["type"] != "ir.actions.act_window" or views == ["form"]:
            yield {**place, "title": action["name"], "scope": action["action"]}
            return
        for view in views:
            if view == "search":
                continue
            here = {**place, "view": view, "title": f"{action['name']} ({view})"}
            here["scope"] = f"{place['model']} {view}"
            if view != "form":
                yield here
            elif place["model"] != "crm.lead":
                yield {**here, "record": [["id", ">", 0]]}

    def share(self, pages):
        """Yield the pages this user opens: every action, and every kind of view of each
        model. The other kinds of view of an action are shared among the users.
        """
        actions, scopes, number = set(), set(), 0
        for place in pages:
            if place["action"] in actions and place["scope"] in scopes:
                number += 1
                if number % self.request["of"] != self.request["share"]:
                    why = "the same view of another menu, opened by another user"
                    self.left_out.add(why, place["title"])
                    continue
            actions.add(place["action"])
            scopes.add(place["scope"])
            yield place

    def pages_of_other_views(self):
        """Return the views of ours that no action above has shown."""
        for view in self.request["views"]:
            name = f"{view['name']} ({view['model']} {view['type']})"
            if view["id"] in self.watch.views:
                continue
            if view["is_transient"]:
                self.left_out.add("a dialog that nothing opened", name)
                continue
            place = {
                "title": name,
                "scope": f"{view['model']} {view['type']}",
                "model": view["model"],
                "view": view["type"],
                "action": {
                    "type": "ir.actions.act_window",
                    "name": view["name"],
                    "res_model": view["model"],
                    "views": [[view["id"], view["type"]]],
                },
            }
            if view["type"] == "form":
                place["record"] = [["id", ">", 0]]
            yield place

    def save_new(self, place):
        """Save an empty form: it asks for what it needs, in words."""
        self.watch.where = place["title"]
        if not self.is_new(place["scope"], "new") or self.is_over("new forms"):
            return
        new = {name: place[name] for name in ("action", "model", "view", "scope")}
        if self.go(new | {"title": f"{place['title']}, new"}):
            self.pages[self.watch.where] = 0, 1
            self.watch.doing = "save"
            if self.page.locator(".o_form_button_save:visible").count():
                self._click(".o_form_button_save", "Save")

    def outcome(self):
        self.watch.end()
        # What is on several pages is one.
        rest = {key: title for title, keys in self.rest.items() for key in keys}
        for key in rest.keys() - self.by_any.own:
            why = "another user did" if key in self.by_any else NO_TIME
            self.left_out.add(f"clicks: {why}", rest[key])
        return {
            "pages": [[title, *seen] for title, seen in self.pages.items()],
            "unopened": self.unopened,
            "clicks": self.clicks,
            "left_out": self.left_out.as_rows(),
            "refusals": self.watch.refusals,
            "problems": self.watch.findings.problems,
        }


def main():
    request = json.load(sys.stdin)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=request["program"], args=OPTIONS
        )
        context = browser.new_context(viewport=SIZE, reduced_motion="reduce")
        context.set_default_timeout(90_000)  # a machine may be busy
        page = context.new_page()
        page.add_init_script(path=Path(__file__).with_suffix(".js"))
        texts = json.dumps(request["untranslated"])
        page.add_init_script(f"{texts}.forEach((text) => crawl.untranslated.add(text))")
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
