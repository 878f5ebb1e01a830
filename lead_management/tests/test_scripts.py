from .hoot import HootCase


class TestScripts(HootCase):
    """The fields, widgets and services of leads."""
