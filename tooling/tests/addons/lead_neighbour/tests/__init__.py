from . import test_neighbour_sees, test_neighbour_undo
