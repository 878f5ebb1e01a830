"""Let MkDocs read lists as GitHub does: what belongs to an item begins below its text.

For Python-Markdown, all that belongs to an item is indented by four spaces.
"""

import re

ITEM = re.compile(r"(?:[-*]|\d+\.) +")
FENCE = re.compile(r" *```")


def on_page_markdown(markdown, **_options):
    return "\n".join(indented(markdown.splitlines()))


def indented(lines):
    """Yield the lines with four spaces for each list that they are in."""
    starts, fenced = [], False  # where the text of each list begins
    for line in lines:
        text = line.lstrip(" ")
        indent = len(line) - len(text)
        if not text:
            yield line
            continue
        if not fenced:
            while starts and indent < starts[-1]:
                starts.pop()
        base = starts[-1] if starts else 0
        yield " " * (4 * len(starts) + max(indent - base, 0)) + text
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced and (match := ITEM.match(text)):
            starts.append(indent + len(match[0]))
