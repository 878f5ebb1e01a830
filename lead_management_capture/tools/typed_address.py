"""Read e-mail addresses and web sites as people type them. Pure Python.

SPECIFICATION

* An e-mail address may stand in angle brackets behind a name, or among other words,
  which are left over; `mailto:`, quotes, a trailing dot or comma, space around its
  signs, and `(at)` for the sign itself are what people mean anyway. Of several
  addresses the first counts. Its host has a dot.
* A web site is `http`, `https` or a bare host, never another scheme; space and lost
  signs in its scheme are mended. Of several, or among other words, the first counts.
"""

import re

from .typing_manner import plain

HOST = r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{1,62}"
# Odoo's own patterns of addresses know no letters beyond ASCII (`jörg@müller.de`), and
# `email_normalize` takes an address out of whatever is around it.
_EMAIL = re.compile(rf"[^\s@<>()\[\],;:\\\"]{{1,64}}@{HOST}")
_URL = re.compile(
    rf"(?:https?://)?{HOST}(?::\d{{1,5}})?(?:[/?#][^\s<>\"\\]*)?", re.IGNORECASE
)
_AT = re.compile(r"\s*[(\[{]\s*(?:at|@|ät)\s*[)\]}]\s*", re.IGNORECASE)
_DOT = re.compile(
    r"\s*[(\[{]\s*(?:dot|punkt|point|punto|\.)\s*[)\]}]\s*", re.IGNORECASE
)
_LABEL = re.compile(r"^(?:mailto|e-?mail|mail)\s*:\s*", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\s*[,;/|]\s*|\s+(?:(?:or|oder|ou|o|und|and|et|y|e|en|of)\s+)?", re.IGNORECASE
)
_EDGES = " \t\"'<>.,;:"


def read_email(text: str) -> tuple[str | None, str]:
    """Return the address that a text names, None when it names none, and what is left
    over: a name, a remark, other addresses."""
    text = _DOT.sub(".", _AT.sub("@", plain(text)))
    if found := _LABEL.match(text := text.strip(_EDGES)):
        text = text[found.end() :].partition("?")[0]
    text = re.sub(r"\s*@\s*", "@", text)
    if found := re.fullmatch(r"(.*?)\s*<(?:mailto:)?([^<>]+)>?\s*", text):
        name, address = found.groups()
        if (address := address.strip(_EDGES)) and _EMAIL.fullmatch(address):
            return address, name.strip(_EDGES)
    remark = re.fullmatch(r"([^\s(]+)\s*\(([^()]*)\)?", text)
    if remark and _EMAIL.fullmatch(remark[1]):
        return remark[1], remark[2].strip()
    if _EMAIL.fullmatch(text):
        return text, ""
    parts = [part for part in (p.strip(_EDGES) for p in _BETWEEN.split(text)) if part]
    addresses = [part for part in parts if _EMAIL.fullmatch(part)]
    if not addresses or (len(addresses) > 1 and len(addresses) < len(parts)):
        return None, text
    if re.search(r"[:@]", "".join(part for part in parts if part not in addresses)):
        return None, text
    first = addresses[0]
    rest = [part for part in parts if part.casefold() != first.casefold()]
    return first, (", " if len(addresses) > 1 else " ").join(rest)


def read_website(text: str) -> tuple[str | None, str]:
    """Return the web site that a text names, None when it names none, and what is left
    over."""
    text = plain(text).strip(" \"'<>,;")
    text = re.sub(r"^(https?)\s*[:;.]?\s*/+\s*", r"\1://", text, flags=re.IGNORECASE)
    text = re.sub(r"\bwww\s*[.,]\s*", "www.", text, flags=re.IGNORECASE)
    tokens = [token.strip("()[]\"'<>,;").rstrip(".:") for token in text.split()]
    sites = [token for token in tokens if _URL.fullmatch(token)]
    if sites:
        rest = [token for token in tokens if token and token != sites[0]]
        return sites[0], " ".join(rest)
    close = re.sub(r"\s*([./])\s*", r"\1", text)
    return (close, "") if _URL.fullmatch(close) else (None, text)
