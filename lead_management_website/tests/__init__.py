from . import test_website_door
