"""The options of `./dev bench`. No Odoo is needed to read them."""

ACCOUNTS = 500_000
POSTS = 200
LEADS = 100_000


def add_arguments(parser):
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="benchmarks to run (default: all)"
    )
    parser.add_argument(
        "--list", action="store_true", help="say what there is, and end"
    )
    parser.add_argument(
        "--leads", type=int, default=LEADS, help=f"to seed (default: {LEADS:,})"
    )
    parser.add_argument(
        "--accounts",
        type=int,
        default=ACCOUNTS,
        help=f"to seed (default: {ACCOUNTS:,})",
    )
    parser.add_argument(
        "--posts",
        type=int,
        default=POSTS,
        help=f"of a web form in each of its rounds (default: {POSTS:,})",
    )
    parser.add_argument(
        "--small",
        action="store_true",
        help="compare queries and ratios with those committed, on few records",
    )
    parser.add_argument(
        "--commit",
        action="store_true",
        help="with --small: write them down instead",
    )
    parser.add_argument(
        "--keep",
        action="store_true",
        help="keep the databases; the seeded one is used again by the next run",
    )
    parser.add_argument(
        "--no-check",
        action="store_true",
        help="exit with 0 even when a target is missed",
    )
    parser.add_argument(
        "--markdown",
        metavar="FILE",
        help="write the table there, between its markers if the file has them",
    )
    parser.add_argument("--json", metavar="FILE", help="write all that was measured")
