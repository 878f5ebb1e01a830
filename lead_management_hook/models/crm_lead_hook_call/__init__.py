"""What came to a webhook: taken as it is, or fetched where it only tells of a lead."""

from . import call
from . import fetch
