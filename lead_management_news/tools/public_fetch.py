"""Fetch a page of the public internet, and nothing else. No ORM.

SPECIFICATION

An address that somebody typed is fetched by the server, which can reach what its
visitors can't: the rules below keep it from being used as a door into the own network
(server-side request forgery, as described by OWASP).

1. Only `http` and `https`, without user name or password in the address.
2. Every address that the host's name stands for must be a public one; the connection is
   made to an address that was checked, so that a name can't change in between.
3. Redirects are followed one by one, at most four, each under the same rules.
4. An answer has at most `MAX_BYTES`, packed and unpacked, and is packed by gzip once or
   not at all. It is there within `SECONDS`, redirects included, however slowly it
   comes; of an error only the number is read.
5. Hosts named in `private_hosts` are excepted from rule 2: the administrator's choice.

Proxies of the environment are not used, as the check would be theirs.
"""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from .public_connection import TIMEOUT, Guard, NotPublic, UnknownHost

MAX_BYTES = 2_000_000
MAX_REDIRECTS = 4
SECONDS = 15
CHUNK = 65_536
USER_AGENT = "Odoo lead_management (feed reader)"


class FetchError(Exception):
    """What went wrong, in a word: `address`, `private`, `unknown`, `unreachable`,
    `slow`, `large`, `encoding`, `redirects` or `status`."""

    def __init__(self, reason: str, answer: "Answer | None" = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.answer = answer


@dataclass(frozen=True)
class Answer:
    url: str
    status: int
    headers: dict[str, str]
    body: bytes = field(default=b"", repr=False)

    @property
    def is_unchanged(self) -> bool:
        return self.status == 304


def fetch(
    url: str,
    headers: Mapping[str, str] | None = None,
    private_hosts: Iterable[str] = (),
) -> Answer:
    """Return what an address answers: status 200 or 304.

    :param url: the address
    :param headers: to send, such as `If-None-Match`
    :param private_hosts: names of hosts of the own network that are allowed
    :return: with the address after redirects
    :raise FetchError: nothing was fetched; `answer` holds status and headers if the
        server answered with an error
    """
    headers = {"User-Agent": USER_AGENT, **(headers or {}), "Accept-Encoding": "gzip"}
    with Guard(SECONDS, private_hosts) as guard, guard.session() as session:
        try:
            for _hop in range(MAX_REDIRECTS + 1):
                check_address(url)
                with session.get(
                    url,
                    headers=headers,
                    timeout=TIMEOUT,
                    stream=True,
                    allow_redirects=False,
                ) as response:
                    if not response.is_redirect:
                        answer = _read(response)
                        if not guard.seconds_left:
                            # The connection was cut: who knows what is missing.
                            raise FetchError("slow")
                        return answer
                    target = urljoin(url, response.headers["location"])
                if _server(target) != _server(url):
                    # What was meant for one server is no other server's business.
                    headers.pop("Authorization", None)
                url = target
        except NotPublic:
            raise FetchError("private") from None
        except UnknownHost:
            raise FetchError("unknown") from None
        except requests.Timeout:
            raise FetchError("slow") from None
        except (requests.RequestException, HTTPError, OSError):
            raise FetchError("unreachable" if guard.seconds_left else "slow") from None
    raise FetchError("redirects")


def _server(url: str) -> tuple[str, str]:
    """Return what makes an address one of a certain server."""
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def check_address(url: str) -> None:
    """Check what can be said of an address without looking its host up.

    :raise FetchError: it is no address of a public page
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _port = parts.port
    except ValueError:
        raise FetchError("address") from None
    if (
        parts.scheme not in ("http", "https")
        or not host
        or "@" in parts.netloc
        or any(char.isspace() or ord(char) < 32 for char in url)
    ):
        raise FetchError("address")


def _read(response: requests.Response) -> Answer:
    answer = Answer(
        response.url, response.status_code, dict(response.headers.lower_items())
    )
    if response.status_code not in (200, 304):
        raise FetchError("status", answer)
    packed = bytearray()
    for chunk in response.raw.stream(CHUNK, decode_content=False):
        packed += chunk
        if len(packed) > MAX_BYTES:
            raise FetchError("large")
    encoding = answer.headers.get("content-encoding", "identity").strip().lower()
    return replace(answer, body=_unpack(bytes(packed), encoding))


def _unpack(packed: bytes, encoding: str) -> bytes:
    """Return a body without its encoding: none, or gzip once. Unpacking stops at the
    allowed size, as a few bytes can stand for any number of them."""
    if encoding in ("", "identity") or not packed:
        return packed
    if encoding not in ("gzip", "x-gzip"):
        raise FetchError("encoding")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        body = unpacker.decompress(packed, MAX_BYTES + 1)
    except zlib.error:
        raise FetchError("encoding") from None
    if len(body) > MAX_BYTES:
        raise FetchError("large")
    return body
