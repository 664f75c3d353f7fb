"""Forms and rules: files of data -> the types that checking applies."""

from .loading import load_ruleset
from .ruleset import Ruleset

__all__ = ["Ruleset", "load_ruleset"]
