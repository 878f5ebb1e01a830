"""Let the browser of a test have the scripts and styles that the one before has loaded
and compiled, as somebody's has who works all day.

Odoo's tests start each with an empty profile, and a fifth of a tour's work is to fill
it. Only what a server allows to be kept is kept: it is named by what is in it.
"""

import atexit
import functools
import shutil
import tempfile
from pathlib import Path

from odoo.tests.common import ChromeBrowser

FOLDERS = ("Cache", "Code Cache")
chrome_start = ChromeBrowser._chrome_start


@functools.cache
def get_folder():
    """Return a folder that is there as long as this process."""
    folder = Path(tempfile.mkdtemp(suffix="_scripts"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def start(browser, user_data_dir, *arguments, **options):
    profile = Path(user_data_dir, "Default")
    profile.mkdir()
    for name in FOLDERS:
        kept = get_folder() / name
        kept.mkdir(exist_ok=True)
        # Who removes the profile removes the link.
        (profile / name).symlink_to(kept)
    return chrome_start(browser, user_data_dir, *arguments, **options)


def keep():
    ChromeBrowser._chrome_start = start
