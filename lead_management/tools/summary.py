"""What a dialog says it will do, as HTML."""

from collections.abc import Iterable

from markupsafe import Markup


def get_summary(sections: Iterable[tuple[str, list[str]]]) -> Markup:
    """Return the titles of sections with the lines below each, those without lines left
    out. Titles and lines are text, and escaped."""
    return Markup().join(
        Markup("<p class='mb-1'><strong>%s</strong></p><ul>%s</ul>")
        % (title, Markup().join(Markup("<li>%s</li>") % line for line in lines))
        for title, lines in sections
        if lines
    )
