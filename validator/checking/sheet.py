"""A report laid on its form, and the blank policy, once: what a cell without a figure counts as.

A blank beside figures counts as 0. Nothing is compared with what is not known; not assessed is a relation with a cell
that is missing ("missing") or cannot be read ("unreadable"), with a total that is blank over filled parts
("total-blank"), whose cells are all blank ("all-blank", or "not-applicable" if all are marked so), that only a wholly
blank side would break ("parts-blank"), and between two reports one with any blank ("blank"). For prose, a total that is
blank over filled parts is their sum.
"""

from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from operator import attrgetter
from typing import NamedTuple

import msgspec

from validator.characters import fold
from validator.extraction.lines import place_sections
from validator.model.document import Paragraph
from validator.model.form import Form, join_address
from validator.model.report import CellState, Number, Report
from validator.ruleset import Ruleset
from validator.ruleset.instances import Terms
from validator.ruleset.ruleset import Layout

_EMPTY = Layout({}, {}, {}, {})
_VALUE = attrgetter("value")
_FILLED = (CellState.NUMBER, CellState.UNREADABLE)


class Section:
    """A section of the text: its heading, and what stands between that and the next one."""

    def __init__(self, heading: Paragraph, paragraphs: Sequence[Paragraph]) -> None:
        self.heading, self.paragraphs = heading, paragraphs

    @cached_property
    def text(self) -> str:
        """What stands there, folded."""
        return "".join([fold(paragraph.text) for paragraph in self.paragraphs])


class Sheet(msgspec.Struct, frozen=True, dict=True):
    """A report and its form as this report prints it; `form` is None if it follows no known form.

    `numbers` also maps "" to 1, the address of a constant. `blanks` are the cells without a figure that can
    count as 0 (blank or marked as not applicable), `blank_totals` those that cannot: totals whose parts hold a
    number. A cell in none of the three is missing or unreadable. `brief`: of a relation that holds nothing is told but
    that it does.
    """

    report: Report
    ruleset: Ruleset
    form: Form | None
    layout: Layout
    numbers: Mapping[str, Number]
    blanks: frozenset[str]
    blank_totals: frozenset[str]
    brief: bool = False

    @cached_property
    def counted(self) -> Mapping[str, Number]:
        """The numbers, and 0 for each blank that can count as such."""
        if not self.blanks:
            return self.numbers
        return {**dict.fromkeys(self.blanks - self.blank_totals, 0), **self.numbers}

    @cached_property
    def sections(self) -> dict[int, Section]:
        """The sections by number, from 1; none where headings are missing, repeated or in another order.

        A form in which nobody has filled in a figure is no report yet.
        """
        if self.form is None or len(self.numbers) == 1:
            return {}
        prose = self.report.prose
        found = place_sections(prose, self.form)
        if not found or any(len(numbers) > 1 for numbers in found):
            return {}
        starts = [(number, places[0]) for number, places in enumerate(found, 1) if places]
        if [place for _, place in starts] != sorted(place for _, place in starts):
            return {}
        ends = [place for _, place in starts[1:]] + [len(prose)]
        return {n: Section(prose[start], prose[start + 1 : end]) for (n, start), end in zip(starts, ends, strict=True)}


def open_sheet(report: Report, ruleset: Ruleset, *, brief: bool = False) -> Sheet:
    """Lay a report on the form it follows."""
    form = ruleset.form(report.form)
    cells = report.cells
    numbers = dict(zip(cells, map(_VALUE, cells.values()), strict=True))
    if None in set(numbers.values()):
        numbers = {address: value for address, value in numbers.items() if value is not None}
    numbers[""] = 1
    if form is None:
        return Sheet(report, ruleset, None, _EMPTY, numbers, frozenset(), frozenset(), brief)
    layout = ruleset.layout(form, _standing_rows(report, form))
    blanks: frozenset[str] = frozenset()
    blank_totals: frozenset[str] = frozenset()
    if len(numbers) <= len(cells):
        unread = CellState.UNREADABLE
        blanks = frozenset([a for a, c in cells.items() if c[0] is None and c[2] is not unread])
        blank_totals = frozenset(
            total for total, parts in layout.totals.items() if total in blanks and any(p in numbers for p in parts)
        )
    return Sheet(report, ruleset, form, layout, numbers, blanks, blank_totals, brief)


def _standing_rows(report: Report, form: Form) -> frozenset[str]:
    """Find the rows that the report prints instead of the rows they stand for: (六)其他处理 in one row.

    Such a row counts where its parts hold nothing, and it holds something or its parts are not printed at all.
    """
    cells = report.cells
    standing = set()
    for row, own, parts in _candidates(form):
        if any(address in cells for address in own):
            printed = [cells[part].state for part in parts if part in cells]
            filled = any(address in cells and cells[address].state in _FILLED for address in own)
            if not any(state in _FILLED for state in printed) and (filled or not printed):
                standing.add(row)
    return frozenset(standing)


@cache
def _candidates(form: Form) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """Give the rows of a form that may stand for others: address, own cells, cells of the rows it stands for."""
    return tuple(
        (
            join_address(table.prefix, row.id),
            tuple(join_address(table.prefix, row.id, column.id) for column in block.columns),
            tuple(join_address(table.prefix, part, column.id) for part in row.stands_for for column in block.columns),
        )
        for table in form.tables
        for block in table.blocks
        for row in block.rows
        if row.stands_for
    )


def find_obstacle(addresses: Sequence[str], sheet: Sheet, *, between: bool = False) -> str:
    """Say why a relation between cells cannot be assessed whatever its figures; "" if it can.

    `between`: its cells are of two reports.
    """
    cells = sheet.report.cells
    if sheet.blanks.issuperset(addresses) and addresses:
        marked = all(cells[address].state is CellState.NOT_APPLICABLE for address in addresses)
        return "not-applicable" if marked else "all-blank"
    gaps = [address for address in addresses if address not in sheet.numbers]
    if not gaps:
        return ""
    if any(address not in cells for address in gaps):
        return "missing"
    if any(address not in sheet.blanks for address in gaps):
        return "unreadable"
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
