"""The tables of a form as it prints them: headings with their spans, groups of rows, and a place for each figure."""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache, partial
from itertools import groupby
from typing import NamedTuple

import msgspec

from validator.model.bilingual import Bilingual
from validator.model.form import Form, FormBlock, FormColumn, FormRow, FormTable, join_address
from validator.render.look import Look
from validator.words import line


class HeadView(msgspec.Struct, frozen=True):
    """A printed label: what it spans, what it heads (the `scope` of HTML), and how deep it is set in."""

    text: str
    scope: str
    colspan: int = 1
    rowspan: int = 1
    note: str = ""
    indent: int = 0


class Slot(NamedTuple):
    """A place for the cell of an address, over some columns."""

    address: str
    colspan: int = 1


class RowView(msgspec.Struct, frozen=True):
    """A printed row: its labels, its unit if the table prints units, and the places of its cells."""

    heads: tuple[HeadView, ...]
    cells: tuple[Slot, ...] = ()
    unit: str = ""


class BlockView(msgspec.Struct, frozen=True):
    """A part of a table under headings of its own, each row of them a tuple."""

    headings: tuple[tuple[HeadView, ...], ...]
    rows: tuple[RowView, ...]


class TableView(msgspec.Struct, frozen=True):
    """A table of a form; `kind` is `matrix`, `list` (labels, units and one figure) or `line` (one row of figures)."""

    id: str
    name: str
    heading: str
    kind: str
    blocks: tuple[BlockView, ...]


class Layout(msgspec.Struct, frozen=True, eq=False):
    """The tables of a form as all reports print them that print the same cells; the same as itself alone.

    `addresses` are those of all cells.
    """

    tables: tuple[TableView, ...]
    addresses: frozenset[str]

    @property
    def slots(self) -> Iterator[Slot]:
        """The places of all cells, in the order in which they are read."""
        return (slot for table in self.tables for block in table.blocks for row in block.rows for slot in row.cells)


@lru_cache(maxsize=64)
def lay_tables(form: Form, printed: frozenset[str], look: Look) -> Layout:
    """Lay out the tables of which the report prints a cell; most reports of a form print the same ones."""
    tables = []
    for table in form.tables:
        layer = _Layer(table, printed, look)
        blocks = tuple(layer.lay(block) for block in table.blocks)
        if any(cell in printed for block in table.blocks for cell in _addresses(table, block)):
            kind = "line" if table.by_position else "list" if table.units else "matrix"
            tables.append(TableView(table.id, look.say(table.name), table.heading, kind, blocks))
    slots = (slot for table in tables for block in table.blocks for row in block.rows for slot in row.cells)
    return Layout(tuple(tables), frozenset(slot.address for slot in slots))


def _addresses(table: FormTable, block: FormBlock) -> Iterator[str]:
    for row in block.rows:
        for column in block.columns:
            yield join_address(table.prefix, row.id, column.id)


class _Layer:
    """Lays out the blocks of one table of one report."""

    def __init__(self, table: FormTable, printed: Collection[str], look: Look) -> None:
        self._table, self._printed, self._look = table, printed, look
        self._width = max(len(block.columns) for block in table.blocks)
        self._several = len(table.blocks) > 1

    def lay(self, block: FormBlock) -> BlockView:
        """Lay out one block: a list where the table prints units, else a matrix."""
        rows = [row for row in block.rows if self._is_printed(row, block)]
        if self._table.units:
            return BlockView((self._list_heading(block),), tuple(self._list_rows(rows, block)))
        stub = max((len(row.groups) for row in rows), default=0) + 1
        if not any(row.label.zh for row in rows):
            stub = 0
        spans = _share_out(self._width, len(block.columns))
        headings = list(self._column_headings(block, stub, spans))
        if self._several:
            headings.insert(
                0, (HeadView(self._look.say(Bilingual(block.label, block.label)), "colgroup", stub + self._width),)
            )
        return BlockView(tuple(headings), tuple(self._matrix_rows(rows, block, stub, spans)))

    def _is_printed(self, row: FormRow, block: FormBlock) -> bool:
        """Whether a row has a place: one that stands for others only if it is there, they only if it is not alone.

        A row that is answered in words has no figures to show.
        """
        if self._has(row.id, block):
            return True
        if row.stands_for or row.words:
            return False
        return not any(row.id in other.stands_for and self._has(other.id, block) for other in block.rows)

    def _has(self, row_id: str, block: FormBlock) -> bool:
        return any(join_address(self._table.prefix, row_id, column.id) in self._printed for column in block.columns)

    def _cells(self, row: FormRow, columns: Sequence[FormColumn], spans: Sequence[int]) -> tuple[Slot, ...]:
        return tuple(
            Slot(join_address(self._table.prefix, row.id, column.id), span)
            for column, span in zip(columns, spans, strict=True)
        )

    def _column_headings(self, block: FormBlock, stub: int, spans: Sequence[int]) -> Iterator[tuple[HeadView, ...]]:
        """Give the rows of headings over the figures; the label nearest to them takes what depth is left."""
        say = self._look.say
        depth = max(len(column.groups) for column in block.columns) + 1
        wide = list(zip(block.columns, spans, strict=True))
        for level in range(depth):
            heads = []
            if level == 0 and stub:
                corner = line("corner") if self._several else Bilingual(block.label, block.label)
                heads.append(HeadView(say(corner), "col", stub, depth, block.note))
            for (path, _), members in groupby(wide, key=partial(_heading_of, level)):
                group = list(members)
                column = group[0][0]
                if len(column.groups) > level:
                    rest = depth - len(column.groups) if level == len(column.groups) - 1 else 1
                    heads.append(HeadView(say(path[-1]), "colgroup", sum(span for _, span in group), rest))
                elif level == (depth - 1 if column.groups else 0):
                    rest = 1 if column.groups else depth
                    heads += [HeadView(say(one.label), "col", span, rest) for one, span in group]
            yield tuple(heads)

    def _matrix_rows(
        self, rows: Sequence[FormRow], block: FormBlock, stub: int, spans: Sequence[int]
    ) -> Iterator[RowView]:
        """Give the rows with the labels of their groups, each where its group begins."""
        for number, row in enumerate(rows):
            heads = []
            for level, label in enumerate(row.groups):
                path = row.groups[: level + 1]
                if number and rows[number - 1].groups[: level + 1] == path:
                    continue
                same = 1
                while number + same < len(rows) and rows[number + same].groups[: level + 1] == path:
                    same += 1
                heads.append(HeadView(self._look.say(label), "rowgroup", 1, same))
            if stub:
                heads.append(HeadView(self._look.say(row.label), "row", stub - len(row.groups)))
            yield RowView(tuple(heads), self._cells(row, block.columns, spans))

    def _list_heading(self, block: FormBlock) -> tuple[HeadView, ...]:
        say = self._look.say
        words = (Bilingual(block.label, "Item"), line("unit"), block.columns[0].label)
        return tuple(HeadView(say(word), "col") for word in words)

    def _list_rows(self, rows: Sequence[FormRow], block: FormBlock) -> Iterator[RowView]:
        """Give the rows one under the other, with a row for each group where it begins."""
        open_groups: tuple[Bilingual, ...] = ()
        for row in rows:
            for level, label in enumerate(row.groups):
                if open_groups[: level + 1] != row.groups[: level + 1]:
                    yield RowView((HeadView(self._look.say(label), "row", indent=level),))
            open_groups = row.groups
            head = HeadView(self._look.say(row.label), "row", indent=len(row.groups))
            yield RowView((head,), self._cells(row, block.columns, (1,)), row.unit)


def _heading_of(level: int, wide: tuple[FormColumn, int]) -> tuple[tuple[Bilingual, ...], bool]:
    """Give the groups of a column down to a level; columns with the same ones stand under one heading."""
    groups = wide[0].groups
    return (groups[: level + 1] if len(groups) > level else (), bool(groups))


def _share_out(width: int, count: int) -> tuple[int, ...]:
    """Spread a width over columns of which there are fewer; the last takes what is left."""
    each = width // count
    return (*([each] * (count - 1)), width - each * (count - 1))
