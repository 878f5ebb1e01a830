"""What proves the promises, at any length: ./dev lab NAME."""

from . import check, cluster, life, names, pictures, replica, soak

EXPERIMENTS = {
    "check": check,
    "cluster": cluster,
    "life": life,
    "names": names,
    "pictures": pictures,
    "replica": replica,
    "soak": soak,
}
