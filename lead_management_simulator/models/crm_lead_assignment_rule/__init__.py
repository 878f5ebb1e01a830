"""Drafts and versions of assignment rules."""

from . import draft
from . import version
