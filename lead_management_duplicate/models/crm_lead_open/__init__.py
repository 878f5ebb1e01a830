from . import finding
from . import add_to
from . import decision
from . import newcomer
from . import incoming_mail
from . import program
