from . import test_draft
from . import test_replay
from . import test_simulation
from . import test_simulation_kept
from . import test_simulator_house
from . import test_tour_simulator
