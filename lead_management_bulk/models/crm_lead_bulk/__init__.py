"""Bulk work on leads: the job, and one file per operation."""

from . import operation
from . import job
from . import job_start
from . import batch
from . import failure
from . import update
from . import update_properties
from . import change_owner
from . import set_status
from . import convert
from . import delete
from . import kept
from . import undo
