"""The one way in which the tooling fails."""


class Problem(Exception):
    """Something the user has to know: what went wrong, and what to do next.

    The command line prints both and exits with `code`, never with a traceback.
    """

    def __init__(self, what: str, way_on: str = "", code: int = 1):
        super().__init__(what)
        self.what = what
        self.way_on = way_on
        self.code = code
