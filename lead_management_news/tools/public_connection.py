"""Connect to the public internet only, and not for longer than is left. No ORM.

See `public_fetch` for the rules. The connections belong to a `Guard`, which is known to
all that happens inside its `with` block:

    with Guard(15, private_hosts) as guard, guard.session() as session:
        session.get(url)
"""

import contextlib
import ipaddress
import socket
import threading
import time
from collections.abc import Iterable
from contextvars import ContextVar, Token

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

TIMEOUT = 10  # seconds to connect, and between two packets
MAX_ADDRESSES = 3  # of one host that are tried

# IPv6 addresses that stand for IPv4 ones, of which Python does not say so
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# IPv6 networks that lead into one's own network, though Python calls them global
_NEVER_PUBLIC = tuple(
    map(
        ipaddress.ip_network,
        ("::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "fec0::/10"),
    )
)
_guard: ContextVar["Guard"] = ContextVar("guard")


class NotPublic(Exception):
    """An address of the private network was meant."""


class UnknownHost(Exception):
    """There is no such host."""


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet.

    An IPv4 address inside an IPv6 one counts as what it is.
    """
    ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if not inner and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if not inner and any(ip in network for network in _NEVER_PUBLIC):
            return False
        ip = inner or ip
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


class Guard:
    """Decides where connections may go, and ends them when their time is up.

    The time-out of a socket begins anew with each byte, so a server that sends one now
    and then would never meet it: the sockets are shut down from outside.
    """

    _token: Token["Guard"]

    def __init__(self, seconds: float, private_hosts: Iterable[str] = ()) -> None:
        self._private_hosts = {host.lower() for host in private_hosts}
        self._deadline = time.monotonic() + seconds
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._sockets: list[socket.socket] = []

    def __enter__(self) -> "Guard":
        self._token = _guard.set(self)
        self._timer.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        _guard.reset(self._token)
        self._timer.cancel()
        for sock in self._sockets:
            sock.close()

    @property
    def seconds_left(self) -> float:
        """Return the seconds that are left, at least 0."""
        return max(self._deadline - time.monotonic(), 0)

    def session(self) -> requests.Session:
        """Return a session of `requests` whose connections are guarded."""
        session = requests.Session()
        session.trust_env = False
        for prefix in ("http://", "https://"):
            session.mount(prefix, _GuardedAdapter())
        return session

    def look_up(self, host: str, port: int | None) -> list[str]:
        """Return the addresses of a host, the first few.

        :raise NotPublic: one of them is inside the private network
        :raise UnknownHost: it has none
        """
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise UnknownHost(host) from None
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        allowed = host.lower().strip("[]") in self._private_hosts
        if not allowed and not all(map(is_public, addresses)):
            raise NotPublic(host)
        return addresses[:MAX_ADDRESSES]

    def watch(self, sock: socket.socket) -> None:
        """End this connection, too, when the time is up."""
        # A duplicate, as encryption takes the socket over.
        self._sockets.append(sock.dup())
        if not self.seconds_left:
            self._end()

    def _end(self) -> None:
        for sock in list(self._sockets):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


class _GuardedConnection(HTTPConnection):
    """A connection that is made to an address that was looked at."""

    def _new_conn(self) -> socket.socket:
        guard = _guard.get()
        host = self._dns_host
        error: Exception | None = None
        for address in guard.look_up(host, self.port):
            if not guard.seconds_left:
                break
            self.timeout = min(TIMEOUT, guard.seconds_left)
            self._dns_host = address
            try:
                sock = super()._new_conn()
            except Exception as failure:
                error = failure
            else:
                guard.watch(sock)
                return sock
            finally:
                # The certificate is checked for the name.
                self._dns_host = host
        raise error or TimeoutError(host)


class _GuardedHTTPSConnection(_GuardedConnection, HTTPSConnection):
    pass


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _GuardedConnection


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedHTTPSConnection


class _GuardedAdapter(HTTPAdapter):
    def __init__(self) -> None:
        super().__init__()
        self.poolmanager.pool_classes_by_scheme = {
            "http": _HTTPPool,
            "https": _HTTPSPool,
        }
