from . import test_alias_house
from . import test_alias_learning
from . import test_alias_hand
from . import test_alias_rename
from . import test_alias_verdict
from . import test_tour_alias
