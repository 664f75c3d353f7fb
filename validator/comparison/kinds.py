"""The kinds of rules that need several reports; those that one report shows to hold or not are checking.KINDS."""

from collections.abc import Sequence

from validator.ruleset.kinds import Kind

from . import copying, growth, identical, leftovers, slips, units, unplaced, versions, years

KINDS: Sequence[Kind] = (
    *years.KINDS,
    *units.KINDS,
    *growth.KINDS,
    *slips.KINDS,
    *identical.KINDS,
    *unplaced.KINDS,
    *versions.KINDS,
    *copying.KINDS,
    *leftovers.KINDS,
)
