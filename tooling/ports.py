"""Network ports on this machine."""

import socket

from .errors import Problem

HOST = "127.0.0.1"


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise Problem(
                f"Only root may use port {port}.", "Choose one from 1024 on."
            ) from error
        except OSError:
            return False
    return True


def any_free() -> int:
    """Return a port nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def next_free(port: int) -> int:
    """Return the first free port from `port` on."""
    return next(candidate for candidate in range(port, 65536) if is_free(candidate))
