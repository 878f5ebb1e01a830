from hypothesis import settings

# The same ones each time, however slow the machine is
SAME = settings(deadline=None, database=None, derandomize=True)
