from . import test_why
from . import test_why_house
from . import test_why_tour
