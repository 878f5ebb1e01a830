"""Read the body of a form that a browser, or something else, has posted. Pure Python.

SPECIFICATION

Only what HTML forms send is read: `application/x-www-form-urlencoded` and
`multipart/form-data`, in UTF-8. What a body can't be is refused as a whole, never read
in part:

* a body, a field's name, or the number of fields beyond the limits below; files don't
  count to the limit of the others where the form takes some;
* bytes that aren't UTF-8, null bytes, broken multipart;
* files that the form has no input for. An input without a file is sent as an empty one,
  which is none;
* names with brackets, as frameworks use for arrays and nested values;
* the same name twice, where the name is one that is asked for and takes one value.

Control characters other than tab and line break become spaces: text pasted from other
programs holds them, and they can't be stored in XML. Line breaks become `\\n`.
"""

import io
import re
from collections.abc import Container
from urllib.parse import parse_qsl

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import MultiPartParser
from werkzeug.http import parse_options_header

from . import capture_files
from .capture_files import Upload

MAX_BODY = 64 * 1024
# What is read of a form that takes files, so that files beyond its limit can be told
MAX_BODY_WITH_FILES = 2 * capture_files.MAX_TOTAL + MAX_BODY
MAX_FIELDS = 100
MAX_NAME = 100

# Why a body is refused, and the HTTP status that says so
CONTENT_TYPE = "content_type"
ENCODING = "encoding"
FILES = "files"
MALFORMED = "malformed"
NAMES = "names"
TOO_LARGE = "too_large"
STATUS = {
    CONTENT_TYPE: 415,
    ENCODING: 400,
    FILES: 400,
    MALFORMED: 400,
    NAMES: 400,
    TOO_LARGE: 413,
}

_URLENCODED = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


class BodyError(ValueError):
    """A body that is refused; `reason` is one of the above."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason

    @property
    def status(self) -> int:
        """Return the HTTP status of the answer."""
        return STATUS[self.reason]


def read(
    content_type: str | None,
    data: bytes,
    asked: Container[str],
    several: Container[str] = (),
    left_out: set[str] | None = None,
    uploads: dict[str, list[Upload]] | None = None,
) -> dict[str, str]:
    """Return the values of a posted form by the names of their inputs.

    :param asked: names that are read; others are left out
    :param several: those of them that may come more than once, and are put on a line
        each
    :param left_out: gets the names of the others
    :param uploads: gets the files, by the names of the inputs, which are those it has;
        None where the form takes none
    :raise BodyError: the body can't be that of the form
    """
    mimetype, options = parse_options_header(content_type)
    takes_files = bool(uploads) and mimetype == _MULTIPART
    if len(data) > (MAX_BODY_WITH_FILES if takes_files else MAX_BODY):
        raise BodyError(TOO_LARGE)
    if options.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise BodyError(ENCODING)
    if mimetype == _URLENCODED:
        pairs = _read_urlencoded(data)
    elif mimetype == _MULTIPART:
        pairs = _read_multipart(data, options.get("boundary", ""), uploads or {})
    else:
        raise BodyError(CONTENT_TYPE)
    values: dict[str, str] = {}
    for name, value in pairs:
        if "\0" in name or "\0" in value:
            raise BodyError(ENCODING)
        if len(name) > MAX_NAME or "[" in name or "]" in name:
            raise BodyError(NAMES)
        if name not in asked:
            if left_out is not None and value.strip():
                left_out.add(name)
            continue
        if name in values and name not in several:
            raise BodyError(NAMES)
        text = clean(value)
        values[name] = f"{values[name]}\n{text}" if name in values else text
    return values


def clean(text: str) -> str:
    """Return a text without control characters, its line breaks as `\\n`."""
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def _read_urlencoded(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            data.decode(),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MAX_FIELDS,
        )
    except UnicodeDecodeError as error:
        raise BodyError(ENCODING) from error
    except ValueError as error:
        raise BodyError(TOO_LARGE) from error


def _read_multipart(
    data: bytes, boundary: str, uploads: dict[str, list[Upload]]
) -> list[tuple[str, str]]:
    if not boundary or not boundary.isascii():
        raise BodyError(MALFORMED)
    parser = MultiPartParser(max_form_memory_size=MAX_BODY, max_form_parts=MAX_FIELDS)
    try:
        form, files = parser.parse(io.BytesIO(data), boundary.encode(), len(data))
    except RequestEntityTooLarge as error:
        raise BodyError(TOO_LARGE) from error
    except (ValueError, LookupError) as error:
        raise BodyError(MALFORMED) from error
    for name, file in files.items(multi=True):
        content = file.read()
        if not (content or file.filename):
            continue
        if name not in uploads:
            raise BodyError(FILES)
        uploads[name].append(Upload(file.filename or "", content))
    pairs = list(form.items(multi=True))
    if sum(len(name or "") + len(value) for name, value in pairs) > MAX_BODY:
        raise BodyError(TOO_LARGE)
    if any(name is None for name, _value in pairs):
        raise BodyError(MALFORMED)
    # What werkzeug can't decode is this character to it.
    if any("\ufffd" in name or "\ufffd" in value for name, value in pairs):
        raise BodyError(ENCODING)
    return pairs
