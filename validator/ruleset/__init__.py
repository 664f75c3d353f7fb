"""Forms and rules: files of data -> the types that checking applies."""

from .loading import read_ruleset
from .ruleset import Ruleset

__all__ = ["Ruleset", "read_ruleset"]
