from . import test_mailing_trace
from . import test_mass_mailing_house
