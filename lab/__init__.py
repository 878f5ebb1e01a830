"""What proves the promises, at any length: ./dev lab NAME."""

from . import cluster, life, names, pictures, replica, soak

EXPERIMENTS = {
    "cluster": cluster,
    "life": life,
    "names": names,
    "pictures": pictures,
    "replica": replica,
    "soak": soak,
}
