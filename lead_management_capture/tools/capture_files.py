"""Check files that visitors send with a web form.

SPECIFICATION

What a file is, its content says, not its name: a form takes documents and images that
can't do anything by themselves. Web pages, drawings with scripts in them (SVG),
archives, programs and documents with macros are no such files, whatever they are
called.

A file keeps its name without folders and without characters that can't be seen. When
its extension isn't one of what it is, the right one is added: `a.exe` that is a PDF
becomes `a.exe.pdf`.

Each question has its own limits: kinds, number, and size of a file; all files of a post
together have `MAX_TOTAL`.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from odoo.tools.mimetypes import guess_mimetype

MEGABYTE = 1024 * 1024
MAX_TOTAL = 20 * MEGABYTE
MAX_NAME = 100

# Why files are sent back
EMPTY_FILE = "file_empty"
TOO_LARGE = "file_size"
TOO_MANY = "file_count"
TOO_MUCH = "file_total"
TYPE = "file_type"

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_POWERPOINT = f"{_OFFICE}presentationml.presentation"
# Their content doesn't always tell which one they are.
_OLD_OFFICE = (".doc", ".xls", ".ppt")
_TEXT = ("text/plain", "text/csv", "application/csv")

# Extensions by what the content is, by kinds
KINDS: dict[str, dict[str, tuple[str, ...]]] = {
    "pdf": {"application/pdf": (".pdf",)},
    "images": {
        "image/jpeg": (".jpg", ".jpeg"),
        "image/png": (".png",),
        "image/gif": (".gif",),
        "image/webp": (".webp",),
    },
    "documents": {
        "application/pdf": (".pdf",),
        f"{_OFFICE}wordprocessingml.document": (".docx",),
        f"{_OFFICE}spreadsheetml.sheet": (".xlsx",),
        _POWERPOINT: (".pptx",),
        "application/msword": _OLD_OFFICE,
        "application/vnd.ms-excel": _OLD_OFFICE,
        "application/vnd.ms-powerpoint": _OLD_OFFICE,
        f"{_OPEN}text": (".odt",),
        f"{_OPEN}spreadsheet": (".ods",),
        f"{_OPEN}presentation": (".odp",),
        "text/plain": (".txt", ".csv"),
    },
}
KINDS["all"] = KINDS["documents"] | KINDS["images"]


@dataclass(frozen=True)
class Upload:
    """A file as it came."""

    name: str
    data: bytes

    @cached_property
    def type(self) -> str | None:
        """What it is by its content, None when it is nothing that is taken. Looked up
        once, as that takes a while."""
        found = guess_mimetype(self.data)
        if found == "application/zip" or found.startswith(_OFFICE):
            return _get_package_type(self.data, found)
        if found in _TEXT or not found or found == "application/octet-stream":
            return "text/plain" if _is_text(self.data) else None
        return found if found in KINDS["all"] else None


class FileLimits(NamedTuple):
    """What a question takes: one of `KINDS`, bytes of a file, and how many files."""

    kind: str
    size: int
    number: int

    @property
    def extensions(self) -> list[str]:
        """Return the extensions of what is taken, each once."""
        known = KINDS[self.kind].values()
        return list(dict.fromkeys(name for names in known for name in names))


def check(uploads: Iterable[Upload], limits: FileLimits) -> str | None:
    """Return why the files of a question are sent back, None when they will do."""
    uploads = list(uploads)
    if len(uploads) > limits.number:
        return TOO_MANY
    for upload in uploads:
        if not upload.data:
            return EMPTY_FILE
        if len(upload.data) > limits.size:
            return TOO_LARGE
        if upload.type not in KINDS[limits.kind]:
            return TYPE
    return None


def safe_name(upload: Upload) -> str:
    """Return what a file is called from now on, with an extension of what it is."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", upload.name))[-1]
    name = "".join(
        " " if unicodedata.category(char)[0] in "CZ" or char in '<>:"|?*' else char
        for char in name.replace("\ufffd", "_")
    )
    name = " ".join(name.split()).strip(". ")
    extensions = KINDS["all"][upload.type or "text/plain"]
    stem, dot, last = name.rpartition(".")
    if dot and f".{last.lower()}" in extensions:
        name, extension = stem, f".{last.lower()}"
    else:
        extension = extensions[0]
    return f"{name[: MAX_NAME - len(extension)].strip() or 'file'}{extension}"


def _get_package_type(data: bytes, found: str) -> str | None:
    """Return what an archive is that holds a document; None when it is another one, or
    has macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    if found != "application/zip":
        return found
    is_powerpoint = "[Content_Types].xml" in names and "ppt/presentation.xml" in names
    return _POWERPOINT if is_powerpoint else None


def _is_text(data: bytes) -> bool:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        controls = re.search(r"[\x00-\x08\x0e-\x1f\x7f]", text)
        return not controls and not text.lstrip().startswith("<")
    return False
