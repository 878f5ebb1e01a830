from . import alias
from . import former
from . import judgment
from . import lesson
