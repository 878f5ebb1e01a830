"""A picture of the documentation: which page, seen by whom, after doing what."""

from dataclasses import dataclass

LARGE = (1280, 720)
PHONE = (400, 780)


@dataclass(frozen=True)
class Picture:
    """One picture; `file` in the repository is where it goes.

    Selectors are those of style sheets; `:contains(text)` at the end is understood too.
    """

    name: str
    login: str  # of a user of the demo data; empty for a visitor
    path: str
    # What is done before: (place, selector), (top, selector), (click, selector),
    # (type, selector, text), (upload, selector, file)
    steps: tuple = ()
    crop: str = ""  # the element that is shown, instead of the whole window
    padding: int = 0  # of what is around it
    size: tuple = LARGE
    is_phone: bool = False
    # Shows the steps, too, as WebP; ("show", seconds) among them gives time to read.
    is_moving: bool = False

    @property
    def file(self) -> str:
        return f"{self.name}.{'webp' if self.is_moving else 'png'}"


def open_row(text: str) -> tuple:
    """Return the step that opens a record from the list it is in."""
    return ("click", f".o_data_row td:contains({text})")


def open_tab(name: str) -> tuple:
    return ("click", f".o_notebook .nav-link[name={name}]")
