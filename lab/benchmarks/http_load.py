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


@dataclass
class Answer:
    """What a post got; status 0 when the connection broke."""

    status: int
    seconds: float
    body: bytes = b""


def post(port: int, path: str, values: dict) -> Answer:
    """Post a form over a connection of its own."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    try:
        connection.request("POST", path, urlencode(values), HEADERS)
        response = connection.getresponse()
        body = response.read()
        return Answer(response.status, time.perf_counter() - start, body)
    except (OSError, http.client.HTTPException):
        return Answer(0, time.perf_counter() - start)
    finally:
        connection.close()


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
