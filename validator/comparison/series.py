"""The reports of one body year by year, as the rules see them that hold a report against that of the year before."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from validator.checking.sheet import Sheet

from .sketches import Sketch


class Series(NamedTuple):
    """The reports of a body by year, the sketches of their prose by source, and the hashes that are nobody's own."""

    by_year: Mapping[int, Sequence[Sheet]]
    sketches: Mapping[str, Sketch]
    common: Collection[int]


class Years(NamedTuple):
    """A report and those of the year before: all versions of one, at least one.

    `both` are the report and one of `last` on one sheet, whose addresses begin with "last." there. `obstacle` says why
    they cannot be held together, "" if they can: "no-report" (the years of `missing` have no report, `last` are of the
    year before them), "unlike" (the files of one of the years can hardly be one report).
    """

    own: Sheet
    last: Sequence[Sheet]
    both: Sequence[Sheet]
    series: Series
    obstacle: str = ""
    missing: Sequence[int] = ()
