from . import lead_form_page
from . import lead_capture
