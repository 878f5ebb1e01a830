"""Post forms to a server, as many browsers at once do. Standard library only."""

import http.client
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode

AT_ONCE = 8
TIMEOUT = 60
HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}
MULTIPART = {"Content-Type": "multipart/form-data; boundary=cut"}


@dataclass
class Answer:
    """What a post got; status 0 when the connection broke."""

    status: int
    seconds: float
    body: bytes = b""
    location: str = ""  # where a redirect leads


def post(port: int, path: str, values: dict, file: tuple = ()) -> Answer:
    """Post a form over a connection of its own.

    :param file: the name of an input, and the text of a file to send with it
    """
    if file:
        return send(port, path, _get_multipart(values, *file), MULTIPART)
    return send(port, path, urlencode(values), HEADERS)


def send(port: int, path: str, data: str | bytes, headers: dict) -> Answer:
    """Post a body over a connection of its own."""
    return _ask(port, "POST", path, data, headers)


def get(port: int, path: str) -> Answer:
    """Open an address over a connection of its own."""
    return _ask(port, "GET", path, None, {})


def _ask(port, method, path, data, headers) -> Answer:
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    try:
        connection.request(method, path, data, headers)
        response = connection.getresponse()
        body, location = response.read(), response.getheader("Location", "")
        return Answer(response.status, time.perf_counter() - start, body, location)
    except (OSError, http.client.HTTPException):
        return Answer(0, time.perf_counter() - start)
    finally:
        connection.close()


def _get_multipart(values: dict, name: str, text: str) -> bytes:
    head = '--cut\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n{}\r\n'
    parts = [head.format(key, "", value) for key, value in values.items()]
    parts.append(head.format(name, '; filename="note.txt"', text))
    return f"{''.join(parts)}--cut--\r\n".encode()


def post_all(port: int, path: str, forms: list[dict], report=None) -> list[Answer]:
    """Post forms, `AT_ONCE` at the same time; return the answers in their order."""
    done = 0
    lock = threading.Lock()

    def one(values):
        nonlocal done
        answer = post(port, path, values)
        with lock:
            done += 1
            if report:
                report(done)
        return answer

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, forms))
