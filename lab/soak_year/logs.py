"""What servers write to their logs, read as it comes: warnings and errors, and in which
trouble."""

import collections
import re

from tooling.logcheck import LogReader

from .visitors import CALM
from .watch import Watch

# What a server may say of a trouble
SIGNS = re.compile(
    r"OperationalError|InterfaceError|AdminShutdown|CrashShutdown|CannotConnectNow"
    r"|DiskFull|No space left on device|Database or registry unusable"
    r"|(connection|cursor) already closed|server closed the connection"
    r"|terminating connection"
    r"|Connection to the database failed|the database system is"
    # A cursor that the trouble kept from being made
    r"|Cursor not closed explicitly"
    # What is left of a server that has ended
    r"|Gevent Parent changed"
)
SHOWN = 20  # kinds of records; the logs have all


class LogWatch(Watch):
    """Reads the logs of servers that are started anew, each with a new log."""

    KEPT = ("explained", "unexplained", "kinds")

    def __init__(self, servers, weather):
        super().__init__(servers)
        self.weather = weather
        self.explained = self.unexplained = 0
        self.kinds = collections.Counter()
        self._open = {}  # by server: path, file, reader

    def close(self):
        for path, _file, reader in self._open.values():
            reader.close()
            self._count(path, reader)

    def look(self, server):
        path, file, reader = self._open.get(server, (None, None, None))
        if file:
            has_grown = False
            while True:
                start = file.tell()
                if not (line := file.readline()).endswith("\n"):
                    break
                reader.feed(line.rstrip("\n"))
                has_grown = True
            file.seek(start)  # the last line may not be whole yet
            if not has_grown:
                reader.close()
            self._count(path, reader)
        if server.log != path and server.log and server.log.exists():
            if reader:
                reader.close()
                self._count(path, reader)
            self._open[server] = (
                server.log,
                server.log.open(errors="replace"),
                LogReader(),
            )

    def _count(self, path, reader):
        trouble = self.weather.now()
        for record in reader.bad:
            text = record.text()
            if trouble != CALM and SIGNS.search(text):
                self.explained += 1
                continue
            self.unexplained += 1
            kind = f"{trouble}: {record.level} {record.logger}: {record.message[:150]}"
            if record.more:
                kind += f" … {record.more[-1][:150]}"
            kind = re.sub(r"\d+", "N", kind)
            if kind in self.kinds or len(self.kinds) < SHOWN:
                if kind not in self.kinds:
                    print(f"\n✗ {path}, {trouble}:\n{text}\n", flush=True)
                self.kinds[kind] += 1
        reader.bad.clear()
