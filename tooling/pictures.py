"""The pictures of the documentation: which page, seen by whom, after doing what."""

from dataclasses import dataclass

LARGE = (1280, 720)


@dataclass(frozen=True)
class Picture:
    """One picture; `docs/<name>.png` is where it goes."""

    name: str
    login: str
    path: str
    # What is done before: (place, selector), (click, selector), (type, selector, text)
    steps: tuple = ()
    crop: str = ""  # the element that is shown, instead of the whole window
    padding: int = 0  # of what is around it
    size: tuple = LARGE
    is_phone: bool = False


PICTURES = (
    Picture(
        "images/lead-home",
        "demo",
        "/odoo/lead-home",
        (("place", ".o_lead_home_views"),),
    ),
)
