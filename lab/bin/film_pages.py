"""Record what somebody sees who works on a page, as a picture that moves.

A frame is taken after each letter and whenever the page has come to rest. So films are
as long as one needs to follow them, whatever the machine needs. Nobody sees the pointer
of a browser without a screen: it is drawn.
"""

from PIL import Image, ImageDraw

LETTER, STEP, CLICK, REST = 70, 40, 160, 900  # milliseconds that a frame is shown
MOVES = 9  # frames from one place to the next
QUALITY = 68
ARROW = ((0, 0), (0, 17), (4, 13), (7, 20), (10, 19), (7, 12), (12, 12))
DETAIL = 4  # times larger than it is shown, so that its edges are smooth


class Film:
    """A page, and how it looked while things were done on it."""

    def __init__(self, browser, size):
        self.browser = browser
        self.at = size[0] * 0.62, size[1] * 0.55
        self.frames = []
        self.durations = []
        self.browser.calm()
        self.page = self.browser.shoot().convert("RGB")
        self.show(REST / 1000)

    # ------------------------------------------------------------
    # STEPS
    # ------------------------------------------------------------

    def place(self, selector):
        """Wait for an element, and show the page with it."""
        self.browser.place(selector)
        self._rest()

    def click(self, selector):
        self._press(selector)
        self._rest()

    def type(self, selector, text):
        self._press(selector)
        for letter in text:
            self.browser.call("Input.insertText", text=letter)
            self._shoot(LETTER)
        self._rest()

    def show(self, seconds):
        """Leave the page as it is for a while."""
        self._keep(seconds * 1000)

    # ------------------------------------------------------------
    # FRAMES
    # ------------------------------------------------------------

    def _press(self, selector):
        place = self.browser.place(selector)
        # Rather at the beginning of wide things, where their text is
        goal = (
            place["x"] + min(place["width"] / 2, 60),
            place["y"] + place["height"] / 2,
        )
        start = self.at
        for number in range(1, MOVES + 1):
            # Slow at both ends, as a hand is
            part = (number / MOVES) ** 2 * (3 - 2 * number / MOVES)
            self.at = tuple(
                a + (b - a) * part for a, b in zip(start, goal, strict=True)
            )
            self._keep(STEP)
        self._keep(CLICK, is_pressed=True)
        self.browser.click(selector)

    def _rest(self):
        self.browser.calm()
        self._shoot(REST)

    def _shoot(self, milliseconds):
        self.page = self.browser.shoot().convert("RGB")
        self._keep(milliseconds)

    def _keep(self, milliseconds, is_pressed=False):
        frame = self.page.copy()
        arrow = _draw_arrow(is_pressed)
        frame.paste(arrow, tuple(map(round, self.at)), arrow)
        if self.frames and frame.tobytes() == self.frames[-1].tobytes():
            self.durations[-1] += round(milliseconds)
            return
        self.frames.append(frame)
        self.durations.append(round(milliseconds))

    def save(self, path):
        first, *others = self.frames
        first.save(
            path,
            save_all=True,
            append_images=others,
            duration=self.durations,
            loop=0,
            quality=QUALITY,
            method=4,
        )


def _draw_arrow(is_pressed):
    size = max(x for x, _y in ARROW) + 3, max(y for _x, y in ARROW) + 3
    large = Image.new("RGBA", tuple(DETAIL * side for side in size))
    points = [(DETAIL * (x + 1), DETAIL * (y + 1)) for x, y in ARROW]
    fill = (113, 75, 103) if is_pressed else (20, 20, 20)
    draw = ImageDraw.Draw(large)
    draw.polygon(points, fill=fill)
    draw.line([*points, points[0]], fill="white", width=DETAIL, joint="curve")
    return large.resize(size, Image.Resampling.LANCZOS)
