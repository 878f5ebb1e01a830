"""Check addresses of web sites that an admin gives and browsers act on. Pure Python.

SPECIFICATION

`return_url` reads where visitors are sent after a form, `page_url` where a link goes:

* `/thanks`: a path on Odoo's own host. It begins with one slash;
* `https://…`: any host. `http://…` only where it is Odoo's own address, or a site that
  is being tried out: `localhost`, `127.0.0.1` and names that end in `.localhost`,
  `.test` or `.local`, which nobody can own on the internet;
* nothing else: no other scheme (`javascript:`, `data:`), no `//host`, no user or
  password, no backslash, no space or control character, no host that isn't one.

`origin` reads who may embed a form or post to it: `https://host`, with a port where it
has one. The scheme may be left out; `http` is for sites that are being tried out, as
above. `*.example.com` stands for all hosts below `example.com`, where that is asked
for; `*` alone and `*.com` are refused.

What is returned is plain ASCII (hosts as the domain name system spells them, paths
percent-encoded), so it can be put into a header as it is.
"""

import re
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

MAX_LENGTH = 2000

# Why an address is refused
EMPTY = "empty"
TOO_LONG = "too_long"
CHARACTERS = "characters"
SCHEME = "scheme"
USER = "user"
HOST = "host"
PATH = "path"
WILDCARD = "wildcard"

_LOCAL_HOSTS = ("localhost", "127.0.0.1")
_LOCAL_ENDS = (".localhost", ".test", ".local")
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_UNSAFE = re.compile(r"[\s\\\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\ufeff]")
_KEPT = "/%:@!$&'()*+,;=~-._?"  # signs that a path or a query may hold unquoted


class UnsafeUrlError(ValueError):
    """An address that is refused; `reason` says why, `text` is the address."""

    def __init__(self, reason: str, text: str):
        super().__init__(reason, text)
        self.reason = reason
        self.text = text


def return_url(text: str | None, own_origin: str = "") -> str:
    """Return where to send a visitor, safe to use in a `Location` header.

    :param own_origin: Odoo's own address, as `https://crm.example.com`
    :raise UnsafeUrlError: the address isn't one that a browser may be sent to
    """
    text = _checked(text)
    if text.startswith("/"):
        if text.startswith("//"):
            raise UnsafeUrlError(HOST, text)
        parts = urlsplit(text)
        return _quoted("", "", parts)
    scheme, netloc, parts = _absolute(text)
    is_own = f"{scheme}://{netloc}" == own_origin.lower().rstrip("/")
    if not (is_own or _is_secure(scheme, netloc)):
        raise UnsafeUrlError(SCHEME, text)
    return _quoted(scheme, netloc, parts)


def page_url(text: str | None) -> str:
    """Return the address of a page on the web, safe to use in a link.

    :raise UnsafeUrlError: it isn't the address of a page reached by https
    """
    text = _checked(text)
    scheme, netloc, parts = _absolute(text)
    if scheme != "https":
        raise UnsafeUrlError(SCHEME, text)
    return _quoted(scheme, netloc, parts)


def origin(text: str | None, wildcard: bool = False) -> str:
    """Return a web site as browsers name it: scheme, host, port if any.

    :param wildcard: whether `*.example.com` is accepted
    :raise UnsafeUrlError: it isn't a web site reached by https
    """
    text = _checked(text)
    address = text if "://" in text else f"https://{text}"
    below = "://*." in address
    address = address.replace("://*.", "://", 1)
    if (below and not wildcard) or "*" in address:
        raise UnsafeUrlError(WILDCARD, text)
    scheme, netloc, parts = _absolute(address)
    host = netloc.partition(":")[0]
    if not _is_secure(scheme, netloc):
        raise UnsafeUrlError(SCHEME, text)
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise UnsafeUrlError(PATH, text)
    if below and "." not in host:
        raise UnsafeUrlError(WILDCARD, text)
    return f"{scheme}://{'*.' if below else ''}{netloc}"


def origins(text: str | None, wildcard: bool = False) -> list[str]:
    """Return the web sites of a list with one on each line, each once."""
    found = (
        origin(part, wildcard) for part in re.split(r"[\s,;]+", text or "") if part
    )
    return list(dict.fromkeys(found))


def _is_secure(scheme: str, netloc: str) -> bool:
    """Tell whether nobody between browser and site can change what is sent."""
    host = netloc.partition(":")[0]
    return scheme == "https" or host in _LOCAL_HOSTS or host.endswith(_LOCAL_ENDS)


def _checked(text: str | None) -> str:
    text = (text or "").strip(" ")
    if not text:
        raise UnsafeUrlError(EMPTY, text)
    if len(text) > MAX_LENGTH:
        raise UnsafeUrlError(TOO_LONG, text[:50] + "…")
    if _UNSAFE.search(text):
        raise UnsafeUrlError(CHARACTERS, text)
    return text


def _absolute(text: str) -> tuple[str, str, SplitResult]:
    """Return scheme, host with port, and the parts of an address with a host."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise UnsafeUrlError(HOST, text) from error
    if parts.scheme not in ("https", "http"):
        raise UnsafeUrlError(SCHEME, text)
    if "@" in parts.netloc:
        raise UnsafeUrlError(USER, text)
    try:
        host = (parts.hostname or "").encode("idna").decode().lower()
    except UnicodeError as error:
        raise UnsafeUrlError(HOST, text) from error
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise UnsafeUrlError(HOST, text)
    default_port = 443 if parts.scheme == "https" else 80
    if port is None or port == default_port:
        return parts.scheme, host, parts
    return parts.scheme, f"{host}:{port}", parts


def _quoted(scheme: str, netloc: str, parts: SplitResult) -> str:
    path, query, fragment = (
        quote(part, safe=_KEPT) for part in (parts.path, parts.query, parts.fragment)
    )
    return urlunsplit((scheme, netloc, path, query, fragment))
