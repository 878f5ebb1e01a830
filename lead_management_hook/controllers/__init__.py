from . import lead_hook
