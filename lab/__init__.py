"""What proves the promises, at any length: ./dev lab NAME."""

from . import (
    audit,
    check,
    cluster,
    coverage,
    life,
    mutate,
    names,
    pictures,
    replica,
    soak,
)

EXPERIMENTS = {
    "audit": audit,
    "check": check,
    "cluster": cluster,
    "coverage": coverage,
    "life": life,
    "mutate": mutate,
    "names": names,
    "pictures": pictures,
    "replica": replica,
    "soak": soak,
}
