"""Fetch a page of the public internet, and nothing else. No ORM.

SPECIFICATION

An address that somebody typed is fetched by the server, which can reach what its
visitors can't: the rules below keep it from being used as a door into the own network
(server-side request forgery, as described by OWASP).

1. Only `http` and `https`, without user name or password in the address.
2. Every address that the host's name stands for must be a public one; the connection is
   made to an address that was checked, so that a name can't change in between.
3. Redirects are followed one by one, at most four, each under the same rules.
4. An answer has at most `MAX_BYTES`, counted after unpacking, and is there within
   `SECONDS`; of an error only the number is read.
5. Hosts named in `private_hosts` are excepted from rule 2: the administrator's choice.

Proxies of the environment are not used, as the check would be theirs.
"""

import ipaddress
import socket
import time
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

MAX_BYTES = 2_000_000
MAX_REDIRECTS = 4
SECONDS = 15
TIMEOUT = 10  # seconds to connect, and between two packets
CHUNK = 65_536
USER_AGENT = "Odoo lead_management (feed reader)"


class FetchError(Exception):
    """What went wrong, in a word: `address`, `private`, `unknown`, `unreachable`,
    `slow`, `large`, `redirects` or `status`."""

    def __init__(self, reason, answer=None):
        super().__init__(reason)
        self.reason = reason
        self.answer = answer


@dataclass(frozen=True)
class Answer:
    url: str
    status: int
    headers: dict
    body: bytes = field(default=b"", repr=False)

    @property
    def is_unchanged(self):
        return self.status == 304


def fetch(url, headers=None, private_hosts=()):
    """Return what an address answers: status 200 or 304.

    :param str url: the address
    :param dict headers: to send, such as `If-None-Match`
    :param private_hosts: names of hosts of the own network that are allowed
    :return: an `Answer`, with the address after redirects
    :raise FetchError: nothing was fetched; `answer` holds status and headers if the
        server answered with an error
    """
    deadline = time.monotonic() + SECONDS
    headers = {"User-Agent": USER_AGENT, **(headers or {})}
    with requests.Session() as session:
        session.trust_env = False
        for prefix in ("http://", "https://"):
            session.mount(prefix, _PublicAdapter(private_hosts))
        for _hop in range(MAX_REDIRECTS + 1):
            check_address(url)
            try:
                with session.get(
                    url,
                    headers=headers,
                    timeout=TIMEOUT,
                    stream=True,
                    allow_redirects=False,
                ) as response:
                    if not response.is_redirect:
                        return _read(response, deadline)
                    target = urljoin(url, response.headers["location"])
            except requests.Timeout:
                raise FetchError("slow") from None
            except (requests.RequestException, OSError):
                raise FetchError("unreachable") from None
            if urlsplit(target).netloc != urlsplit(url).netloc:
                # What was meant for one server is no other server's business.
                headers.pop("Authorization", None)
            url = target
    raise FetchError("redirects")


def check_address(url):
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


def is_public(address):
    """Tell whether an IP address is one of the public internet.

    An IPv4 address inside an IPv6 one counts as what it is.
    """
    ip = ipaddress.ip_address(address.split("%")[0])
    if ip.version == 6:
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if not inner and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        ip = inner or ip
    return ip.is_global and not ip.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def _read(response, deadline):
    answer = Answer(
        response.url, response.status_code, dict(response.headers.lower_items())
    )
    if response.status_code not in (200, 304):
        raise FetchError("status", answer)
    body = bytearray()
    for chunk in response.iter_content(CHUNK):
        body += chunk
        if len(body) > MAX_BYTES:
            raise FetchError("large")
        if time.monotonic() > deadline:
            raise FetchError("slow")
    return replace(answer, body=bytes(body))


def _public_addresses(host, port):
    """Return the addresses of a host, all of them public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchError("unknown") from None
    addresses = list(dict.fromkeys(entry[4][0] for entry in found))
    if not all(map(is_public, addresses)):
        raise FetchError("private")
    return addresses


class _PublicConnection:
    """A connection that is made to an address that was looked at."""

    def _new_conn(self):
        host = self._dns_host
        error = None
        for address in _public_addresses(host, self.port):
            self._dns_host = address
            try:
                return super()._new_conn()
            except Exception as failure:
                error = failure
            finally:
                # The certificate is checked for the name.
                self._dns_host = host
        raise error


class _PublicHTTPConnection(_PublicConnection, HTTPConnection):
    pass


class _PublicHTTPSConnection(_PublicConnection, HTTPSConnection):
    pass


class _PublicHTTPPool(HTTPConnectionPool):
    ConnectionCls = _PublicHTTPConnection


class _PublicHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _PublicHTTPSConnection


class _PublicAdapter(HTTPAdapter):
    """Sends by checked connections, except to the hosts that are allowed."""

    def __init__(self, private_hosts):
        super().__init__()
        self._private_hosts = {host.lower() for host in private_hosts}
        self._any_manager = self.poolmanager
        self._public_manager = PoolManager(num_pools=1)
        self._public_manager.pool_classes_by_scheme = {
            "http": _PublicHTTPPool,
            "https": _PublicHTTPSPool,
        }

    def send(self, request, *args, **kwargs):
        host = (urlsplit(request.url).hostname or "").lower()
        allowed = host in self._private_hosts
        self.poolmanager = self._any_manager if allowed else self._public_manager
        return super().send(request, *args, **kwargs)

    def close(self):
        self._public_manager.clear()
        self._any_manager.clear()
