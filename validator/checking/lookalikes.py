"""Which cells a figure of the prose does equal, when it is not the one it should be: nearly always the cause."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from validator.model.form import Form
from validator.model.report import Claim

from .blanks import resolve
from .sheet import Sheet

_MOST = 2
_TELLING = 20
"""From here on a figure seldom equals another cell by chance."""


def find_equal(claim: Claim, addresses: Sequence[str], sheet: Sheet) -> tuple[str, ...]:
    """Give the cells near those addresses that hold the figure, the likeliest source first, two at most."""
    if not claim.value or sheet.form is None:
        return ()
    found: list[str] = []
    for address in dict.fromkeys(_near(addresses, sheet.form)):
        if address not in addresses and resolve(address, sheet).value == claim.value:
            found.append(address)
    if not found and claim.value >= _TELLING:
        found = [a for a in _elsewhere(claim, addresses, sheet) if a not in addresses]
    return tuple(found[:_MOST])


def _near(addresses: Sequence[str], form: Form) -> Iterator[str]:
    """Give the other columns of the same rows, and the rows of the same groups."""
    rows, tables = _addresses(form)
    for address in addresses:
        row, _, column = address.rpartition(".")
        table = tables.get(address.partition(".")[0], ())
        yield from rows.get(row, ())
        yield from (other for other in table if other.startswith(f"{row}.") and other.endswith(f".{column}"))


def _elsewhere(claim: Claim, addresses: Sequence[str], sheet: Sheet) -> list[str]:
    """Give the cells of the same tables that hold the figure, those of the same column first."""
    tables = {address.partition(".")[0] for address in addresses}
    columns = {address.rpartition(".")[2] for address in addresses}
    same = [a for a, value in sheet.numbers.items() if value == claim.value and a.partition(".")[0] in tables]
    return sorted(same, key=lambda address: address.rpartition(".")[2] not in columns)


@lru_cache(maxsize=8)
def _addresses(form: Form) -> tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]:
    """Give the addresses of a form, computed ones included, by row and by table."""
    rows: dict[str, list[str]] = {}
    tables: dict[str, list[str]] = {}
    for address in (*form.cells, *form.computed):
        rows.setdefault(address.rpartition(".")[0], []).append(address)
        tables.setdefault(address.partition(".")[0], []).append(address)
    return rows, tables
