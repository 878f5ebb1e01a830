"""Print where Odoo finds an addon that is installed as a package: its name is given."""

import sys

from odoo.modules.module import Manifest, initialize_sys_path
from odoo.tools import config

config.parse_config([])
initialize_sys_path()
manifest = Manifest.for_addon(sys.argv[1])
print(manifest.path if manifest else "")
