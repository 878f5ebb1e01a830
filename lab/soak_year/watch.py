"""Whoever looks at servers again and again, while others use them."""

import threading


class Watch:
    """Looks until it is told to stop, and once more then."""

    EVERY = 1  # seconds

    def __init__(self, servers):
        self.servers = servers
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self):
        self._thread.start()

    def stop(self):
        """Stop looking, if it was started."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self):
        is_last = False
        while not is_last:
            is_last = self._ended.wait(self.EVERY)
            for server in self.servers:
                self.look(server)
        self.close()

    def look(self, server):
        """Look at one of the servers."""
        raise NotImplementedError

    def close(self):
        """Do what is left to do when all have been looked at for the last time."""
