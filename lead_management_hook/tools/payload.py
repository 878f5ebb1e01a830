"""Read what a service posts, and name each value in it. Pure Python.

SPECIFICATION

A payload is JSON or an HTML form in UTF-8, of whatever structure. It becomes a flat
table of *paths* and texts, in the order in which the values stand:

* `contact.email` is the value `email` of the object `contact`;
* an object in a list is named by what identifies it, whatever its place in the list:
  `answers[name=email].value`, if all objects of the list have a text of that name
  (`IDENTIFIERS`) and no two have the same; other things by their place: `tags[0]`. What
  identifies an object has a path of its own only if nothing else in it has;
* what is empty (`null`, `""`, an empty list) has no path.

Numbers and yes/no are texts as `capture_json` has them. Names with one of `.[]=` stand
in quotes, so that no two values share a path.
"""

import json
from urllib.parse import parse_qsl

from werkzeug.http import parse_options_header

from odoo.addons.lead_management_capture.tools import capture_json
from odoo.addons.lead_management_capture.tools.capture_body import (
    ENCODING,
    MALFORMED,
    TOO_LARGE,
    BodyError,
)

MAX_BODY = 256 * 1024
MAX_VALUES = 500
MAX_DEPTH = 20
MAX_TEXT = 5000
# Names by which services tell one object of a list from another, the surest first
IDENTIFIERS = (
    *("column_id", "id", "key", "name", "ref", "slug", "field", "title", "label"),
    "question",
)
FORM = "application/x-www-form-urlencoded"


def decode(data: bytes) -> str:
    """Return the text of a body.

    :raise BodyError: it is too large, or no text that can be stored
    """
    if len(data) > MAX_BODY:
        raise BodyError(TOO_LARGE)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BodyError(ENCODING) from error
    if "\0" in text:
        raise BodyError(ENCODING)
    return text


def read(text: str, content_type: str = "") -> object:
    """Return the values of a payload, as nested as they are.

    :raise BodyError: it is neither JSON nor a form
    """
    mimetype, _options = parse_options_header(content_type)
    if mimetype == FORM:
        try:
            pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_VALUES)
        except ValueError as error:
            raise BodyError(TOO_LARGE) from error
        values: dict[str, list[str]] = {}
        for name, value in pairs:
            values.setdefault(name, []).append(value)
        return {name: v if len(v) > 1 else v[0] for name, v in values.items()}
    try:
        found = capture_json.parse(text)
    except (ValueError, RecursionError) as error:
        raise BodyError(MALFORMED) from error
    if not isinstance(found, dict | list):
        raise BodyError(MALFORMED)
    return found


def flatten(payload: object) -> dict[str, str]:
    """Return the texts of a payload by their paths.

    :raise BodyError: it has too many values, or is nested too deeply
    """
    found: dict[str, str] = {}
    _collect(payload, "", found, 0)
    return found


def _collect(value: object, path: str, found: dict[str, str], depth: int) -> None:
    if depth > MAX_DEPTH:
        raise BodyError(TOO_LARGE)
    if isinstance(value, dict):
        for name, inner in value.items():
            step = _quote(str(name))
            _collect(inner, f"{path}.{step}" if path else step, found, depth + 1)
    elif isinstance(value, list):
        identifier = _identifier(value)
        for index, inner in enumerate(value):
            if not identifier:
                _collect(inner, f"{path}[{index}]", found, depth + 1)
                continue
            step, before = f"{identifier}={_quote(inner[identifier])}", len(found)
            others = {name: v for name, v in inner.items() if name != identifier}
            _collect(others, f"{path}[{step}]", found, depth + 1)
            if len(found) == before:
                _collect(inner, f"{path}[{step}]", found, depth + 1)
    elif text := capture_json.text(value).replace("\0", "").strip():
        if len(found) >= MAX_VALUES:
            raise BodyError(TOO_LARGE)
        found[path] = text[:MAX_TEXT]


def _identifier(items: list[object]) -> str:
    """Return the name of what tells the objects of a list apart, if anything does."""
    objects = [item for item in items if isinstance(item, dict)]
    if len(objects) == len(items):
        for identifier in IDENTIFIERS:
            names = [item.get(identifier) for item in objects]
            texts = {name for name in names if isinstance(name, str) and name.strip()}
            if len(texts) == len(items):
                return identifier
    return ""


def _quote(name: str) -> str:
    is_plain = name and not set(name) & set('.[]="')
    return name if is_plain else json.dumps(name, ensure_ascii=False)
