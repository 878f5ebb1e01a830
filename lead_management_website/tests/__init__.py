from . import test_website_door
from . import test_website_engagement
from . import test_website_house
