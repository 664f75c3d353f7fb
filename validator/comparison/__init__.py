"""Several reports -> outcomes that no single one shows: the same body's other years and versions, units, copies.

All functions are pure. Each outcome belongs to the report it is given with, and `checking.to_findings` tells it.
"""

from collections.abc import Sequence

from validator.ruleset.kinds import Kind

from . import bodies, copying, growth, levels, linked, units, years
from .bodies import Identity, Origin, identify, identify_names, tell_unplaced
from .copying import Copy, compare_sketches, find_common, find_copies, tell_copied_sibling
from .linked import compare_versions, find_waiver, waive
from .sketches import Sketch, sketch, sketch_twice
from .units import compare_unit, find_units, names_of
from .years import compare_years

KINDS: Sequence[Kind] = (
    *years.KINDS,
    *units.KINDS,
    *growth.KINDS,
    *levels.KINDS,
    *bodies.KINDS,
    *linked.KINDS,
    *copying.KINDS,
)
"""The kinds of rules that need several reports; those that one report shows to hold or not are checking.KINDS."""

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
    "sketch_twice",
    "tell_copied_sibling",
    "tell_unplaced",
    "waive",
]
