"""Read the latest posts of an X (Twitter) profile by X's API v2. No ORM.

Endpoints and limits: X developer documentation, "User lookup" and "User Posts
timeline". Posts are asked for by the number of the user, which is looked up once by
the handle.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any, Protocol
from urllib.parse import quote

from .feed_reader import SUMMARY_LENGTH, Entry, plain_text
from .public_fetch import Answer, FetchError

BASE = "https://api.x.com/2"
POSTS = 10  # X takes 5 to 100


class XError(Exception):
    """What X answered: `token`, `profile`, `protected`, `wait` or `answer`.

    `until` is when X takes requests again (UTC), if it said so.
    """

    def __init__(self, reason: str, until: datetime | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.until = until


class Fetch(Protocol):
    """`public_fetch.fetch`, or what does as it."""

    def __call__(self, url: str, *, headers: Mapping[str, str]) -> Answer: ...


def read_posts(
    fetch: Fetch,
    token: str,
    handle: str,
    user_ref: str | None = None,
    base: str = BASE,
) -> tuple[str, list[Entry]]:
    """Return the number of a profile's user and its latest posts.

    :param fetch: `public_fetch.fetch`, with its settings
    :param token: the bearer token of an app
    :param handle: of the profile, without `@`
    :raise XError: X refused
    :raise FetchError: X was not reached
    """

    def get(path: str) -> Any:
        try:
            answer = fetch(
                f"{base}/{path}", headers={"Authorization": f"Bearer {token}"}
            )
        except FetchError as error:
            raise _x_error(error) from None
        try:
            data = json.loads(answer.body)
        except ValueError:
            raise XError("answer") from None
        if not isinstance(data, dict):
            raise XError("answer")
        if "data" not in data and data.get("errors"):
            title = str(data["errors"][0].get("title", ""))
            raise XError("protected" if "Authorization" in title else "profile")
        return data.get("data")

    if not user_ref:
        user = get(f"users/by/username/{quote(handle, safe='')}")
        if not isinstance(user, dict) or not str(user.get("id", "")).isdigit():
            raise XError("answer")
        user_ref = str(user["id"])
    posts = get(
        f"users/{user_ref}/tweets?max_results={POSTS}&tweet.fields=created_at"
        "&exclude=replies"
    )
    return user_ref, [
        _entry(post, handle) for post in posts or () if isinstance(post, dict)
    ]


def _x_error(error: FetchError) -> XError | FetchError:
    if not error.answer:
        return error
    status = error.answer.status
    if status in (401, 403):
        return XError("token")
    if status in (400, 404):
        return XError("profile")
    if status == 429:
        reset = error.answer.headers.get("x-rate-limit-reset", "")
        until = None
        if reset.isdigit() and len(reset) < 12:
            until = datetime.fromtimestamp(int(reset), timezone.utc)
            until = until.replace(tzinfo=None)
        return XError("wait", until)
    return error


def _entry(post: Mapping[str, Any], handle: str) -> Entry:
    try:
        published: datetime | None = datetime.strptime(
            post.get("created_at", "")[:19], "%Y-%m-%dT%H:%M:%S"
        )
    except (TypeError, ValueError):
        published = None
    number = str(post.get("id", ""))
    return Entry(
        guid=number,
        title=plain_text(str(post.get("text", "")), SUMMARY_LENGTH),
        url=f"https://x.com/{quote(handle, safe='')}/status/{quote(number, safe='')}",
        summary="",
        published=published,
    )
