"""Put accounts that may be the same into groups. Pure Python.

SPECIFICATION

A cluster is what one piece of evidence finds: the accounts of one name, web domain, tax
ID or phone. Accounts of one cluster are the same perhaps, and so are those connected by
a chain of clusters. What connects them:

* not two accounts that somebody said are no duplicates of each other;
* not two accounts of different companies of the database: that both have a record of a
  customer is right. A record of all companies connects with any;
* nothing that would make a group larger than `MAX_GROUP`: what comes first wins.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import combinations

MAX_GROUP = 20


def find_groups(
    clusters: Iterable[tuple[str, Iterable[int]]],
    companies: Mapping[int, int] | None = None,
    apart: Collection[tuple[int, int]] = frozenset(),
) -> dict[tuple[int, ...], frozenset[str]]:
    """Return the groups of accounts that clusters make.

    :param clusters: pairs `(kind, ids)`, the best evidence first
    :param companies: the company of accounts that are of one only, by id
    :param apart: pairs `(id, id)`, the lower id first, that are no duplicates
    :return: the kinds of evidence of each group, by the sorted ids of its accounts
    """
    companies = companies or {}
    parents: dict[int, int] = {}
    members: dict[int, set[int]] = {}

    def root_of(account: int) -> int:
        while (parent := parents.setdefault(account, account)) != account:
            parents[account] = account = parents[parent]
        return account

    connections = []
    for kind, ids in clusters:
        for one, other in combinations(sorted(ids), 2):
            ours, theirs = companies.get(one), companies.get(other)
            if (ours and theirs and ours != theirs) or (one, other) in apart:
                continue
            first, second = root_of(one), root_of(other)
            if first != second:
                joined = members.get(first, {first}) | members.get(second, {second})
                if len(joined) > MAX_GROUP:
                    continue
                parents[second] = first
                members.pop(second, None)
                members[first] = joined
            connections.append((one, kind))
    kinds: dict[int, set[str]] = {}
    for account, kind in connections:
        kinds.setdefault(root_of(account), set()).add(kind)
    return {tuple(sorted(ids)): frozenset(kinds[root]) for root, ids in members.items()}
