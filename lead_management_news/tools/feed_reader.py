"""Read a feed (RSS, Atom, RDF), and find the feed of a page. No ORM.

Everything in a feed is somebody else's: titles and summaries are returned as plain
text, addresses only if they are of the web.

The package `feedparser` is optional: without it no feed can be read, and all else
works.
"""

import calendar
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from time import struct_time
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

try:
    import feedparser
except ImportError:
    feedparser = None

MAX_ENTRIES = 100
TITLE_LENGTH = 300
SUMMARY_LENGTH = 500
GUID_LENGTH = 500
FEED_TYPES = ("application/rss+xml", "application/atom+xml")


@dataclass(frozen=True)
class Entry:
    """An item of a feed; `published` is in UTC, None when the feed doesn't say."""

    guid: str
    title: str
    url: str
    summary: str
    published: datetime | None


def is_available() -> bool:
    """Tell whether feeds can be read."""
    return feedparser is not None


def read(body: bytes, content_type: str = "") -> tuple[str, list[Entry]]:
    """Return the title and the entries of a feed, as it has them: newest first mostly.

    :param body: what the server answered
    :param content_type: the answer's header, which may name the encoding
    :raise ValueError: this is no feed, or none can be read
    """
    if not is_available():
        raise ValueError("feedparser is missing")
    headers = {"content-type": content_type} if content_type else {}
    try:
        parsed = feedparser.parse(io.BytesIO(body), response_headers=headers)
    except Exception as error:
        # It meets anything in the feeds of strangers, and raises as much.
        raise ValueError("no feed") from error
    if not parsed.get("version") and not parsed.entries:
        raise ValueError("no feed")
    entries: dict[str, Entry] = {}
    for item in parsed.entries[:MAX_ENTRIES]:
        entry = _entry(item)
        if entry:
            entries.setdefault(entry.guid, entry)
    return plain_text(parsed.feed.get("title"), TITLE_LENGTH), list(entries.values())


def find_feed(body: bytes, url: str) -> str | None:
    """Return the address of the feed that a web page names, None if it names none.

    :param body: the page
    :param url: where it is from
    """
    try:
        page = html.fromstring(body)
    except (etree.LxmlError, ValueError, OverflowError):
        return None
    for link in page.iterfind(".//link[@href]"):
        relation = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").lower().split(";")[0].strip()
        if "alternate" in relation and kind in FEED_TYPES:
            return web_address(urljoin(url, link.get("href").strip()))
    return None


def plain_text(text: str | None, length: int) -> str:
    """Return a text without markup and line breaks, cut to a length."""
    text = (text or "").replace("\x00", "")
    if "<" in text or "&" in text:
        try:
            text = html.fromstring(f"<div>{text}</div>").text_content()
        except (etree.LxmlError, ValueError, OverflowError):
            text = ""
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def web_address(url: str | None) -> str | None:
    """Return an address if it is one of the web, else None."""
    url = (url or "").strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _entry(item: Mapping[str, Any]) -> Entry | None:
    url = web_address(item.get("link"))
    summary = plain_text(item.get("summary"), SUMMARY_LENGTH)
    # Short posts have no title.
    title = plain_text(item.get("title"), TITLE_LENGTH) or summary
    guid = (item.get("id") or url or title)[:GUID_LENGTH].replace("\x00", "")
    if not guid or not title:
        return None
    if summary == title:
        summary = ""
    moment = next(
        (item[name] for name in ("published_parsed", "updated_parsed") if name in item),
        None,
    )
    return Entry(guid, title, url or "", summary, _utc(moment))


def _utc(moment: struct_time | None) -> datetime | None:
    try:
        seconds = moment and calendar.timegm(moment)
        if not seconds:
            return None
        return datetime.fromtimestamp(seconds, timezone.utc).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        return None
