"""The blank policy, once: what a cell without a figure counts as, and when nothing may be said because of it.

A blank beside figures counts as 0. Nothing is compared with what is not known; not assessed is a relation with a cell
that is missing ("missing") or cannot be read ("unreadable"), with a total that is blank over filled parts
("total-blank"), whose cells are all blank ("all-blank", or "not-applicable" if all are marked so), that only a wholly
blank side would break ("parts-blank"), and between two reports one with any blank ("blank"). For prose, a total that is
blank over filled parts is their sum. Which cells are blank, a Sheet says.
"""

from collections.abc import Sequence
from typing import NamedTuple

from validator.model.report import CellState, Number
from validator.ruleset.instances import Terms

from .sheet import Sheet


def find_obstacle(addresses: Sequence[str], sheet: Sheet, *, between: bool = False) -> str:
    """Say why a relation between cells cannot be assessed whatever its figures; "" if it can.

    `between`: its cells are of two reports.
    """
    gaps = [address for address in addresses if address not in sheet.numbers]
    if not gaps:
        return ""
    cells = sheet.report.cells
    if any(address not in cells for address in gaps):
        return "missing"
    if any(address not in sheet.blanks for address in gaps):
        return "unreadable"
    if len(gaps) == len(addresses):
        marked = all(cells[address].state is CellState.NOT_APPLICABLE for address in gaps)
        return "not-applicable" if marked else "all-blank"
    if not sheet.blank_totals.isdisjoint(gaps):
        return "total-blank"
    return "blank" if between else ""


def add_up(terms: Terms, sheet: Sheet) -> Number:
    """Add up cells, blanks as 0."""
    numbers = sheet.numbers
    return sum([factor * numbers.get(address, 0) for factor, address in terms])


def is_blank(terms: Terms, sheet: Sheet) -> bool:
    """Say whether a side names cells and all of them are blank."""
    cells = [address for _, address in terms if address]
    return bool(cells) and all(address in sheet.blanks for address in cells)


class Resolved(NamedTuple):
    """A figure of the tables, or None with the reason: "blank", "missing" or "unreadable"."""

    value: Number | None
    reason: str = ""

    @property
    def counted(self) -> Number | None:
        """The figure, a blank as 0; None if it is not known."""
        return 0 if self.reason == "blank" else self.value


_BLANK = Resolved(None, "blank")


def resolve(address: str, sheet: Sheet) -> Resolved:
    """Give what an address holds; a total that is blank over parts with figures is their sum."""
    value = sheet.numbers.get(address)
    if value is not None:
        return Resolved(value)
    if address in sheet.blank_totals:
        return _resolve_blank_total(address, sheet)
    if address in sheet.blanks:
        return _BLANK
    if address in sheet.report.cells:
        return Resolved(None, "unreadable")
    computed = sheet.form.computed.get(address) if sheet.form is not None else None
    return Resolved(None, "missing") if computed is None else _add_up_parts(_printed(computed.parts, sheet), sheet)


def resolve_sum(terms: Terms, sheet: Sheet) -> Resolved:
    """Give a sum of addresses; blanks count as 0 where one of them holds a figure."""
    if len(terms) == 1 and terms[0][0] == 1:
        return resolve(terms[0][1], sheet)
    total: Number = 0
    filled = False
    for factor, address in terms:
        found = resolve(address, sheet)
        if found.value is not None:
            total, filled = total + factor * found.value, True
        elif found.reason != "blank":
            return found
    return Resolved(total) if filled else _BLANK


def cells_behind(address: str, sheet: Sheet) -> tuple[str, ...]:
    """Give the printed cells that an address adds up: itself, or the parts of a computed one."""
    computed = sheet.form.computed.get(address) if sheet.form is not None else None
    return (address,) if computed is None or address in sheet.report.cells else _printed(computed.parts, sheet)


def _printed(parts: Sequence[str], sheet: Sheet) -> tuple[str, ...]:
    """Put a row that the report prints in place of the rows it stands for."""
    cells = sheet.report.cells
    found: dict[str, None] = {}
    for part in parts:
        above, _, column = part.rpartition(".")
        standing = f"{above.rpartition('.')[0]}.{column}"
        found[standing if part not in cells and standing in cells else part] = None
    return tuple(found)


def _add_up_parts(parts: Sequence[str], sheet: Sheet) -> Resolved:
    return resolve_sum(tuple((1, part) for part in parts), sheet)


def _resolve_blank_total(address: str, sheet: Sheet) -> Resolved:
    cell = sheet.form.cells.get(address) if sheet.form is not None else None
    if cell is not None and cell.column.total:
        row, start = address.removesuffix(cell.column.id), cell.column.id.rpartition(".")[0]
        columns = (c for c in cell.block.columns if not c.total and c.id.rpartition(".")[0] == start)
        return _add_up_parts([f"{row}{column.id}" for column in columns], sheet)
    for instances in sheet.layout.instances.values():
        for instance in instances:
            if instance.total == address and any(part in sheet.numbers for part in instance.parts):
                return _add_up_parts(instance.parts, sheet)
    return _BLANK
