from . import test_column_title
from . import test_import
from . import test_import_columns
from . import test_lead_import
from . import test_import_duplicates
from . import test_tour_import
from . import test_import_house
from . import test_import_scripts
