"""What proves the promises, at any length: ./dev lab NAME."""

from . import (
    audit,
    check,
    cluster,
    coverage,
    day,
    first_hour,
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
    "day": day,
    "first_hour": first_hour,
    "life": life,
    "mutate": mutate,
    "names": names,
    "pictures": pictures,
    "replica": replica,
    "soak": soak,
}
