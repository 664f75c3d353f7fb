"""What a user sets in gouji.toml: which files and rules, what is left out and why, what is known of the bodies."""

from .baseline import Baseline, Entry, Seen, load_baseline, make_entries, write_baseline
from .entries import check_names
from .exempting import Exempting, Parted, Use
from .loading import load_config
from .schema import Config, Exemption, Renaming, Steps, Unit, Waiver, line_of

__all__ = [
    "Baseline",
    "Config",
    "Entry",
    "Exempting",
    "Exemption",
    "Parted",
    "Renaming",
    "Seen",
    "Steps",
    "Unit",
    "Use",
    "Waiver",
    "check_names",
    "line_of",
    "load_baseline",
    "load_config",
    "make_entries",
    "write_baseline",
]
