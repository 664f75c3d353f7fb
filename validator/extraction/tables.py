"""One table of the form: its printed rows placed, its cells read, and what did not fit told as problems."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from validator.model.document import Framing
from validator.model.form import FormColumn, FormRow, FormTable, join_address
from validator.model.location import Location
from validator.model.report import CellState, Problem, ReportCell

from .align import Alignment, align
from .columns import find_window, read_order
from .figures import Placed, place_figures
from .labels import tails
from .lexicon import Lexicon, TableRow
from .printed import PrintedRow

_CELL_PROBLEMS = {
    "joined": "digits-apart",
    "annotated": "cell-annotated",
    "approximate": "cell-approximate",
    "not-a-number": "cell-unreadable",
}


@dataclass(slots=True)
class ReadTable:
    """The cells of one table by address, and the problems met on the way."""

    cells: dict[str, ReportCell] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_table(
    table: FormTable, printed: list[PrintedRow], lexicon: Lexicon, *, deduplicated: bool, ended: bool
) -> ReadTable:
    """Read one table of the form from the rows printed for it.

    `deduplicated`: lines that repeat were dropped from the text. `ended`: the document ends with these rows.
    """
    if table.by_position:
        return _read_by_position(table, printed, deduplicated=deduplicated)
    alignment = align(printed, table.id, lexicon)
    rows = lexicon.rows[table.id]
    read = ReadTable()
    _fit_windows(rows, alignment)
    for index, row in enumerate(rows):
        if index in alignment.placed:
            _read_row(table, row, alignment.placed[index], read, deduplicated=deduplicated)
    after_figures = [row for row in printed if any(slot.text for slot in row.slots)]
    cut = ended and bool(after_figures) and any(row is after_figures[-1] for row in alignment.placed.values())
    _report_rows(table, rows, alignment, read, cut=cut)
    return read


def _fit_windows(rows: tuple[TableRow, ...], alignment: Alignment) -> None:
    """Cut rows that print a cell for every column of the grid to the columns that hold figures."""
    windows: dict[tuple[int, int], range | None] = {}
    for index, printed in alignment.placed.items():
        columns = rows[index].block.columns
        if printed.table is None or len(columns) < 2:
            continue
        if len(printed.slots) <= len(columns):
            if printed.last and len(columns) > 3 and _is_short(printed, alignment):
                printed.torn = True
            continue
        key = (id(printed.table), len(columns))
        if key not in windows:
            windows[key] = find_window(printed.table, columns, list(alignment.placed.values()))
        window = windows[key]
        if window is not None:
            inside = [slot for slot in printed.slots if slot.column in window]
            if len(inside) == len(columns) and not any(s.text for s in printed.slots if s.column not in window):
                printed.slots = inside


def _is_short(printed: PrintedRow, alignment: Alignment) -> bool:
    """Whether a row has fewer cells than most rows of its table, which all have the same number."""
    if printed.table is None or printed.table.framing is not Framing.ROWS:
        return False
    rows = printed.table.rows
    widths = [len(rows[p.row_index].cells) for p in alignment.placed.values() if p.table is printed.table]
    usual = max(set(widths), key=widths.count)
    return widths.count(usual) * 5 >= len(widths) * 3 and len(rows[printed.row_index].cells) < usual


def _addresses(table: FormTable, row: TableRow) -> list[str]:
    return [join_address(table.prefix, row.row.id, column.id) for column in row.block.columns]


def _read_row(table: FormTable, row: TableRow, printed: PrintedRow, read: ReadTable, *, deduplicated: bool) -> None:
    columns: tuple[FormColumn, ...] = row.block.columns
    addresses = _addresses(table, row)
    order = read_order(printed, columns)
    if order is None:
        money = row.row.money
        shown = tuple(replace(column, money=True) for column in columns) if money else columns
        placed = place_figures(printed, shown, deduplicated=deduplicated)
    else:
        slots = {index: slot for slot, index in zip(printed.slots, order[0], strict=False) if index is not None}
        columns = tuple(column for index, column in enumerate(columns) if index in slots)
        addresses = [address for index, address in enumerate(addresses) if index in slots]
        ordered = replace(printed, slots=[slots[index] for index in sorted(slots)], torn=False)
        placed = place_figures(ordered, columns, deduplicated=deduplicated)
        _report_columns(table, row, order, slots.keys(), printed, read)
    read.cells.update(zip(addresses, placed.cells, strict=True))
    read.problems.extend(_cell_problems(table, row.row, addresses, placed, printed))


def _report_columns(
    table: FormTable,
    row: TableRow,
    order: tuple[tuple[int | None, ...], tuple[str, ...]],
    present: "set[int] | object",
    printed: PrintedRow,
    read: ReadTable,
) -> None:
    """Tell of a column too many or too few, once a table."""
    place = printed.slots[0].location if printed.slots else printed.labels[0].location
    told = {(p.kind, p.values.get("label", p.values.get("column"))) for p in read.problems}
    for label in order[1]:
        if ("column-extra", label) not in told:
            read.problems.append(Problem("column-extra", place, (), {"table": table.id, "label": label}))
    known = {index for index in order[0] if index is not None}
    for index, column in enumerate(row.block.columns):
        if index not in known and ("column-missing", column.id) not in told:
            read.problems.append(Problem("column-missing", place, (), {"table": table.id, "column": column.id}))


def _cell_problems(
    table: FormTable, row: FormRow, addresses: list[str], placed: Placed, printed: PrintedRow
) -> Iterator[Problem]:
    cells = list(zip(addresses, placed.cells, strict=True))
    as_printed = " ".join(slot.text or "□" for slot in printed.slots)
    unclear = tuple(address for address, cell in cells if cell.note == "ambiguous")
    values = {"table": table.id, "row": row.id, "printed": as_printed}
    if placed.chosen:
        chosen = tuple(address for address, cell in cells if cell.note == "chosen")
        yield Problem("cells-chosen", _first_place(printed), chosen, values)
    if unclear:
        yield Problem("cells-ambiguous", _first_place(printed), unclear, values)
    for address, cell in cells:
        if (kind := _CELL_PROBLEMS.get(cell.note)) and (
            cell.state is CellState.UNREADABLE or kind in ("digits-apart", "cell-annotated")
        ):
            yield Problem(kind, cell.location, (address,), {"cell": address, "raw": cell.raw})


def _first_place(printed: PrintedRow) -> Location:
    return (printed.labels or printed.slots)[0].location


def _report_rows(
    table: FormTable, rows: tuple[TableRow, ...], alignment: Alignment, read: ReadTable, *, cut: bool
) -> None:
    alone = {
        child for i, row in enumerate(rows) if i in alignment.placed and row.row.stands_for for child in row.row.stands_for
    }
    merged = [row.row for i, row in enumerate(rows) if i in alignment.placed and row.row.stands_for]
    for index in sorted(alignment.unsure):
        for address in _addresses(table, rows[index]):
            place = _any_place(alignment)
            read.cells.setdefault(address, ReportCell(None, "", CellState.UNREADABLE, place, "ambiguous"))
        values = {"table": table.id, "row": rows[index].row.id, "printed": ""}
        read.problems.append(
            Problem("cells-ambiguous", _any_place(alignment), tuple(_addresses(table, rows[index])), values)
        )
    missing = [
        (index, row)
        for index, row in enumerate(rows)
        if index not in alignment.placed
        and index not in alignment.unsure
        and not row.row.stands_for
        and row.row.id not in alone
    ]
    for row in merged:
        if all(f"{table.prefix}.{child}.{c.id}" not in read.cells for child in row.stands_for for c in table.blocks[0].columns):
            place = alignment.placed[next(i for i, r in enumerate(rows) if r.row is row)]
            read.problems.append(
                Problem("row-merged", _first_place(place), (), {"table": table.id, "row": row.id})
            )
    if missing and alignment.placed:
        read.problems.append(_missing_problem(table, rows, missing, alignment, cut=cut))
    for printed in alignment.extra:
        read.problems.append(
            Problem("row-extra", _first_place(printed), (), {"table": table.id, "label": printed.text})
        )
    for _, printed in alignment.repeated:
        read.problems.append(
            Problem("row-repeated", _first_place(printed), (), {"table": table.id, "label": printed.text})
        )
    ordered = {p.piece for i, p in alignment.placed.items() if i not in alignment.disordered}
    for index in alignment.disordered:
        printed = alignment.placed[index]
        if printed.piece not in ordered:
            continue
        read.problems.append(
            Problem("row-order", _first_place(printed), (), {"table": table.id, "label": printed.text})
        )
    for index in sorted(alignment.damaged):
        printed = alignment.placed[index]
        if printed.labels and _is_damaged(printed, rows[index]):
            values = {"table": table.id, "row": rows[index].row.id, "printed": printed.text}
            cells = tuple(_addresses(table, rows[index]))
            read.problems.append(Problem("label-damaged", _first_place(printed), cells, values))


def _is_damaged(printed: PrintedRow, row: TableRow) -> bool:
    """Whether words of the label are lost or wrong; one that is shortened, wrapped or has words added is not."""
    return not any(
        official.core in label.core or (len(label.core) >= 4 and label.core in official.core)
        for cell in printed.labels
        for label in tails(cell.text)
        for official in row.labels
    )


def _missing_problem(
    table: FormTable, rows: tuple[TableRow, ...], missing: list[tuple[int, TableRow]], alignment: Alignment, *, cut: bool
) -> Problem:
    first, last = missing[0][0], max(alignment.placed)
    cells = tuple(address for _, row in missing for address in _addresses(table, row))
    place = _first_place(alignment.placed[last])
    if first > last and cut:
        return Problem("table-cut", place, cells, {"table": table.id, "row": rows[last].row.id})
    names = "、".join(row.row.label.zh for _, row in missing[:6]) + ("…" if len(missing) > 6 else "")
    return Problem("row-missing", place, cells, {"table": table.id, "rows": names, "count": len(missing)})


def _any_place(alignment: Alignment) -> Location:
    return _first_place(next(iter(alignment.placed.values())))


def _read_by_position(table: FormTable, printed: list[PrintedRow], *, deduplicated: bool) -> ReadTable:
    """Read a table whose figures are told by their order alone, in one row."""
    read = ReadTable()
    row = TableRow(table.blocks[0].rows[0], table.blocks[0], ())
    addresses = _addresses(table, row)
    filled = [p for p in printed if len(p.slots) >= len(addresses) or any(slot.text for slot in p.slots)]
    whole = [p for p in filled if len(p.slots) >= len(addresses)]
    best = next(iter(whole or filled), None)
    if best is None:
        return read
    placed = place_figures(best, row.block.columns, deduplicated=deduplicated)
    read.cells.update(zip(addresses, placed.cells, strict=True))
    read.problems.extend(_cell_problems(table, row.row, addresses, placed, best))
    return read
