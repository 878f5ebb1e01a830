"""Judge what people have said of a name. Pure Python.

SPECIFICATION

Somebody said of a name that it is an account (*same*), or that it is not (*different*);
or the account had this name once (*former*). Of what one person said of a name and an
account, the last word counts. What follows depends on who asks:

| said of the name and the account | for who said so | for others |
|---|---|---|
| *same*, or *former* | as good as its own name, and better: 0.97 | as good: 0.95 |
| *different*, by one person | it is not the account | as if nobody had |
| *different*, by two or more, and more than said *same* | – | it is not the account |

* The account's own name is 0.96 (`match_score.py`). So a learned name is as sure as
  that, where nothing speaks against it; an account that is really called so comes
  before it, except for the person who said otherwise.
* **Doubt**: where one person said *same* and another *different*, or where a name is
  said of several accounts, whoever has said nothing is shown them, and nothing is
  sure: 0.70.
* The last account that a person said a name of is the one of this person's; those
  before count as if others had said so.
* What people said who are gone counts as *same*, and not as *different*: how many
  refused can't be told any more.
"""

from collections.abc import Iterable
from typing import NamedTuple

SAME, DIFFERENT, FORMER = "same", "different", "former"
OWN_WORD, KNOWN, DOUBTED = 0.97, 0.95, 0.70
SETTLED = 2  # so many people refuse for everybody


class Said(NamedTuple):
    """What was said of a name: of which account, what, and by whom."""

    account_id: int
    kind: str
    user_id: int | None


class Verdict(NamedTuple):
    """What a name says for an account: how much, and as which kind of name. None of
    the account at all if the strength is 0."""

    strength: float
    kind: str


REFUSED = Verdict(0.0, DIFFERENT)


def judge(said: Iterable[Said], user_id: int | None) -> dict[int, Verdict]:
    """Return what follows for a person from what was said of one name, by account.

    :param said: what was said, the oldest first
    :param user_id: who asks; None for nobody in particular
    """
    words: dict[int, dict[int | None, str]] = {}
    former: set[int] = set()
    own_account = None
    for account_id, kind, who in said:
        latest = words.setdefault(account_id, {})
        if kind == FORMER:
            former.add(account_id)
        elif who is not None:
            latest.pop(who, None)
            latest[who] = kind
            if who == user_id and kind == SAME:
                own_account = account_id
        elif kind == SAME:
            latest[who] = kind
    verdicts = {}
    known = []
    for account_id, latest in words.items():
        own = None if user_id is None else latest.get(user_id)
        refusals = _count(latest, DIFFERENT)
        confirmations = _count(latest, SAME)
        kind = SAME if confirmations else FORMER
        if own == DIFFERENT or (
            own is None and refusals >= SETTLED and refusals > confirmations
        ):
            verdicts[account_id] = REFUSED
        elif own == SAME and account_id == own_account:
            verdicts[account_id] = Verdict(OWN_WORD, SAME)
        elif confirmations or account_id in former:
            is_doubted = refusals and own is None
            verdicts[account_id] = Verdict(DOUBTED if is_doubted else KNOWN, kind)
            known.append(account_id)
    if len(known) > 1:
        for account_id in known:
            verdicts[account_id] = verdicts[account_id]._replace(strength=DOUBTED)
    return verdicts


def _count(latest: dict[int | None, str], kind: str) -> int:
    return sum(word == kind for word in latest.values())
