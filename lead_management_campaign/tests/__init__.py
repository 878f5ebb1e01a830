from . import test_campaign_concurrency
from . import test_campaign_member
from . import test_bulk_campaign
from . import test_campaign_cost
from . import test_campaign_house
