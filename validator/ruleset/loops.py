"""The loop of a rule, `for_each` -> its turns in a form: what the names of the rule mean in each."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from validator.errors import RuleError
from validator.model.bilingual import Bilingual
from validator.model.form import Form, FormCell, FormTable, join_address
from validator.words import ask_nearest, line


class UnknownName(RuleError):
    """A rule uses a name that is not there; the nearest right one is looked up when the text is asked for."""

    def __init__(self, text: str, name: str, known: Callable[[], Iterable[str]]) -> None:
        super().__init__(text)
        self.text = text
        self.name = name
        self.known = known

    def __str__(self) -> str:
        return self.words.en

    @property
    def words(self) -> Bilingual:
        """The text in both languages."""
        place = self.text.rpartition(": ")[0]
        near = ask_nearest(self.name, self.known())
        return line("unknown-name", place=place, text=self.text, name=self.name, near=near)


class Turn(NamedTuple):
    """Where a loop stands: a relative name means `prefix.name.suffix`; `sets` may be added up; `words` name it."""

    name: str
    prefix: str
    suffix: str
    sets: Mapping[str, Sequence[str]]
    words: Mapping[str, Bilingual]

    def address(self, name: str) -> str:
        """Give the address that a relative name means; `each` is what the loop stands at itself."""
        return self.prefix if name == "each" else join_address(self.prefix, name, self.suffix)


def turns(loop: str | tuple[str, ...], form: Form, replaced: Mapping[str, str], place: str) -> Iterator[Turn]:
    """Give the turns of a loop in a form; RuleError names the place and a word that the form does not have."""
    if isinstance(loop, tuple):
        for prefix in loop:
            within = f"{prefix}."
            cells = [c for address, c in form.cells.items() if address.startswith(within) or address == prefix]
            if not cells:
                raise UnknownName(
                    f"{place}: form {form.id} has no cell or group of cells", prefix, lambda: _prefixes(form)
                )
            words = {"table": cells[0].table.name, "each": _shared_name(cells)}
            yield Turn(prefix, prefix, "", _table_sets(form), words)
    elif not loop:
        yield Turn("", "", "", _table_sets(form), {})
    else:
        name, _, axis = loop.partition(".")
        tables = {table.prefix: table for table in form.tables if table.prefix and len(table.blocks) == 1}
        if name not in tables:
            raise UnknownName(f"{place}: form {form.id} has no table", name, lambda: tables)
        yield from _table_turns(form, tables[name], axis, replaced, place)


def _prefixes(form: Form) -> set[str]:
    return {address.rpartition(".")[0] for address in form.cells} | form.cells.keys()


def _table_turns(form: Form, table: FormTable, axis: str, replaced: Mapping[str, str], place: str) -> Iterator[Turn]:
    """Loop over the rows or columns of a table of one block, or over those of a set."""
    if axis == "cells":
        for address, cell in form.cells.items():
            if cell.table is table and not cell.row.stands_for:
                yield Turn(address, address, "", {}, {"table": table.name, "each": cell.name})
        return
    block = table.blocks[0]
    columns, rows = [column.id for column in block.columns], [row.id for row in block.rows if not row.words]
    members = {"columns": columns, "rows": rows, **block.sets}.get(axis)
    if members is None:
        raise UnknownName(
            f"{place}: {table.id} has no rows, columns or set", axis, lambda: ("rows", "columns", *block.sets)
        )
    if members[0] in columns:
        for column in members:
            words = {"table": table.name, "column": form.cells[join_address(table.prefix, rows[0], column)].column_name}
            yield Turn(column, table.prefix, column, block.sets, words)
        return
    printed = dict.fromkeys(join_address(table.prefix, row, columns[0]) for row in members)
    for address in dict.fromkeys(replaced.get(address, address) for address in printed):
        cell = form.cells[address]
        if not cell.row.stands_for or address in replaced.values():
            words = {"table": table.name, "row": cell.row_name}
            yield Turn(cell.row.id, join_address(table.prefix, cell.row.id), "", block.sets, words)


def _table_sets(form: Form) -> dict[str, tuple[str, ...]]:
    """Give the sets of all tables for rules without a loop: "statistics.channels", with full addresses."""
    return {
        join_address(table.prefix, name): tuple(join_address(table.prefix, member) for member in members)
        for table in form.tables
        for block in table.blocks
        for name, members in block.sets.items()
    }


def _shared_name(cells: Sequence[FormCell]) -> Bilingual:
    """Name what some cells share: their row, or else the label over their columns; one cell by row and column."""
    first = cells[0]
    if len(cells) == 1 and len(first.block.columns) > 1 and first.row.label.zh:
        return first.name_in_table
    if first.row.label.zh:
        return first.row_name
    return first.column.groups[-1] if len(cells) > 1 else first.column_name
