"""Find the public feed of a social profile by its address. Pure Python.

| service | profile | its feed |
|---|---|---|
| Mastodon and the like | `https://example.social/@name` | the same and `.rss` |
| Bluesky | `https://bsky.app/profile/name` | the same and `/rss` |
| YouTube | `…/channel/UC…` | `…/feeds/videos.xml?channel_id=…` |
| Medium | `https://medium.com/@name` | `https://medium.com/feed/@name` |
| Reddit | `…/r/name`, `…/user/name` | the same and `/.rss` |
| GitHub | `https://github.com/name` | the same and `.atom` |

Any other page may name its feed in its head; see `feed_reader.find_feed`.
"""

import re
from urllib.parse import urlsplit

_AT_NAME = re.compile(r"/@[\w.-]+(?:@[\w.-]+)?")
_CHANNEL = re.compile(r"/channel/(UC[\w-]{22})")
_BLUESKY = re.compile(r"/profile/([\w.:-]+)")
_MEDIUM = re.compile(r"/(@[\w.-]+|[\w-]+)")
_REDDIT = re.compile(r"/(?:r|u|user)/[\w-]+")
_GITHUB = re.compile(r"/[\w-]+")


def feed_address(url: str) -> str | None:
    """Return the address of a profile's feed where it follows from the profile's.

    :param url: an address of the web
    :return: the feed's address, or None when the page has to be asked
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    path = parts.path.rstrip("/")
    if host == "youtube.com":
        channel = _CHANNEL.match(path)
        if channel:
            return f"https://www.youtube.com/feeds/videos.xml?channel_id={channel[1]}"
        return None
    if host == "bsky.app":
        profile = _BLUESKY.match(path)
        return profile and f"https://bsky.app/profile/{profile[1]}/rss"
    if host == "medium.com":
        name = _MEDIUM.fullmatch(path)
        return name and f"https://medium.com/feed/{name[1]}"
    if host in ("reddit.com", "old.reddit.com"):
        name = _REDDIT.match(path)
        return name and f"https://www.reddit.com{name[0]}/.rss"
    if host == "github.com":
        return f"https://github.com{path}.atom" if _GITHUB.fullmatch(path) else None
    if _AT_NAME.fullmatch(path):
        return f"{parts.scheme}://{parts.netloc}{path}.rss"
    return None
