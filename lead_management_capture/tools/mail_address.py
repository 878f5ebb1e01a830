"""Tell whether two e-mail addresses lead to the same mailbox. Pure Python."""

# Names of one provider
_ALIASES = {"googlemail.com": "gmail.com"}


def mailbox(address: str) -> str:
    """Return what all spellings of an address have in common.

    What follows a plus is the reader's own, and many providers leave out the dots of
    the local part. Two people of one host whose addresses differ by dots only are taken
    for one: that may cost one of them a courtesy, and nobody a flood.
    """
    local, _at, host = address.lower().rpartition("@")
    folded = local.partition("+")[0].replace(".", "")
    host = host.rstrip(".")
    return f"{folded or local}@{_ALIASES.get(host, host)}"
