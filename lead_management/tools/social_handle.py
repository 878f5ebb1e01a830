"""Bring what people type as a Twitter/X profile to its handle. Pure Python."""

import re
from typing import Literal

# Twitter/X: 15 characters at most, letters, digits and underscores. The addresses
# below x.com that are pages of the service itself are no profiles.
_HANDLE = re.compile(r"@?(\w{1,15})", re.ASCII)
_PROFILE_URL = re.compile(
    r"(?:https?://)?(?:www\.|mobile\.|m\.)?(?:twitter|x)\.com/(?:#!/)?([^/?#\s]+).*",
    re.ASCII | re.IGNORECASE,
)
_SERVICE_PAGES = {
    "home",
    "explore",
    "hashtag",
    "i",
    "intent",
    "login",
    "search",
    "share",
}


def normalize(text: str | Literal[False] | None) -> str | Literal[False]:
    """Return the handle that a text names, without the leading `@`.

    Accepts `acme`, `@acme` and any address of the profile or of one of its posts.

    :param text: what was typed, or a false value
    :return: the handle; False when nothing was typed
    :raise ValueError: the text is neither a handle nor a profile's address
    """
    text = (text or "").strip()
    if not text:
        return False
    url = _PROFILE_URL.fullmatch(text)
    handle = _HANDLE.fullmatch(url[1] if url else text)
    if not handle or (url and handle[1].lower() in _SERVICE_PAGES):
        raise ValueError(text)
    return handle[1]
