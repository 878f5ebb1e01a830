"""A step of a plan on a lead, one concern a file."""

from . import step
from . import mail
from . import unsubscribe
