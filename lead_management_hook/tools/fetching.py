"""Ask a platform for what it knows of a lead."""

import requests

from . import payload

TIMEOUT = 10  # seconds


def get(
    url: str, headers: dict[str, str], params: dict[str, str] | None = None
) -> requests.Response:
    """Return the answer of a server that can answer.

    :raise requests.RequestException: nobody answered, the server failed, or it wants to
        be asked less often
    """
    answer = requests.get(
        url, params=params, headers=headers, timeout=TIMEOUT, allow_redirects=False
    )
    if answer.status_code >= 500 or answer.status_code == 429:
        answer.raise_for_status()
    return answer


def is_good(answer: requests.Response) -> bool:
    """Tell whether an answer is one, and not too large to be kept."""
    return answer.status_code == 200 and len(answer.content) <= payload.MAX_BODY


def read_message(answer: requests.Response, *path: str) -> str:
    """Return what a refusal says, as far as it can be shown.

    :param path: where the message stands in the JSON
    """
    try:
        found = answer.json()
        for name in path:
            found = found[name]
    except (ValueError, KeyError, TypeError):
        return ""
    return str(found)[:500]
