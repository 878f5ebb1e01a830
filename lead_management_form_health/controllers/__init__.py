from . import lead_visit
