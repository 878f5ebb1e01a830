"""Print where Odoo finds addons that are installed as packages, a line each."""

import sys

from odoo.modules.module import Manifest, initialize_sys_path
from odoo.tools import config

config.parse_config([])
initialize_sys_path()
for name in sys.argv[1:]:
    manifest = Manifest.for_addon(name)
    print(manifest.path if manifest else "")
