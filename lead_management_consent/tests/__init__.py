from . import test_consent_rule
from . import test_consent_ledger
from . import test_consent_property
from . import test_consent_asking
from . import test_consent_links
from . import test_consent_persons
from . import test_consent_rights
from . import test_consent_house
