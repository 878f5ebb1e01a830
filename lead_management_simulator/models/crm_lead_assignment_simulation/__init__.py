"""What a draft of an assignment rule would have done with the leads of late."""

from . import simulation
from . import simulation_start
from . import simulation_run
from . import simulation_replay
from . import simulation_result
from . import simulation_part
from . import simulation_line
from . import simulation_move
