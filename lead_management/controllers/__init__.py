from . import lead_form_page
