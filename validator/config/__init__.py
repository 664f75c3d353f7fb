"""What a user sets in gouji.toml: which files and rules, what is left out and why, what is known of the bodies."""

from .baseline import Baseline, Entry, Seen, load_baseline, make_entries, write_baseline
from .exempting import Exempting, Parted, Use
from .loading import load_config
from .names import check_names
from .schema import Config

__all__ = [
    "Baseline",
    "Config",
    "Entry",
    "Exempting",
    "Parted",
    "Seen",
    "Use",
    "check_names",
    "load_baseline",
    "load_config",
    "make_entries",
    "write_baseline",
]
