"""What did not fit when a table was read, told once for each kind and not once for each row."""

from collections.abc import Iterator, Mapping

import msgspec

from validator.model.form import FormTable
from validator.model.location import Location
from validator.model.report import CellState, Problem, ReportCell, Subtotal
from validator.numerals import parse_numeral

from .align import Alignment
from .columns import Order
from .figures import Placed
from .labels import tails
from .lexicon import TableRow
from .printed import PrintedRow

_CELL_PROBLEMS = {
    "joined": "digits-apart",
    "annotated": "cell-annotated",
    "approximate": "cell-approximate",
    "not-a-number": "cell-unreadable",
}
_NAMED = 4
"""How many rows a message names before it says how many there are."""


class _Rows(msgspec.Struct):
    """Rows of one table with the same problem."""

    place: Location
    printed: str
    rows: list[TableRow] = msgspec.field(default_factory=list)
    cells: list[str] = msgspec.field(default_factory=list)


class RowNotes(msgspec.Struct):
    """Gathers what is to be told of the cells of a table."""

    table: FormTable
    kinds: dict[str, _Rows] = msgspec.field(default_factory=dict)
    single: list[Problem] = msgspec.field(default_factory=list)

    def note(self, row: TableRow, placed: Placed, printed: PrintedRow) -> None:
        """Take one row whose cells are more, or less, than printed numbers."""
        cells = list(zip(placed.addresses, placed.cells, strict=True))
        for kind, mark in (("cells-chosen", "chosen"), ("cells-ambiguous", "ambiguous")):
            if marked := [address for address, cell in cells if cell.note == mark]:
                as_printed = " ".join(slot.text or "□" for slot in printed.slots)
                self.add(kind, row, marked, as_printed, first_place(printed))
        for address, cell in cells:
            if kind := _CELL_PROBLEMS.get(cell.note, ""):
                self.single.append(Problem(kind, cell.location, (address,), {"cell": address, "raw": cell.raw}))

    def add(self, kind: str, row: TableRow, cells: list[str], printed: str, place: Location) -> None:
        """Count a row under a kind of problem."""
        rows = self.kinds.setdefault(kind, _Rows(place, printed))
        rows.rows.append(row)
        rows.cells.extend(cells)

    def problems(self) -> Iterator[Problem]:
        """Give one problem for each kind that concerns rows, and one for each cell that has its own."""
        for kind, rows in self.kinds.items():
            values: dict[str, str | int] = {
                "table": self.table.id,
                "row": rows.rows[0].row.id,
                "printed": rows.printed,
                "rows": name_rows(rows.rows),
                "count": len(rows.rows),
            }
            yield Problem(kind, rows.place, tuple(rows.cells), values)
        yield from self.single


def find_subtotal(row: TableRow, order: Order, printed: PrintedRow) -> Subtotal | None:
    """Give the sum of a group of columns that a row prints right of them in a column which the form lacks (小计)."""
    places = [place for place, index in enumerate(order.columns) if index is None]
    if len(places) != len(order.strangers) or len(printed.slots) != len(order.columns):
        return None
    for place, label in zip(places, order.strangers, strict=True):
        beside = order.columns[place - 1] if place and "小计" in label else None
        groups = () if beside is None else row.columns[beside].groups
        figure = parse_numeral(printed.slots[place].text)
        if groups and figure.value is not None and not figure.note:
            inside = [a for a, column in zip(row.addresses, row.columns, strict=True) if column.groups == groups]
            return Subtotal(label, tuple(inside), figure.value, printed.slots[place].location)
    return None


def first_place(printed: PrintedRow) -> Location:
    """Give the place where a printed row begins."""
    return (printed.labels or printed.slots)[0].location


def name_rows(rows: list[TableRow]) -> str:
    """Name rows in the words of the form, as many as a message bears."""
    return "、".join(row.row.label.zh or "各项" for row in rows[:_NAMED]) + ("……" if len(rows) > _NAMED else "")


def tell_rows(
    table: FormTable,
    rows: tuple[TableRow, ...],
    alignment: Alignment,
    cells: Mapping[str, ReportCell],
    *,
    cut: bool,
) -> Iterator[Problem]:
    """Tell of rows that are missing, merged, added, repeated or out of order, and of damaged labels."""
    alone = {child for i in alignment.placed for child in rows[i].row.stands_for}
    for index, printed in alignment.placed.items():
        if rows[index].row.stands_for:
            yield _standing_alone(table, rows[index], rows, printed, cells)
    missing = [
        index
        for index, row in enumerate(rows)
        if index not in alignment.placed
        and index not in alignment.unsure
        and not row.row.stands_for
        and not row.row.words
        and row.row.id not in alone
    ]
    if missing and alignment.placed:
        yield _missing(table, rows, missing, alignment, cut=cut)
    for kind, printed_rows in (
        ("extra-row", alignment.extra),
        ("row-repeated", [printed for _, printed in alignment.repeated]),
        ("row-order", _disordered(alignment)),
    ):
        if printed_rows:
            names = [printed.text for printed in printed_rows]
            label = "、".join(names[:_NAMED]) + ("……" if len(names) > _NAMED else "")
            values: dict[str, str | int] = {"table": table.id, "label": label, "count": len(names)}
            yield Problem(kind, first_place(printed_rows[0]), (), values)
    damaged = RowNotes(table)
    for index in sorted(alignment.damaged):
        printed = alignment.placed[index]
        if printed.labels and not rows[index].row.words and _is_damaged(printed, rows[index]):
            damaged.add("label-damaged", rows[index], list(rows[index].addresses), printed.text, first_place(printed))
    yield from damaged.problems()


def _standing_alone(
    table: FormTable,
    row: TableRow,
    rows: tuple[TableRow, ...],
    printed: PrintedRow,
    cells: Mapping[str, ReportCell],
) -> Problem:
    """Tell of a row that stands for several: merged if those hold nothing, else a subtotal that the form lacks."""
    replaced = [a for other in rows if other.row.id in row.row.stands_for for a in other.addresses]
    if any(cells[a].state is CellState.NUMBER for a in replaced if a in cells):
        values: dict[str, str | int] = {"table": table.id, "label": printed.text, "count": 1}
        return Problem("extra-row", first_place(printed), (), values)
    return Problem("row-merged", first_place(printed), row.addresses, {"table": table.id, "row": row.row.id})


def _disordered(alignment: Alignment) -> list[PrintedRow]:
    """Give the rows out of order beside others in order; where a table is torn apart, order means nothing."""
    ordered = {p.piece for i, p in alignment.placed.items() if i not in alignment.disordered}
    return [alignment.placed[i] for i in alignment.disordered if alignment.placed[i].piece in ordered]


def _is_damaged(printed: PrintedRow, row: TableRow) -> bool:
    """Whether words of the label are lost or wrong; one that is shortened, wrapped or has words added is not."""
    return not any(
        official.core in label.core or (len(label.core) >= 4 and label.core in official.core)
        for cell in printed.labels
        for label in tails(cell.text)
        for official in row.labels
    )


def _missing(
    table: FormTable, rows: tuple[TableRow, ...], missing: list[int], alignment: Alignment, *, cut: bool
) -> Problem:
    last = max(alignment.placed)
    cells = tuple(address for index in missing for address in rows[index].addresses)
    place = first_place(alignment.placed[last])
    if missing[0] > last and cut:
        return Problem("table-cut", place, cells, {"table": table.id, "row": rows[last].row.id})
    lost = [rows[index] for index in missing]
    return Problem("missing-row", place, cells, {"table": table.id, "rows": name_rows(lost), "count": len(lost)})
