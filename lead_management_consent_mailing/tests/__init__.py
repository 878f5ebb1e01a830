from . import test_consent_mailing
from . import test_consent_mailing_house
