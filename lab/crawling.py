"""What the crawl makes of what it sees: no browser and no Odoo is needed for it."""

import re
from collections import Counter, deque
from pathlib import Path

# How a person is refused something, in words
REFUSALS = ("UserError", "ValidationError", "AccessError", "RedirectWarning")
REFUSALS += ("MissingError", "AccessDenied", "ClaimRefused")
# Lines of the log that tell of no fault: a service outside this machine does not
# answer, as nothing outside is asked. (logger, beginning of the message)
OUTSIDE = (
    ("odoo.addons.iap.tools.iap_tools", "iap jsonrpc http://127.0.0.1:9/"),
    ("odoo.addons.partner_autocomplete.", "Autocomplete API error: "),
    ("odoo.addons.crm_iap_enrich.models.crm_lead", "A batch of leads could not be "),
)
# The browser says of the crawl's own script that a preview, in which none may run, kept
# it out; and of answers, what these tell themselves.
NO_ERRORS = ("Blocked script execution in 'about:srcdoc'", "Failed to load resource")
# What Odoo does again by itself: two of its own requests told at once which messages of
# a channel were seen.
RETRIED = re.compile(r"""bad query: b'(\s|\\n)*UPDATE "?discuss_channel_member\b""")
CONFLICT = "could not serialize access"
# What is there once only is refused by the database, and then in words.
TWICE = "duplicate key value violates unique constraint"
# Odoo's own page for exports sends more than its own server reads.
EXPORT = "<function odoo.addons.web.controllers.export."

# Texts in no language
ACCENTS = str.maketrans("aceinouyACEINOUY", "áçéíñóúýÁÇÉÍÑÓÚÝ")
PLACEHOLDERS = re.compile(r"(%\(\w+\)[a-z]|%[a-z%]|\$?\{[^}]*\}|<[^>]*>|&#?\w+;)")
LONGER = 3  # a third, as German and Finnish are


def pseudo(text: str) -> str:
    """Return a text as it would be in no language: accented, longer, in brackets."""
    before, inner, after = re.fullmatch(r"(\s*)(.*?)(\s*)", text, re.DOTALL).groups()
    parts = PLACEHOLDERS.split(inner)
    parts[::2] = (part.translate(ACCENTS) for part in parts[::2])
    return f"{before}[{''.join(parts)} {'·' * (len(inner) // LONGER)}]{after}"


def refusal(error: dict) -> str | None:
    """Return the words of an answer that refuses something, or None if it is a fault.

    :param error: what the server answered instead of a result
    """
    if str(error.get("name", "")).rpartition(".")[2] in REFUSALS:
        return str(error.get("message") or "")
    return None


def is_fault(record, refusals, here=()) -> bool:
    """Tell whether a bad line of the server's log is a fault.

    Odoo warns of each refusal; it is one only if the person got to see its words.

    :param record: of `logcheck`
    :param refusals: the words of all refusals until now
    :param here: of those, the ones on this page
    """
    if record.logger == "odoo.http" and record.level == "WARNING":
        said = record.message.strip()
        if not record.is_traceback and any(
            said and said in words for words in refusals
        ):
            return False
    if record.logger == "odoo.sql_db" and any(TWICE in line for line in record.more):
        return not here
    if record.logger == "odoo.http" and record.message.startswith(EXPORT):
        return "ignoring args" not in record.message
    if record.logger == "odoo.sql_db" and RETRIED.match(record.message):
        return not any(CONFLICT in line for line in record.more)
    return not any(
        record.logger.startswith(logger) and record.message.startswith(beginning)
        for logger, beginning in OUTSIDE
    )


def is_console_error(kind: str, text: str) -> bool:
    """Tell whether a line of the browser's console is a fault."""
    return kind == "error" and not text.startswith(NO_ERRORS)


def asks_server(item: dict) -> bool:
    """Tell whether the server seems to answer the click of an item."""
    return bool(item["name"] or item["is_step"])


def in_turn(items, share, of):
    """Return the items of a page in the order in which a user clicks them.

    First what the server does, which differs by who asks; then what the page does by
    itself: each user begins elsewhere, so that together they see all of it even where
    time is short.

    :param share: the number of the user, from 0
    :param of: how many users there are
    """
    asked = [item for item in items if asks_server(item)]
    own = [item for item in items if not asks_server(item)]
    return [*asked, *rotated(own, share, of)]


def rotated(items, share, of):
    """Return a list such that each user begins at a place of his own."""
    first = len(items) * share // of
    return [*items[first:], *items[:first]]


class Agenda:
    """What is left to click on a page, and the clicks that bring each into sight."""

    def __init__(self):
        self.ways, self._queue = {}, deque()

    def add(self, items, way=()):
        """Note what has come into sight, after the clicks of `way`."""
        for item in items:
            if item["id"] not in self.ways:
                self.ways[item["id"]] = tuple(way)
                self._queue.append(item)

    def __iter__(self):
        while self._queue:
            yield self._queue.popleft()


class Clicked:
    """What any of the users has clicked, in a file to which each adds lines."""

    def __init__(self, path):
        self._added = Path(path).open("a")  # noqa: SIM115
        self._lines = Path(path).open()  # noqa: SIM115
        self.own, self._seen = set(), set()

    def add(self, *key):
        self.own.add(key)
        self._added.write("\t".join(key) + "\n")
        self._added.flush()

    def __contains__(self, key):
        self._seen.update(line.rstrip("\n") for line in self._lines)
        return "\t".join(key) in self._seen


class Findings:
    """The faults found; one that shows in several places is one."""

    def __init__(self):
        self.problems = []

    def add(self, where, doing, kind, text):
        """Note a fault; return it if it is new, else None."""
        text = text.strip()[:3000]
        for known in self.problems:
            if (known["kind"], known["text"]) == (kind, text):
                known["times"] += 1
                return None
        problem = {"where": where, "doing": doing, "kind": kind, "text": text}
        self.problems.append(problem | {"times": 1})
        return self.problems[-1]


class LeftOut:
    """What was not clicked or opened, by reason, with some examples of each."""

    EXAMPLES = 5

    def __init__(self):
        self._counts, self._examples = Counter(), {}

    def add(self, why, what, number=1):
        self._counts[why] += number
        examples = self._examples.setdefault(why, [])
        if what not in examples and len(examples) < self.EXAMPLES:
            examples.append(what)

    def as_rows(self):
        """Return (reason, how often, examples), the most frequent first."""
        return [(why, n, self._examples[why]) for why, n in self._counts.most_common()]
