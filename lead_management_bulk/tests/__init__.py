from . import test_bulk_job
from . import test_bulk_tracking
from . import test_bulk_operations
from . import test_bulk_workers
from . import test_bulk_tours
from . import test_bulk_convert
from . import test_won_lead
from . import test_bulk_house
