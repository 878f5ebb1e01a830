from . import import_template
from . import imported
from . import import_added
from . import import_touch
from . import setup_steps
