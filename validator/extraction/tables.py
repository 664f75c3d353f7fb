"""One table of the form: its printed rows placed, its cells read, and what did not fit told as problems."""

from collections.abc import Mapping, Sequence, Set

import msgspec
from msgspec.structs import replace

from validator.model.document import Cell, Framing
from validator.model.form import FormTable
from validator.model.report import CellState, Problem, ReportCell, Subtotal
from validator.numerals import looks_like_value

from .align import Alignment, align
from .columns import Headers, Order, put_in_order
from .figures import Placed, place_figures
from .lexicon import Lexicon, Role, TableRow, is_unit
from .printed import PrintedRow, Show, find_window, fit_rows, is_wider
from .table_problems import RowNotes, find_subtotal, first_place, tell_rows


class ReadTable(msgspec.Struct):
    """The cells of one table by address, and the problems met on the way."""

    cells: dict[str, ReportCell] = msgspec.field(default_factory=dict)
    problems: list[Problem] = msgspec.field(default_factory=list)
    subtotals: list[Subtotal] = msgspec.field(default_factory=list)


def read_table(
    table: FormTable, printed: Sequence[PrintedRow], lexicon: Lexicon, *, deduplicated: bool, ended: bool
) -> ReadTable:
    """Read one table of the form from the rows printed for it.

    `deduplicated`: lines that repeat were dropped from the text, so that a missing figure was no blank.
    `ended`: the document ends with these rows.
    """
    if table.by_position:
        return _read_by_position(table, printed, lexicon, deduplicated=deduplicated)
    rows = lexicon.rows[table.id]
    if any(row.row.code for row in rows):
        printed = _without_codes(printed, table.id, rows)
    alignment = align(printed, table.id, lexicon)
    if _is_scattered(printed, max(len(row.columns) for row in rows)) and alignment.placed:
        deduplicated = True
        lost = {i for i, row in enumerate(rows) if i not in alignment.placed and not row.row.stands_for}
        alignment = replace(alignment, unsure=alignment.unsure | lost)
    read = ReadTable()
    headers = Headers(printed, lexicon)
    fitted = _tear_narrow(rows, _fit(rows, alignment.placed, headers))
    cut = ended and _ends_in_figures(printed, alignment)
    told = RowNotes(table)
    for index, row in enumerate(rows):
        if row.row.words:
            continue
        if index in fitted:
            printed_row = fitted[index]
            order = headers.order_of(printed_row, row.columns)
            placed = _read_row(table, row, printed_row, order, read, deduplicated=deduplicated)
            if placed.remarkable and not (cut and printed_row.last):
                told.note(row, placed, printed_row)
        elif index in alignment.unsure:
            _leave_open(row, alignment, read, told)
    read.problems.extend(told.problems())
    read.problems.extend(tell_rows(table, rows, alignment, read.cells, cut=cut))
    return read


def _without_codes(printed: Sequence[PrintedRow], table: str, rows: Sequence[TableRow]) -> Sequence[PrintedRow]:
    """Take the code of a row, and the unit behind it, from before its figures, where most rows print theirs there."""
    codes = {row.row.code for row in rows} - {""}
    own = [{rows[e.index].row.code for e in row.entries if e.table == table and e.role is Role.ROW} for row in printed]
    named = [(row, known) for row, known in zip(printed, own, strict=True) if row.slots and known & codes]
    coded = sum(bool(_find_code(row, known, len(rows[0].columns))) for row, known in named)
    if coded * 2 <= len(named):
        return printed
    width = max(len(row.columns) for row in rows)
    return [replace(row, slots=row.slots[_find_code(row, codes, width) :]) for row in printed]


def _find_code(row: PrintedRow, codes: Set[str], width: int) -> int:
    """Say how many slots before the figures of a row are its code, and its unit if that stands behind it; 0 if none."""
    if len(row.slots) <= width or row.slots[0].text.strip() not in codes:
        return 0
    return 2 if is_unit(row.slots[1].text) else 1


def _ends_in_figures(printed: Sequence[PrintedRow], alignment: Alignment) -> bool:
    """Whether the last figures that the document prints are those of a row of the form: what follows is cut off."""
    placed = {row.number for row in alignment.placed.values()}
    filled = [row for row in printed if any(slot.text for slot in row.slots)]
    if (
        filled
        and filled[-1].last
        and (not filled[-1].labels or (len(filled) > 1 and _is_beginning(filled[-1], placed)))
    ):
        del filled[-1]
    return bool(filled) and filled[-1].number in placed


def _is_beginning(row: PrintedRow, placed: Set[int]) -> bool:
    """Whether the last row may be no more than the number of a label that is cut off."""
    return row.number not in placed and sum(bool(slot.text) for slot in row.slots) == 1


def _is_scattered(printed: Sequence[PrintedRow], width: int) -> bool:
    """Whether bare lines print figures apart from their labels, so that a label without figures says nothing."""
    if any(row.show is Show.ALL and any(slot.text for slot in row.slots) for row in printed):
        return False
    return any(len(row.slots) > width + 2 or (row.slots and not row.labels and not row.last) for row in printed)


def _fit(rows: Sequence[TableRow], placed: Mapping[int, PrintedRow], headers: Headers) -> dict[int, PrintedRow]:
    """Cut rows that print more cells than the form has columns to those that hold the figures.

    A row whose cells stand under headers needs none. Where the header names other columns too, or a row has more cells
    than its table is wide, blanks tell nothing.
    """
    fitted = dict(placed)
    long_rows: dict[tuple[int, int], list[int]] = {}
    columns = _columns_of_figures(rows, placed)
    for index, printed in placed.items():
        count = len(rows[index].columns)
        if printed.table is not None and count == 1 and len(printed.slots) > 1:
            there = columns.get(id(printed.table), set())
            slots = tuple([slot for slot in printed.slots if slot.column in there])
            if len(there) == len(slots) == 1:
                fitted[index] = replace(printed, slots=slots)
        if printed.table is None or count < 2:
            continue
        if len(printed.slots) > count and (slots := _without_blank_columns(printed, count)):
            fitted[index] = replace(printed, slots=slots)
        elif printed.last and count > 3 and _is_short(printed):
            # The file was cut inside this row, and its last figure may be another column's.
            fitted[index] = replace(printed, torn=True)
        elif len(printed.slots) > count and printed.padded:
            order = headers.order_of(printed, rows[index].columns)
            if order is not None and order.straight:
                continue
            if is_wider(printed) or headers.names_others(printed, rows[index].columns):
                fitted[index] = replace(printed, torn=any(slot.text for slot in printed.slots))
                continue
            long_rows.setdefault((id(printed.table), id(rows[index].block)), []).append(index)
    for indexes in long_rows.values():
        table, block = placed[indexes[0]].table, rows[indexes[0]].block
        alike = [fitted[index] for index in placed if rows[index].block is block]
        window = find_window(table, block.columns, alike) if table else None
        fitted.update(zip(indexes, fit_rows([placed[i] for i in indexes], block.columns, window), strict=True))
    return fitted


def _columns_of_figures(rows: Sequence[TableRow], placed: Mapping[int, PrintedRow]) -> Mapping[int, Set[int]]:
    """Give by table the columns of its grid in which rows of figures print anything: all others are parts of labels."""
    found: dict[int, set[int]] = {}
    for index, printed in placed.items():
        if printed.table is not None and not rows[index].row.words:
            found.setdefault(id(printed.table), set()).update(slot.column for slot in printed.slots if slot.text)
    return found


def _tear_narrow(rows: Sequence[TableRow], fitted: dict[int, PrintedRow]) -> dict[int, PrintedRow]:
    """Tear the rows that have as many figures as the form has columns where nearly all print more, as of one added.

    Only a grid shows which of its cells such a row lacks.
    """
    sizes = {
        index: (id(rows[index].block), len(rows[index].columns), _count_shown(printed, len(rows[index].columns)))
        for index, printed in fitted.items()
        if len(rows[index].columns) > 3 and any(slot.text for slot in printed.slots)
    }
    for index, (block, count, size) in sizes.items():
        own = fitted[index]
        if size == count and (own.table is None or own.table.framing is not Framing.GRID):
            others = [other for held, _, other in sizes.values() if held == block]
            if sum(other > count for other in others) * 5 > len(others) * 4:
                fitted[index] = replace(own, torn=True)
    return fitted


def _count_shown(printed: PrintedRow, count: int) -> int:
    """Count the slots of a row without blanks at its end that may be filler."""
    size = len(printed.slots)
    while printed.padded and size > count and not printed.slots[size - 1].text:
        size -= 1
    return size


def _without_blank_columns(printed: PrintedRow, count: int) -> tuple[Cell, ...]:
    """Give the slots of a row without those in columns that its header leaves blank as well; none if that fits not."""
    headed: set[int] = set()
    for row in reversed(printed.table.rows[: printed.row_index] if printed.table else ()):
        named = [cell for cell in row.cells if cell.text]
        if any(looks_like_value(cell.text) for cell in named):
            break
        headed.update(cell.column for cell in named if cell.colspan == 1)
    slots = tuple([slot for slot in printed.slots if slot.text or slot.column in headed])
    return slots if len(slots) == count and all(slot.column in headed for slot in slots) else ()


def _is_short(printed: PrintedRow) -> bool:
    """Whether a row has fewer cells than most rows of its table, which all have the same number."""
    if printed.table is None or printed.table.framing is not Framing.ROWS:
        return False
    widths = [len(row.cells) for row in printed.table.rows]
    usual = max(set(widths), key=widths.count)
    return widths.count(usual) * 5 >= len(widths) * 3 and len(printed.table.rows[printed.row_index].cells) < usual


def _read_row(
    table: FormTable, row: TableRow, printed: PrintedRow, order: Order | None, read: ReadTable, *, deduplicated: bool
) -> Placed:
    columns, addresses = row.columns, row.addresses
    if order is not None:
        if order.strangers and (subtotal := find_subtotal(row, order, printed)):
            read.subtotals.append(subtotal)
        printed = put_in_order(printed, order, len(columns))
        if order.straight:
            there = {index for index in order.columns if index is not None}
            columns = tuple(column for index, column in enumerate(columns) if index in there)
            addresses = tuple(address for index, address in enumerate(addresses) if index in there)
            _report_columns(table, row, order, printed, read)
    placed = place_figures(printed, columns, deduplicated=deduplicated)
    read.cells.update(zip(addresses, placed.cells, strict=True))
    return Placed(placed.cells, placed.chosen, addresses)


def _leave_open(row: TableRow, alignment: Alignment, read: ReadTable, told: RowNotes) -> None:
    """Leave a row unreadable that one of several printed rows may be."""
    other = next(iter(alignment.placed.values()))
    cell = ReportCell(None, "", CellState.UNREADABLE, first_place(other), "ambiguous")
    read.cells.update(dict.fromkeys(row.addresses, cell))
    told.note(
        row,
        Placed((cell,) * len(row.addresses), addresses=row.addresses),
        replace(other, labels=[], slots=other.slots or other.labels),
    )


def _report_columns(table: FormTable, row: TableRow, order: Order, printed: PrintedRow, read: ReadTable) -> None:
    """Tell of a column too many or too few, once a table."""
    place = first_place(printed)
    told = {(p.kind, p.values.get("label", p.values.get("column"))) for p in read.problems}
    for label in order.strangers:
        if ("extra-column", label) not in told:
            read.problems.append(Problem("extra-column", place, (), {"table": table.id, "label": label}))
    known = {index for index in order.columns if index is not None}
    for index, column in enumerate(row.columns):
        if index not in known and ("missing-column", column.id) not in told:
            read.problems.append(Problem("missing-column", place, (), {"table": table.id, "column": column.id}))


def _read_by_position(
    table: FormTable, printed: Sequence[PrintedRow], lexicon: Lexicon, *, deduplicated: bool
) -> ReadTable:
    """Read a table whose figures are told by their order alone, in one row."""
    read = ReadTable()
    row = lexicon.rows[table.id][0]
    count = len(row.addresses)
    filled = [p for p in printed if len(p.slots) >= count or any(s.text and looks_like_value(s.text) for s in p.slots)]
    best = min(
        filled, key=lambda p: (len(p.slots) < count, not any(s.text for s in p.slots), len(p.slots)), default=None
    )
    if best is None:
        return read
    headers = Headers(printed, lexicon)
    if len(best.slots) < count and (parts := _find_parts(printed, count)):
        order = headers.order_of_parts(parts, row.columns)
        best = replace(parts[0], slots=[slot for part in parts for slot in part.slots], torn=False)
    else:
        if len(best.slots) > count and (slots := _without_blank_columns(best, count)):
            best = replace(best, slots=slots)
        order = headers.order_of(best, row.columns)
    placed = _read_row(table, row, best, order, read, deduplicated=deduplicated)
    if placed.remarkable:
        told = RowNotes(table)
        told.note(row, placed, best)
        read.problems.extend(told.problems())
    return read


def _find_parts(printed: Sequence[PrintedRow], count: int) -> list[PrintedRow]:
    """Find the parts of a table that is printed as rows of five figures, some side by side, or as one figure a row."""
    rows = [p for p in printed if p.slots and (p.labels or len(p.slots) > 1)]
    for parts in (rows, [p for p in rows if any(slot.text for slot in p.slots)]):
        sizes = {len(p.slots) for p in parts}
        size = min(sizes, default=0)
        fits = sum(len(p.slots) for p in parts) == count and all(p.show is Show.ALL for p in parts)
        if fits and (len(sizes) == 1 or (size > 1 and not any(other % size for other in sizes))):
            return [replace(p, slots=p.slots[i : i + size]) for p in parts for i in range(0, len(p.slots), size)]
    return []
