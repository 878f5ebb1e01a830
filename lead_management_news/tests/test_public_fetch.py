import contextlib
import gzip
import io
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch

import requests

from odoo.tests import BaseCase, tagged
from odoo.tests.common import _super_send

from ..tools import public_connection, public_fetch
from ..tools.public_fetch import FetchError, fetch


class StandIn(ThreadingHTTPServer):
    """A server on this machine that answers as it is told: `answers[path]` is
    `(status, headers, body)` or a function of the request that returns it."""

    daemon_threads = True

    def __init__(self):
        self.answers = {}
        self.requests = []
        super().__init__(("127.0.0.1", 0), StandInHandler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def stop(self):
        self.shutdown()
        self.server_close()


class StandInHandler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.requests.append((self.path, dict(self.headers)))
        answer = self.server.answers.get(self.path.split("?")[0], (404, {}, b""))
        status, headers, body = answer(self) if callable(answer) else answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        try:
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *args):
        """Say nothing on the console."""


@tagged("post_install", "-at_install")
class TestPublicFetch(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = StandIn()
        cls.addClassCleanup(cls.server.stop)

    @classmethod
    def _request_handler(cls, session, request, /, **options):
        # What Odoo's tests refuse, the code under test has to refuse.
        return _super_send(session, request, **options)

    def fetch(self, path, **options):
        return fetch(self.server.url + path, private_hosts=["127.0.0.1"], **options)

    def assertRefused(self, reason, url, **options):
        with self.assertRaises(FetchError) as caught:
            fetch(url, **options)
        self.assertEqual(caught.exception.reason, reason, url)

    def assertGivenUp(self, reason, path):
        with self.assertRaises(FetchError) as caught:
            self.fetch(path)
        self.assertEqual(caught.exception.reason, reason, path)

    def test_private_network_is_refused(self):
        before = len(self.server.requests)
        port = self.server.server_port
        for host in ("127.0.0.1", "localhost", "127.1", "0x7f000001", "[::1]"):
            self.assertRefused("private", f"http://{host}:{port}/")
        self.assertEqual(len(self.server.requests), before, "nothing was asked")

    def test_redirect_into_the_private_network_is_refused(self):
        port = self.server.server_port
        self.server.answers["/away"] = (
            302,
            {"Location": f"http://localhost:{port}/secret"},
            b"",
        )
        self.assertRefused(
            "private", f"{self.server.url}/away", private_hosts=["127.0.0.1"]
        )
        self.assertNotIn("/secret", [path for path, _h in self.server.requests])

    def test_name_is_looked_up_once(self):
        """A name server that answers differently the second time is not asked again."""
        answers = [
            [(2, 1, 6, "", ("93.184.216.34", 80))],
            [(2, 1, 6, "", ("127.0.0.1", 80))],
        ]
        reached = []

        def connect(address, *args, **kwargs):
            reached.append(address[0])
            raise OSError("no network in a test")

        with (
            patch.object(public_connection.socket, "getaddrinfo", side_effect=answers),
            patch("urllib3.util.connection.create_connection", connect),
            patch("urllib3.connection.connection.create_connection", connect),
        ):
            self.assertRefused("unreachable", "http://rebinding.example/")
        self.assertEqual(reached, ["93.184.216.34"])

    def test_other_addresses_are_refused(self):
        for url in (
            "ftp://example.com/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "//example.com/",
            "http://",
            "http://user@example.com/",
            "http://example.com:notaport/",
            "http://[bad/",
            "http://exa mple.com/",
            "http://example.com/\r\nX-Injected: 1",
            "",
        ):
            self.assertRefused("address", url)

    def test_answer_and_its_headers_are_returned(self):
        self.server.answers["/ok"] = (200, {"ETag": '"1"'}, b"hello")
        answer = self.fetch("/ok", headers={"If-None-Match": '"0"'})
        self.assertEqual((answer.status, answer.body), (200, b"hello"))
        self.assertEqual(answer.headers["etag"], '"1"')
        self.assertEqual(self.server.requests[-1][1]["If-None-Match"], '"0"')

    def test_redirects_are_followed_but_not_forever(self):
        self.server.answers["/from"] = (301, {"Location": "/to"}, b"")
        self.server.answers["/to"] = (200, {}, b"there")
        self.server.answers["/round"] = (302, {"Location": "/round"}, b"")
        self.assertEqual(self.fetch("/from").body, b"there")
        with self.assertRaises(FetchError) as caught:
            self.fetch("/round")
        self.assertEqual(caught.exception.reason, "redirects")

    def test_secret_is_not_sent_to_another_server(self):
        other = StandIn()
        self.addCleanup(other.stop)
        other.answers["/"] = (200, {}, b"")
        self.server.answers["/token"] = (302, {"Location": f"{other.url}/"}, b"")
        self.fetch("/token", headers={"Authorization": "Bearer secret"})
        self.assertNotIn("Authorization", other.requests[-1][1])

    def test_secret_is_not_sent_on_without_encryption(self):
        sent = []

        def answer(session, method, url, headers=None, **options):
            sent.append((url, "Authorization" in headers))
            response = requests.Response()
            response.status_code = 302 if url.startswith("https") else 204
            response.headers["location"] = "http://example.com/"
            response.raw = io.BytesIO()
            return response

        with (
            patch.object(requests.Session, "request", answer),
            self.assertRaises(FetchError),
        ):
            fetch("https://example.com/", headers={"Authorization": "Bearer secret"})
        self.assertEqual(
            sent, [("https://example.com/", True), ("http://example.com/", False)]
        )

    def test_errors_say_which(self):
        self.server.answers["/gone"] = (410, {}, b"x" * 10)
        with self.assertRaises(FetchError) as caught:
            self.fetch("/gone")
        self.assertEqual(caught.exception.reason, "status")
        self.assertEqual(caught.exception.answer.status, 410)

    def test_large_answer_is_refused_packed_or_not(self):
        body = b"\0" * (public_fetch.MAX_BYTES + 1)
        self.server.answers["/large"] = (200, {}, body)
        packed = gzip.compress(body)
        self.server.answers["/bomb"] = (200, {"Content-Encoding": "gzip"}, packed)
        for path in ("/large", "/bomb"):
            self.assertGivenUp("large", path)

    def test_answer_packed_once_is_unpacked(self):
        packed = gzip.compress(b"hello")
        self.server.answers["/packed"] = (200, {"Content-Encoding": "gzip"}, packed)
        self.assertEqual(self.fetch("/packed").body, b"hello")

    def test_answer_packed_twice_or_otherwise_is_refused(self):
        twice = gzip.compress(gzip.compress(b"hello"))
        for encoding, body in (
            ("gzip, gzip", twice),
            ("br", b"hello"),
            ("gzip", b"hello"),
        ):
            headers = {"Content-Encoding": encoding}
            self.server.answers["/twice"] = (200, headers, body)
            self.assertGivenUp("encoding", "/twice")

    def test_slow_answer_is_given_up(self):
        def wait(handler):
            time.sleep(0.6)
            return 200, {}, b"x"

        def send_a_byte_at_a_time(handler):
            with contextlib.suppress(OSError):
                for _ in range(40):
                    handler.wfile.write(b"H")
                    time.sleep(0.05)
            return 200, {}, b""

        def send_a_body_at_a_time(handler):
            with contextlib.suppress(OSError):
                handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
                send_a_byte_at_a_time(handler)
            return 200, {}, b""

        self.server.answers["/wait"] = wait
        self.server.answers["/header"] = send_a_byte_at_a_time
        self.server.answers["/body"] = send_a_body_at_a_time
        with patch.object(public_fetch, "SECONDS", 0.3):
            for path in ("/wait", "/header", "/body"):
                started = time.monotonic()
                self.assertGivenUp("slow", path)
                self.assertLess(time.monotonic() - started, 1.5, path)

    def test_nobody_there_is_unreachable(self):
        stopped = StandIn()
        url = stopped.url
        stopped.stop()
        self.assertRefused("unreachable", url, private_hosts=["127.0.0.1"])

    def test_four_redirects_are_followed(self):
        for hop in range(5):
            self.server.answers[f"/{hop}"] = (302, {"Location": f"/{hop + 1}"}, b"")
        self.server.answers["/5"] = (200, {}, b"there")
        self.assertEqual(self.fetch("/1").body, b"there")
        self.assertGivenUp("redirects", "/0")

    def test_secret_is_sent_on_to_the_same_server(self):
        self.server.answers["/old"] = (302, {"Location": "/new"}, b"")
        self.server.answers["/new"] = (200, {}, b"")
        self.fetch("/old", headers={"Authorization": "Bearer secret"})
        sent = self.server.requests[-1][1]
        self.assertEqual(sent["Authorization"], "Bearer secret")
        self.assertEqual(sent["Accept-Encoding"], "gzip")
        self.assertIn("Odoo", sent["User-Agent"])

    def test_unchanged_page_has_no_body(self):
        self.server.answers["/same"] = (304, {"Content-Encoding": "gzip"}, b"")
        answer = self.fetch("/same")
        self.assertTrue(answer.is_unchanged)
        self.assertEqual(answer.body, b"")
        self.server.answers["/new"] = (200, {}, b"x")
        self.assertFalse(self.fetch("/new").is_unchanged)
        for status in (201, 305):
            self.server.answers["/other"] = (status, {}, b"x")
            self.assertGivenUp("status", "/other")

    def test_two_megabytes_are_just_allowed(self):
        body = bytes(2_000_000)
        self.server.answers["/most"] = (200, {}, body)
        self.assertEqual(len(self.fetch("/most").body), len(body))
        packed = {"Content-Encoding": " X-GZIP "}
        self.server.answers["/packed"] = (200, packed, gzip.compress(body))
        self.assertEqual(len(self.fetch("/packed").body), len(body))
        self.server.answers["/more"] = (200, packed, gzip.compress(body + b"x"))
        self.assertGivenUp("large", "/more")
