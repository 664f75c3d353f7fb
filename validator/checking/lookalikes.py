"""Which cells a figure of the prose does equal, when it is not the one it should be: nearly always the cause."""

from collections.abc import Iterator, Sequence

from validator.model.report import Claim

from .resolution import resolve
from .sheet import Sheet

_MOST = 2
_TELLING = 20
"""From here on a figure seldom equals another cell by chance."""


def find_equal(claim: Claim, addresses: Sequence[str], sheet: Sheet) -> tuple[str, ...]:
    """Give the cells near those addresses that hold the figure, the likeliest source first, two at most."""
    if not claim.value or sheet.form is None:
        return ()
    found: list[str] = []
    for address in dict.fromkeys(_near(addresses, sheet, far=claim.value >= _TELLING)):
        if address not in addresses and resolve(address, sheet).value == claim.value:
            found.append(address)
            if len(found) == _MOST:
                break
    return tuple(found)


def _near(addresses: Sequence[str], sheet: Sheet, *, far: bool) -> Iterator[str]:
    """Give the other columns of the same rows, the rows of the same groups, and then all of the table."""
    form = sheet.form
    if form is None:
        return
    known = [*form.cells, *form.computed]
    for address in addresses:
        row, _, column = address.rpartition(".")
        yield from (other for other in known if other.rpartition(".")[0] == row)
        yield from (other for other in known if other.startswith(f"{row}.") and other.endswith(f".{column}"))
    if far:
        for address in addresses:
            table = address.partition(".")[0]
            yield from (a for a in known if a.startswith(f"{table}.") and a.endswith(address.rpartition(".")[2]))
            yield from (a for a in known if a.startswith(f"{table}."))
