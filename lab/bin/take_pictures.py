"""Take pictures of pages with Chromium. Started with Odoo's Python, for its packages.

Reads a request as JSON from standard input (see `lab/pictures.py`), prints the
name of each picture before it is taken, and at the end those that could not be.
"""

import base64
import contextlib
import io
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import websocket
from film_pages import Film  # beside this program
from PIL import Image

PATIENCE = 60
COLOURS = 192  # what a page needs, in a third of the space of all colours
# Pictures are taken when nothing moves and nothing is loading.
CALM = """
(() => {
    const busy = ".o_blockUI, .o_loading_indicator, .o-mail-Thread .fa-spin,"
        + " .o_lead_news .fa-spin, .o-overlay-item .o-spinner";
    return document.readyState === "complete" && !document.querySelector(busy)
        && [...document.images].every((image) => image.complete);
})()
"""
STILL = """
(() => {
    const style = document.createElement("style");
    style.textContent = "*,*::before,*::after{transition:none!important;"
        + "animation:none!important;caret-color:transparent!important}";
    document.head.append(style);
})()
"""
PLACE = """
((selector) => {
    const [, css, text] = selector.match(/^(.*?)(?::contains\\((.*)\\))?$/);
    const found = [...document.querySelectorAll(css)].find(
        (e) => e.getClientRects().length && (!text || e.textContent.includes(text)));
    if (!found) return null;
    found.scrollIntoView({block: "%s"});
    const {x, y, width, height} = found.getBoundingClientRect();
    return {x, y, width, height};
})(%s)
"""


class Browser:
    """A Chromium, driven by its debugging protocol."""

    def __init__(self, program: str, folder: str):
        self.process = subprocess.Popen(
            [
                program,
                *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
                *("--disable-background-networking", "--hide-scrollbars"),
                *("--force-device-scale-factor=1", "--lang=en-US"),
                *("--remote-debugging-port=0", f"--user-data-dir={folder}"),
                *("--remote-allow-origins=*", "about:blank"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        port_file = Path(folder, "DevToolsActivePort")
        wait(port_file.exists, "Chromium does not start")
        port = wait(port_file.read_text, "Chromium does not start").split()[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as answer:
            pages = [page for page in json.load(answer) if page["type"] == "page"]
        self.socket = websocket.create_connection(
            pages[0]["webSocketDebuggerUrl"], timeout=PATIENCE, max_size=None
        )
        self.number = 0
        self.call("Page.enable")

    def send(self, method, **params):
        self.number += 1
        self.socket.send(
            json.dumps({"id": self.number, "method": method, "params": params})
        )
        return self.number

    def call(self, method, **params):
        number = self.send(method, **params)
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("method") == "Page.javascriptDialogOpening":
                # A page asks whether what was typed may be lost.
                self.send("Page.handleJavaScriptDialog", accept=True)
            elif answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def run(self, script):
        answer = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return answer["result"].get("value")

    def open(self, address):
        self.call("Page.navigate", url=address)

    def resize(self, width, height, is_phone=False):
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=is_phone,
        )

    def place(self, selector, block="nearest"):
        """Wait for an element that is shown, and return where it is.

        :param block: where it is scrolled to, as in the browser's `scrollIntoView`
        """
        script = PLACE % (block, json.dumps(selector))
        return wait(lambda: self.run(script), f"there is no {selector}")

    def top(self, selector):
        """Let what is above an element be scrolled away."""
        self.place(selector, "start")

    def click(self, selector):
        place = self.place(selector)
        at = {
            "x": place["x"] + place["width"] / 2,
            "y": place["y"] + place["height"] / 2,
            "button": "left",
            "clickCount": 1,
        }
        self.call("Input.dispatchMouseEvent", type="mousePressed", **at)
        self.call("Input.dispatchMouseEvent", type="mouseReleased", **at)

    def type(self, selector, text):
        self.click(selector)
        self.call("Input.insertText", text=text)

    def upload(self, selector, file):
        """Choose a file by its whole path."""
        script = f"document.querySelector({json.dumps(selector)})"
        wait(lambda: self.run(f"!!{script}"), f"there is no {selector}")
        found = self.call("Runtime.evaluate", expression=script)["result"]
        self.call(
            "DOM.setFileInputFiles",
            files=[file],
            objectId=found["objectId"],
        )

    def picture(self, crop, padding):
        """Return the page, or an element of it, as an image."""
        self.calm()
        options = {}
        if crop:
            place = self.place(crop)
            options["clip"] = {
                "x": max(place["x"] - padding, 0),
                "y": max(place["y"] - padding, 0),
                "width": place["width"] + 2 * padding,
                "height": place["height"] + 2 * padding,
                "scale": 1,
            }
        return self.shoot(**options)

    def shoot(self, **options):
        data = self.call("Page.captureScreenshot", format="png", **options)["data"]
        return Image.open(io.BytesIO(base64.b64decode(data)))

    def calm(self):
        self.run(STILL)
        for _times in range(2):
            wait(lambda: self.run(CALM), "the page does not come to rest")
            time.sleep(0.6)

    def close(self):
        with contextlib.suppress(Exception):
            self.call("Browser.close")
        self.process.terminate()
        self.process.wait()


def wait(condition, what):
    deadline = time.monotonic() + PATIENCE
    error = None
    while time.monotonic() < deadline:
        try:
            if found := condition():
                return found
        except (RuntimeError, OSError) as caught:  # in the middle of a page change
            error = caught
        time.sleep(0.1)
    raise RuntimeError(f"{what} ({error})" if error else what)


def log_in(browser, address, login):
    # The cookies, and the names that the page remembers
    browser.call("Storage.clearDataForOrigin", origin=address, storageTypes="all")
    if not login:  # a visitor
        return
    browser.open(f"{address}/web/login")
    browser.type("input[name=login]", login)
    browser.type("input[name=password]", login)
    browser.click(".oe_login_buttons button")
    browser.place(".o_main_navbar")


def film(browser, address, picture, target):
    browser.resize(*picture["size"], picture["is_phone"])
    browser.open(address + picture["path"])
    [(_verb, first, *_others), *_steps] = picture["steps"]
    browser.place(first)
    recorded = Film(browser, picture["size"])
    for verb, *arguments in picture["steps"]:
        getattr(recorded, verb)(*arguments)
    recorded.save(target)


def take(browser, address, picture, target):
    browser.resize(*picture["size"], picture["is_phone"])
    browser.open(address + picture["path"])
    for verb, *arguments in picture["steps"]:
        getattr(browser, verb)(*arguments)
    # Where the pointer is, something may be highlighted.
    browser.call("Input.dispatchMouseEvent", type="mouseMoved", x=1, y=1)
    image = browser.picture(picture["crop"], picture["padding"]).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def main():
    request = json.load(sys.stdin)
    failed = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = Browser(request["program"], folder)
        try:
            user = None
            for picture in request["pictures"]:
                print(picture["name"], flush=True)
                if picture["login"] != user:
                    user = picture["login"]
                    browser.resize(1280, 800)
                    log_in(browser, request["address"], user)
                target = Path(request["folder"], picture["file"])
                target.parent.mkdir(parents=True, exist_ok=True)
                make = film if picture["is_moving"] else take
                try:
                    make(browser, request["address"], picture, target)
                except RuntimeError as error:
                    failed.append(f"{picture['name']}: {error}")
                    browser.shoot().save(
                        Path(request["failed"], f"{Path(picture['name']).name}.png")
                    )
        finally:
            browser.close()
    if failed:
        sys.exit("\n".join(failed))


if __name__ == "__main__":
    main()
