"""Which column of a printed table is which column of the form, as its header tells."""

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import groupby
from operator import attrgetter

import msgspec
from msgspec.structs import replace

from validator.model.document import Cell, Framing, Row, Table
from validator.model.form import FormColumn
from validator.numerals import looks_like_value

from .headers import Heading, Node, Word, heading_of, one_by_one, parents
from .labels import read_label
from .lexicon import Lexicon, Role
from .printed import PrintedRow, cores, has_straight_columns, header_above

_FEWEST_COPIED = 2
"""In so many rows at least a label must be copied: one row may repeat itself by chance."""


def join_repeats(table: Table, lexicon: Lexicon) -> Table:
    """Give a table in which a merged cell that was copied into each column it covers stands once.

    Figures are one where the header of one column of the form is copied over all of them, and they are the same.
    """
    copied = sum(len(row.cells) > 1 and row.cells[0].text == row.cells[1].text != "" for row in table.rows)
    if copied < _FEWEST_COPIED or table.framing is Framing.CELLS:
        return table
    joined = []
    over: set[int] = set()
    for row in table.rows:
        if not any(cell.text and looks_like_value(cell.text) for cell in row.cells):
            heads = [
                run for run in _runs_of(row.cells) if any(e.role is Role.COLUMN for e in lexicon.find(run[0].text))
            ]
            over = {cell.column for run in heads for cell in run[1:]}
        cells = [cell for run in _runs_of(row.cells, over) for cell in _join(run, table.framing)]
        joined.append(Row(tuple(cells)))
    return Table(tuple(joined), table.framing)


def _runs_of(cells: Sequence[Cell], over: Set[int] = frozenset()) -> list[list[Cell]]:
    """Part a row into runs of neighbours that hold the same words, or in columns of `over` the same figure."""
    runs: list[list[Cell]] = []
    for cell in cells:
        alike = bool(runs) and cell.text == runs[-1][-1].text != ""
        if alike and (cell.column in over or (len(cell.text) > 1 and not looks_like_value(cell.text))):
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return runs


def _join(run: list[Cell], framing: Framing) -> list[Cell]:
    if framing is not Framing.GRID:
        return [run[0], *(cell._replace(text="") for cell in run[1:])]
    return [run[0]._replace(colspan=run[-1].column + run[-1].colspan - run[0].column)]


class Order(msgspec.Struct, frozen=True):
    """For each slot of a row the column of the form its header names; `strangers` are headers of no such column.

    No columns at all: the words of the header contradict each other or the figures. `straight`: each header stands
    right above its slot.
    """

    columns: tuple[int | None, ...]
    strangers: tuple[str, ...] = ()
    straight: bool = False


UNCLEAR = Order(())
_Run = list[tuple[Sequence[Cell], object]]


class Headers:
    """The headers of one table of a report, looked at once for all rows of the same shape."""

    def __init__(self, printed: Iterable[PrintedRow], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._seen: dict[tuple[int, int], Order | None] = {}
        self._read: dict[tuple[int, int], tuple[int, ...] | None] = {}
        self._runs: list[_Run] = [[]]
        self._run_of: dict[int, int] = {}
        for row in printed:
            figures = any(slot.text and looks_like_value(slot.text) for slot in row.slots)
            line = None if row.table is None else (id(row.table), row.row_index)
            self._runs[-1].append((row.labels if figures else (*row.labels, *row.slots), line))
            self._run_of[row.number] = len(self._runs) - 1
            if figures or (row.slots and any(entry.role is Role.ROW for entry in row.entries)):
                self._runs.append([])

    def order_of(self, row: PrintedRow, columns: tuple[FormColumn, ...]) -> Order | None:
        """Give the order of a row's slots as its header names it; None if that is the order of the form."""
        if len(columns) < 2:
            return None
        order = None
        if row.table is not None and not row.last:
            if len(row.slots) != len(columns) or any(slot.colspan > 1 for slot in row.slots):
                order = _read_order(row, columns, self._lexicon)
            else:
                key = (id(row.table), id(columns))
                if key not in self._seen:
                    self._seen[key] = _read_order(row, columns, self._lexicon)
                order = self._seen[key]
        if order is None:
            printed = self._read_words(self._run_of.get(row.number, 0), columns)
            order = None if printed is None else Order(printed)
        return None if order is not None and order.columns == tuple(range(len(columns))) else order

    def _read_words(self, run: int, columns: tuple[FormColumn, ...]) -> tuple[int, ...] | None:
        """Read the words right above a row, or where there are none those above the rows before it."""
        heading = heading_of(columns)
        passed: list[int] = []
        order: tuple[int, ...] | None = None
        for number in range(run, -1, -1):
            key = (number, id(heading))
            if key in self._read:
                order = self._read[key]
                break
            words = list(self._words(number, heading))
            passed.append(number)
            if len(words) > 1:
                order = heading.order(words, loose=self._is_loose(number, heading))
                break
        self._read.update(((number, id(heading)), order) for number in passed)
        return order

    def names_others(self, row: PrintedRow, columns: tuple[FormColumn, ...]) -> bool:
        """Whether the header above a row names a column that the form lacks, and not by the pieces of one it has."""
        heading = heading_of(columns)
        for number in range(self._run_of.get(row.number, 0), -1, -1):
            cells = [cell for cells, _ in self._runs[number] for cell in cells if cell.text][:-1]
            found = [[word.name for word in heading.words((cell,), None)] for cell in cells]
            known = [bool(names) for names in found]
            if sum(known) > 1:
                absent = set(heading.names.values()).difference(*found)
                others = [cell for n, cell in enumerate(cells) if n > known.index(True) and not known[n]]
                return any(_is_strange(cell.text, absent, self._lexicon) for cell in others)
        return False

    def _is_loose(self, run: int, heading: Heading) -> bool:
        """Whether the words are those of lines of a page, on which a label may stand higher than what it stands beside.

        A group on one line with columns of its own height shows their order; where it has a line of its own it may not.
        """
        lines: dict[object, list[str]] = {}
        for cells, line in self._runs[run]:
            for cell in cells:
                for word in heading.words((cell,), line):
                    lines.setdefault(cell.location, []).append(word.name)
        bare = all(line is None for _, line in self._runs[run])
        return (
            bare and any(len(found) > 1 for found in lines.values()) and not any(map(heading.is_level, lines.values()))
        )

    def _words(self, run: int, heading: Heading) -> Iterator[Word]:
        for cells, line in self._runs[run]:
            yield from heading.words(cells, line)

    def order_of_parts(self, parts: Sequence[PrintedRow], columns: tuple[FormColumn, ...]) -> Order | None:
        """Give the order of the slots of a table printed in parts, a group or a column each; None if as in the form."""
        heading = heading_of(columns)
        words: list[list[str]] = []
        for number, beside in groupby(parts, key=attrgetter("number")):
            names = [word.name for word in self._words(self._run_of[number], heading)]
            words += heading.deal(names, len(list(beside)))
        found = _order_of_parts(heading, words, len(parts[0].slots))
        return None if found == tuple(range(len(columns))) else Order(found)


def _is_strange(text: str, absent: Iterable[str], lexicon: Lexicon) -> bool:
    """Whether a header names what the form has not: no label of the form, no piece of one, none that is damaged."""
    core = read_label(text).core
    known = lexicon.find(text) or any(core in label for label in lexicon.by_core)
    return bool(core) and not known and set("".join(absent)).isdisjoint(core)


def _read_order(row: PrintedRow, columns: tuple[FormColumn, ...], lexicon: Lexicon) -> Order | None:
    """Read what stands above each slot; None if that says nothing surer than the number of the slots."""
    table, slots = row.table, row.slots
    heading = heading_of(columns)
    if table is None or not slots or not heading.distinct or not has_straight_columns(row):
        return None
    by_core = {core: index for index, words in enumerate(cores(columns)) for core in words}

    def above(column: int) -> tuple[str, int | None]:
        name = header_above(table, row.row_index, column, by_core)
        label = read_label(name)
        if name and label.core not in by_core and label.number is None and (guessed := heading.guess(label)):
            return name, by_core[guessed[0]]
        return name, by_core.get(label.core) if name else None

    if any(slot.colspan > 1 for slot in slots):
        ends = [(above(s.column)[0], above(s.column + s.colspan - 1)[0]) for s in slots if s.colspan > 1]
        over = any(first and last and first != last for first, last in ends)
        # Spans under as many headers are drawn askew; figures that go on beyond the header are in no column.
        heads = [above(column) for column in range(slots[0].column, slots[-1].column + slots[-1].colspan)]
        askew = heads[-1][1] is not None and len({name for name, _ in heads} - {""}) == len(slots)
        return UNCLEAR if over and not askew and len(heads) != len(columns) else None
    names, order = zip(*[above(slot.column) for slot in slots], strict=True)
    found = [index for index in order if index is not None]
    if len(found) != len(set(found)):
        return None
    named = {by_core.get(read_label(cell.text).core) for r in table.rows[: row.row_index] for cell in r.cells}
    if len(slots) < len(columns):
        if len(found) < max(3, len(slots)):
            return None
        # The header goes on beyond the row: what it names there, be it damaged, is a column that the table has.
        end = max(cell.column + cell.colspan for r in table.rows[: row.row_index] for cell in r.cells)
        named |= {above(column)[1] for column in range(slots[0].column, end)}
        return UNCLEAR if len(named - {None}) == len(columns) else Order(order, straight=True)
    # A blank without a name is filler, or a piece of a cell that spans its column.
    left = [(name, slot) for name, index, slot in zip(names, order, slots, strict=True) if index is None]
    if len(found) < len(columns) or any(slot.text for name, slot in left if not name):
        absent = [column.label.zh for index, column in enumerate(columns) if index not in named]
        strange = len(found) >= 3 and any(slot.text and _is_strange(name, absent, lexicon) for name, slot in left)
        return UNCLEAR if strange else None
    return Order(order, tuple(name for name, _ in left if name), straight=True)


def _order_of_parts(heading: Heading, words: Sequence[Sequence[str]], size: int) -> tuple[int, ...]:
    """Give the column of each figure of a table printed in parts of `size` figures; () if the words contradict.

    `words` are the names of groups and columns above and beside the figures of each part.
    """
    groups = [group for group in parents(heading.root) if group.children and not group.children[0].children]
    if size == 1:
        return one_by_one(words, groups)
    names: list[str] = []
    order: list[int] = []
    for place, group in enumerate(_match_groups(words, groups)):
        below = [child.name for child in group.children]
        printed = [name for name in words[place] if name in below]
        if printed and (len(printed) != len(below) or set(printed) != set(below)):
            form = iter(below)
            if not all(name in form for name in printed):
                return ()
            printed = below
        names = printed or names or below
        if len(names) != size or set(names) != set(below):
            return ()
        order += [group.children[below.index(name)].column for name in names]
    return tuple(order) if len(order) == len(heading.leaves) else ()


def _match_groups(words: Sequence[Sequence[str]], groups: Sequence[Node]) -> list[Node]:
    """Give the group of each part by its name; without names in the order of the form, and [] on a contradiction."""
    if len(words) != len(groups):
        return []
    named = [[group for group in groups if group.name in names] for names in words]
    known = [found[0] if len(found) == 1 else None for found in named]
    left = [group for group in groups if group not in known]
    if len(left) != known.count(None):
        return []
    if len(left) > 1 and any(
        found is not None and found is not group for found, group in zip(known, groups, strict=True)
    ):
        return []
    return [found if found is not None else left.pop(0) for found in known]


def put_in_order(row: PrintedRow, order: Order, count: int) -> PrintedRow:
    """Give a row with its slots in the order of the form, without those of strangers; torn if they do not fit."""
    if order.straight:
        slots = {index: slot for slot, index in zip(row.slots, order.columns, strict=False) if index is not None}
        return replace(row, slots=tuple([slots[index] for index in sorted(slots)]), torn=False)
    printed = list(row.slots)
    if sum(slot.colspan for slot in printed) == count and not any(s.text for s in printed if s.colspan > 1):
        printed = [slot for slot in printed for _ in range(slot.colspan)]
    while row.padded and len(printed) > count and not printed[-1].text:
        printed.pop()
    if not any(slot.text for slot in printed):
        return row
    if len(printed) != len(order.columns) or row.open:
        return replace(row, torn=True)
    ordered = sorted(zip(order.columns, range(count), printed, strict=True))
    return replace(row, slots=tuple([slot for _, _, slot in ordered]))


__all__ = ["Headers", "Order", "put_in_order"]
