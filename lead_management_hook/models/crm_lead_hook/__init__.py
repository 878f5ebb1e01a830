"""The webhook, one concern a file; a platform is a file of its own."""

from . import hook
from . import platform
from . import reading
from . import google
from . import linkedin
from . import meta
