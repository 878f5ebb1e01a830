"""What proves the promises, at any length: ./dev lab NAME."""

from . import life

EXPERIMENTS = {"life": life}
