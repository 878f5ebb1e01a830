from . import response
from . import response_clock
from . import response_decision
from . import response_steps
from . import response_answer
from . import new_owner
from . import home
