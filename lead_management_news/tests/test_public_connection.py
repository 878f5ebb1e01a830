import socket
import threading
import time
from unittest.mock import patch

import requests

from odoo.tests import BaseCase, tagged
from odoo.tests.common import _super_send

from ..tools import public_connection
from ..tools.public_connection import Guard, NotPublic, UnknownHost, is_public

PUBLIC = "93.184.216.34"


def found(*addresses):
    """Return what a name server says of a host with these addresses."""
    return [(2, 1, 6, "", (address, 80)) for address in addresses]


@tagged("post_install", "-at_install")
class TestPublicConnection(BaseCase):
    """Where connections may go, and for how long."""

    @classmethod
    def _request_handler(cls, session, request, /, **options):
        # What Odoo's tests refuse, the code under test has to refuse.
        return _super_send(session, request, **options)

    def test_addresses_of_private_networks_are_told_from_public_ones(self):
        for address in (
            *("93.184.216.34", "2606:2800:220:1::", "8.8.8.8"),
            # Public addresses of IPv4 in addresses of IPv6
            *("::ffff:8.8.8.8", "2002:808:808::", "64:ff9b::808:808"),
            "2001:0:808:808:0:0:f7f7:f7f7",
        ):
            self.assertTrue(is_public(address), address)
        for address in (
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "::1",
            "::",
            "fe80::1%eth0",
            "fd00::1",
            "::ffff:127.0.0.1",
            "2002:7f00:1::",
            "64:ff9b::a00:1",
            "64:ff9b:1::a00:1",
            "::127.0.0.1",
            "::ffff:0:127.0.0.1",
            "fec0::1",
            "240.0.0.1",
            # An address of 10.0.0.1 behind a Teredo server
            "2001:0:808:808:0:0:f5ff:fffe",
            "ff0e::1",
        ):
            self.assertFalse(is_public(address), address)

    def _look_up(self, addresses, host="a.example", private_hosts=()):
        with patch.object(socket, "getaddrinfo", return_value=found(*addresses)):
            return Guard(5, private_hosts).look_up(host, 80)

    def test_the_first_addresses_of_a_host(self):
        four = [f"8.8.8.{number}" for number in range(1, 5)]
        self.assertEqual(self._look_up([four[0], *four]), four[:3])

    def test_one_private_address_is_too_many(self):
        for addresses in ([PUBLIC, "10.0.0.1"], ["10.0.0.1", PUBLIC]):
            with self.assertRaises(NotPublic):
                self._look_up(addresses)

    def test_private_hosts_are_known_by_name(self):
        for host in ("nas.example", "NAS.example"):
            self.assertEqual(
                self._look_up(["10.0.0.1"], host, ["Nas.example"]), ["10.0.0.1"]
            )
        self.assertEqual(self._look_up(["::1"], "[::1]", ["::1"]), ["::1"])
        with self.assertRaises(NotPublic):
            self._look_up(["10.0.0.1"], "other.example", ["nas.example"])

    def test_hosts_that_nobody_knows(self):
        for error in (socket.gaierror(), OSError(), UnicodeError()):
            with (
                patch.object(socket, "getaddrinfo", side_effect=error),
                self.assertRaises(UnknownHost),
            ):
                Guard(5).look_up("a.example", 80)

    def test_time_that_is_left(self):
        with patch.object(time, "monotonic", side_effect=[100, 103, 105, 109]):
            guard = Guard(5)
            left = [guard.seconds_left for _time in range(3)]
        self.assertEqual(left, [2, 0, 0])

    def test_connections_end_with_their_time(self):
        one, other = socket.socketpair()
        with one, other, Guard(0.1) as guard:
            guard.watch(one)
            other.settimeout(5)
            self.assertEqual(other.recv(1), b"", "it was shut down")
            late, far = socket.socketpair()
            with late, far:
                guard.watch(late)
                far.settimeout(5)
                self.assertEqual(far.recv(1), b"", "what comes late ends at once")

    def test_nothing_is_left_of_a_guard(self):
        one, other = socket.socketpair()
        with one, other:
            with Guard(60) as guard:
                guard.watch(one)
                timers = [t for t in threading.enumerate() if t is guard._timer]
                self.assertTrue(timers and timers[0].daemon)
                [copy] = guard._sockets
            self.assertEqual(copy.fileno(), -1)
            guard._timer.join(5)
            self.assertFalse(guard._timer.is_alive())
            one.sendall(b"x")
            self.assertEqual(other.recv(1), b"x", "the connection itself goes on")

    def _fail(self, seconds):
        """Return which addresses are tried when none answers, and for how long."""
        tried = []

        def connect(address, timeout, **_options):
            tried.append((address[0], timeout))
            raise OSError("no network in a test")

        addresses = found("8.8.8.8", "8.8.4.4")
        with (
            patch.object(socket, "getaddrinfo", return_value=addresses),
            patch("urllib3.connection.connection.create_connection", connect),
            Guard(seconds) as guard,
            guard.session() as session,
            self.assertRaises(requests.RequestException),
        ):
            session.get("http://a.example/")
        return tried

    def test_the_next_address_is_tried_in_what_time_is_left(self):
        tried = self._fail(seconds=5)
        self.assertEqual([address for address, _time in tried], ["8.8.8.8", "8.8.4.4"])
        self.assertTrue(all(4 < seconds <= 5 for _address, seconds in tried))

    def test_no_attempt_takes_longer_than_ten_seconds(self):
        tried = self._fail(seconds=60)
        self.assertEqual({seconds for _address, seconds in tried}, {10})

    def test_environment_names_no_proxy(self):
        with (
            patch.dict("os.environ", {"http_proxy": "http://127.0.0.1:9"}),
            Guard(5) as guard,
            guard.session() as session,
        ):
            self.assertFalse(session.trust_env)
            for url in ("http://a.example/", "https://a.example/"):
                self.assertIsInstance(
                    session.get_adapter(url), public_connection._GuardedAdapter
                )
