"""The hand of the one whose day is measured: whatever it does there is counted."""

import time

SEEN = "o => { const r = o.getBoundingClientRect(); return [r.top, r.bottom]; }"
# A dialog that is seen whole: its body needs no scrolling, its buttons are on the page.
WHOLE_DIALOG = """() => {
    const [body, content] = [".modal-body", ".modal-content"].map((part) =>
        document.querySelector(`.modal ${part}`)
    );
    const { top, bottom } = content.getBoundingClientRect();
    const isWhole = body.scrollHeight <= body.clientHeight + 1;
    return isWhole && top >= 0 && bottom <= innerHeight;
}"""


class Hand:
    """Clicks and types, waits until the page shows what comes of it, and counts.

    A key is a key that is pressed, each letter of a text too. Where a page has to be
    scrolled before something can be clicked is noted as well. Opening the page on which
    a task begins is no part of it: `begin` comes after that.
    """

    def __init__(self, page):
        self.page = page
        self.begin()

    def begin(self):
        self.clicks = self.keys = 0
        self.waits, self.began = [], time.monotonic()
        self.is_scrolled = self.is_cut = False

    def click(self, target, until=None):
        """Click the first element of a selector that is shown."""
        place = self.page.locator(target).locator("visible=true").first
        place.wait_for()
        top, bottom = place.evaluate(SEEN)
        if top < 0 or bottom > self.page.viewport_size["height"]:
            self.is_scrolled = True
        self.clicks += 1
        self._do(place.click, until)

    def type(self, text, until=None):
        """Type a text where the focus is."""
        self.keys += len(text)
        self._do(lambda: self.page.keyboard.type(text), until)

    def press(self, key, until=None):
        """Press a key where the focus is; Alt and a letter are two."""
        self.keys += len(key.split("+"))
        self._do(lambda: self.page.keyboard.press(key), until)

    def look_at_dialog(self):
        """Note whether the dialog that is open is seen whole."""
        self.is_cut |= not self.page.evaluate(WHOLE_DIALOG)

    def _do(self, action, until):
        began = time.monotonic()
        action()
        if until:
            self.wait(until)
        self.waits.append(time.monotonic() - began)

    def wait(self, until):
        """Wait for an element to be shown, or for one that is told with a ! to go."""
        if until.startswith("!"):
            self.page.wait_for_selector(until[1:], state="hidden")
        else:
            self.page.locator(until).locator("visible=true").first.wait_for()

    def end(self, per=1):
        """Return what the task took, divided by what was done in it."""
        return {
            "clicks": round(self.clicks / per, 1),
            "keys": round(self.keys / per, 1),
            "seconds": (time.monotonic() - self.began) / per,
            "slowest": max(self.waits, default=0),
            "is_scrolled": self.is_scrolled,
            "is_cut": self.is_cut,
        }
