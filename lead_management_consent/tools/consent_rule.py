"""How the consent of an address to a purpose changes. Pure Python.

| what happens                   | nothing yet | asked     | given     | confirmed | withdrawn   |
|--------------------------------|-------------|-----------|-----------|-----------|-------------|
| the box of a form is checked   | asked+ / given                    ||| confirmed | withdrawn+  |
| a user asks                    | asked+      | asked+    | as above  | confirmed | withdrawn   |
| the person confirms            | confirmed, whatever it was                                  |||||
| the person or a user withdraws | withdrawn, whatever it was                                  |||||

`+`: the person is asked to confirm, by e-mail. Checking a box is enough (`given`) for a
purpose that needs no confirmation; but anybody may type an address, so that it never
ends a withdrawal. Nobody but the person does, by confirming.
"""  # noqa: E501 a table

from typing import NamedTuple

# What is so
ASKED, GIVEN, CONFIRMED, WITHDRAWN = "asked", "given", "confirmed", "withdrawn"
# What happens
CHECKED, REQUESTED = "checked", "requested"
CONFIRMS, WITHDRAWS = "confirms", "withdraws"


class Verdict(NamedTuple):
    """What follows from an event: the state, and whether to ask the person."""

    state: str
    asks: bool = False


def decide(state: str | None, event: str, needs_confirmation: bool) -> Verdict:
    """Return what an event makes of a consent.

    :param state: what was so before, None where nothing was known
    :param needs_confirmation: whether the purpose asks for a confirmation
    """
    if event == WITHDRAWS:
        return Verdict(WITHDRAWN)
    if event == CONFIRMS:
        return Verdict(CONFIRMED)
    if state == CONFIRMED:
        return Verdict(CONFIRMED)
    if state == WITHDRAWN:
        return Verdict(WITHDRAWN, asks=event == CHECKED)
    if not needs_confirmation and (event == CHECKED or state == GIVEN):
        return Verdict(GIVEN)
    return Verdict(ASKED, asks=True)
