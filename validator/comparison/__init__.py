"""Several reports -> outcomes that no single one shows: the same body's other years and versions, units, copies.

All functions are pure. Each outcome belongs to the report it is given with, and `checking.to_findings` tells it.
"""

from .bodies import Identity, Origin, identify, identify_names
from .copying import Copy, compare_sketches, find_common, find_copies, tell_copied_sibling
from .kinds import KINDS
from .sketches import Sketch, sketch
from .units import compare_unit, find_units, names_of
from .unplaced import tell_unplaced
from .versions import compare_versions
from .waivers import find_waiver, waive
from .years import compare_years

__all__ = [
    "KINDS",
    "Copy",
    "Identity",
    "Origin",
    "Sketch",
    "compare_sketches",
    "compare_unit",
    "compare_versions",
    "compare_years",
    "find_common",
    "find_copies",
    "find_units",
    "find_waiver",
    "identify",
    "identify_names",
    "names_of",
    "sketch",
    "tell_copied_sibling",
    "tell_unplaced",
    "waive",
]
