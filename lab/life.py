"""./dev lab life: lead as many lives of leads as you like, each time others."""

import argparse
import os

from tooling import testing

HELP = "do anything with leads in any order, and look what must hold"


def add_arguments(parser):
    parser.add_argument(
        "lives", nargs="?", type=int, default=1000, help="how many (default: 1000)"
    )


def run(arguments) -> int:
    """Run the test of a lead's life with so many examples, not the usual ones."""
    os.environ["LEAD_LIFE"] = str(arguments.lives)
    parser = argparse.ArgumentParser()
    testing.add_arguments(parser)
    return testing.run(parser.parse_args(["--no-tours", "+lead_life"]))
