from . import test_public_connection
from . import test_public_fetch
from . import test_feed_reader
from . import test_lead_news
from . import test_news_house
from . import test_x_api
