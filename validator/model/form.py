"""The official forms as data: tables, blocks, rows and columns with their printed labels.

A cell address is `table.row.column` with the empty parts left out; `Form.addresses` holds every one.
"""

from collections.abc import Collection
from functools import cached_property

import msgspec

from validator.patterns import Pattern
from validator.words import line

from .bilingual import Bilingual

# The notes in brackets at the end of a label are too long for a message: "(区分处理的,只计这一情形,不计其他情形)".
_NOTE = Pattern(r"(?<=.)\([^()]{6,}\)$")


def join_address(*parts: str) -> str:
    """Join the parts of a cell address, leaving out the empty ones."""
    return ".".join(part for part in parts if part)


class FormColumn(msgspec.Struct, frozen=True, array_like=True):
    """A column of figures. `groups` are the labels printed above it, outermost first."""

    id: str
    label: Bilingual
    aliases: tuple[str, ...] = ()
    groups: tuple[Bilingual, ...] = ()
    total: bool = False
    money: bool = False
    signed: bool = False


class FormRow(msgspec.Struct, frozen=True, array_like=True):
    """A row of figures. `groups` are the labels it stands under; `group` is the id of the nearest one.

    `stands_for` lists the ids of rows that this row replaces when a report prints it instead of them:
    (六)其他处理 as one row of a 2021 report. A row of `words` is answered in words and has no cell; `code` is a number
    that the form prints beside the label.
    """

    id: str
    label: Bilingual
    aliases: tuple[str, ...] = ()
    groups: tuple[Bilingual, ...] = ()
    group: str = ""
    unit: str = ""
    total: bool = False
    money: bool = False
    stands_for: tuple[str, ...] = ()
    words: bool = False
    code: str = ""


class FormBlock(msgspec.Struct, frozen=True, array_like=True):
    """A part of a table under one header: its label, its columns and its rows in printed order.

    `groups` maps the id of a group of rows (denied, unavailable …) to its label; `sets` names groups
    of row or column ids for rules, already spelled out to single rows; `aliases` maps a label over rows or columns to
    what reports print instead.
    """

    label: str
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]
    groups: dict[str, Bilingual] = msgspec.field(default_factory=dict)
    sets: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    note: str = ""
    aliases: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)


class FormTable(msgspec.Struct, frozen=True, array_like=True):
    """A table of a form. `by_position`: its figures are told by their order, not by their labels.

    `units`: every row prints its unit in a cell before the figure.
    """

    id: str
    prefix: str
    name: Bilingual
    heading: str
    blocks: tuple[FormBlock, ...]
    by_position: bool = False
    units: bool = False


class FormCell(msgspec.Struct, frozen=True):
    """One cell of a form: its address and the table, block, row and column it lies in."""

    address: str
    table: FormTable
    block: FormBlock
    row: FormRow
    column: FormColumn

    @property
    def is_total(self) -> bool:
        """Whether the form defines this cell as the sum of others."""
        return self.row.total or self.column.total

    @property
    def is_money(self) -> bool:
        """Whether the cell holds an amount, which may have decimals."""
        return self.row.money or self.column.money

    @property
    def is_signed(self) -> bool:
        """Whether the cell may be negative (本年增/减)."""
        return self.column.signed

    @property
    def row_name(self) -> Bilingual:
        """The row in the words of the form, with the group it belongs to; empty where the form names none."""
        return _join((*self.row.groups[-1:], self.row.label) if self.row.group else (self.row.label,))

    @property
    def column_name(self) -> Bilingual:
        """The column in the words of the form, with the labels above it where its own is not the only one."""
        labels = [column.label.zh for column in self.block.columns]
        above = self.column.groups if labels.count(self.column.label.zh) > 1 else ()
        return _join((*above, self.column.label))

    @property
    def name_in_table(self) -> Bilingual:
        """The cell in the words of the form, without its table: row and column."""
        return _join((self.row_name, self.column_name))

    @property
    def name(self) -> Bilingual:
        """The cell in the words of the form: table, row, and column if there are several."""
        several = len(self.block.columns) > 1 or not self.row.label.zh
        return _name(self.table.name, (self.row_name, self.column_name) if several else (self.row_name,))


class ComputedCell(msgspec.Struct, frozen=True, array_like=True):
    """A sum that no cell of the form holds but prose speaks of: a group of rows, all legal persons, all suits.

    `table` is the name of the table that its `parts` stand in.
    """

    address: str
    table: Bilingual
    row: Bilingual
    column: Bilingual
    parts: tuple[str, ...]

    @property
    def name(self) -> Bilingual:
        """The sum in the words of the form: table, row and column."""
        return _name(self.table, (self.row, self.column))


def _join(words: tuple[Bilingual, ...]) -> Bilingual:
    """Join labels, without the empty ones and without the notes at their end."""
    said = [part for part in words if part.zh]
    return Bilingual("·".join(_NOTE.sub("", part.zh) for part in said), ", ".join(part.en for part in said))


def _name(table: Bilingual, words: tuple[Bilingual, ...]) -> Bilingual:
    cell = _join(words)
    return Bilingual(f"{table.zh} {cell.zh}", f"{table.en}, {cell.en}")


class Form(msgspec.Struct, frozen=True, eq=False, dict=True, array_like=True):
    """An official form with all its cells, the same as itself alone. `last_year` is None while it is in use.

    `after` is the id of the form that it follows in its tables and wordings, "" if none; `source` is its file. `family`
    is the paper that it is of, "" for the yearly report on disclosure; `about` are words that only such a paper has.
    """

    id: str
    title: Bilingual
    basis: str
    first_year: int
    last_year: int | None
    keys: tuple[str, ...]
    sections: tuple[tuple[str, ...], ...]
    tables: tuple[FormTable, ...]
    computed: dict[str, ComputedCell] = msgspec.field(default_factory=dict)
    after: str = ""
    source: str = ""
    family: str = ""
    about: tuple[str, ...] = ()

    @cached_property
    def cells(self) -> dict[str, FormCell]:
        """Every cell of the form by its address, in printed order, with the rows that may stand alone."""
        return {
            address: FormCell(address, table, block, row, column)
            for table in self.tables
            for block in table.blocks
            for row in block.rows
            if not row.words
            for column in block.columns
            if (address := join_address(table.prefix, row.id, column.id))
        }

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The addresses a full report has: every cell but those of rows that stand for others."""
        return tuple(address for address, cell in self.cells.items() if not cell.row.stands_for)

    def name(self, address: str) -> Bilingual:
        """Give a cell or a computed address in the words of the form, any other address as it is."""
        return self.names.get(address) or Bilingual(address, address)

    @cached_property
    def names(self) -> dict[str, Bilingual]:
        """All cells and computed addresses in the words of the form."""
        names = {address: cell.name for address, cell in self.computed.items()}
        return names | {address: cell.name for address, cell in self.cells.items()}

    @cached_property
    def table_names(self) -> dict[str, Bilingual]:
        """The name of the table that each cell lies in, by the address of the cell."""
        return {address: cell.table.name for address, cell in self.cells.items()}

    def covers(self, year: int) -> bool:
        """Whether reports of this year use the form."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def table(self, table_id: str) -> FormTable:
        """Give the table with this id; KeyError if the form has none."""
        for table in self.tables:
            if table.id == table_id:
                return table
        raise KeyError(table_id)


def describe_years(form: Form) -> Bilingual:
    """Say which years' reports use a form."""
    if form.last_year is None:
        return line("years-from", first=form.first_year)
    return line("years-between", first=form.first_year, last=form.last_year)


def replacements(form: Form, standing: Collection[str]) -> dict[str, str]:
    """Map the cells of rows that a standing row replaces to the cells of that row."""
    return {
        join_address(table.prefix, part, column.id): join_address(table.prefix, row.id, column.id)
        for table in form.tables
        for block in table.blocks
        for row in block.rows
        if row.stands_for and join_address(table.prefix, row.id) in standing
        for part in row.stands_for
        for column in block.columns
    }
