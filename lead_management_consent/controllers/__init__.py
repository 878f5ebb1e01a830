from . import lead_consent
