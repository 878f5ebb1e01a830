from . import test_consent_plan
