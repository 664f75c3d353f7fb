"""What a form file (rules/forms/*.yaml) may say, and what it takes over from the form that it follows.

forms.py turns it into the Form that every layer uses.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from validator.errors import RuleError
from validator.model.bilingual import Bilingual
from validator.model.form import join_address
from validator.words import ask_nearest


@dataclass(frozen=True)
class ColumnSpec:
    """A column, or with `columns` a label over several; its id, if any, begins theirs."""

    label: str
    id: str = ""
    en: str = ""
    aliases: tuple[str, ...] = ()
    total: bool = False
    money: bool = False
    signed: bool = False
    columns: tuple["ColumnSpec", ...] = ()


@dataclass(frozen=True)
class RowSpec:
    """A row, or with `rows` a label over several; its id, if any, begins theirs.

    A row of `words` is answered with yes, no or a name: its label is known, and it has no cell. `code` is the number
    that the form prints in a cell of its own beside the label, leading zeros and all.
    """

    label: str
    id: str = ""
    en: str = ""
    aliases: tuple[str, ...] = ()
    unit: str = ""
    total: bool = False
    money: bool = False
    may_stand_alone: bool = False
    words: bool = False
    code: str = ""
    rows: tuple["RowSpec", ...] = ()


@dataclass(frozen=True)
class SumSpec:
    """A column that no form prints but prose speaks of: the sum of some that it does print."""

    id: str
    label: str
    en: str
    sums: tuple[str, ...]


@dataclass(frozen=True)
class BlockSpec:
    """A part of a table under one header; `sets` names groups of rows or columns for rules."""

    label: str
    columns: tuple[ColumnSpec, ...]
    rows: tuple[RowSpec, ...]
    note: str = ""
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    computed: tuple[SumSpec, ...] = ()


@dataclass(frozen=True)
class Change:
    """How a table differs from that of the form before; rows and columns are named by their ids in the table.

    `drop` leaves a row or column out, with those inside it. `relabel` gives one the `label`, `en` and `aliases` beside
    it. `row` is a new one `below` another, `column` a new one `right_of` another, and a member of `sets`.
    """

    drop: str = ""
    relabel: str = ""
    label: str = ""
    en: str = ""
    aliases: tuple[str, ...] = ()
    row: RowSpec | None = None
    below: str = ""
    column: ColumnSpec | None = None
    right_of: str = ""
    sets: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableSpec:
    """A table; its addresses begin with `prefix`, or with its id if that is not given.

    Without blocks it is the table of this id in the form before, with `changes`.
    """

    id: str
    name: Bilingual | None = None
    heading: str = ""
    blocks: tuple[BlockSpec, ...] = ()
    prefix: str | None = None
    by_position: bool = False
    units: bool = False
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class SectionSpec:
    """A heading of the report, and how real reports word it."""

    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormFile:
    """A form, in use from `first_year` to `last_year` or until a later one begins.

    `keys` are words that only its tables print. `after` is the form that it follows: tables, keys and sections that it
    does not give are as there, but for the tables of `without`, and so is how prose words its figures.

    `family` is the paper that the form is of, "" for the yearly report on disclosure: each family has its own years,
    and reports of one are not held against those of another. `about` are words of which a paper of it prints one.
    """

    id: str
    first_year: int
    title: Bilingual
    basis: str
    keys: tuple[str, ...] = ()
    sections: tuple[SectionSpec, ...] = ()
    tables: tuple[TableSpec, ...] = ()
    last_year: int | None = None
    after: str = ""
    without: tuple[str, ...] = ()
    family: str = ""
    about: tuple[str, ...] = ()


def follow(file: FormFile, before: FormFile, place: str) -> FormFile:
    """Give a form with all that it takes over from the form that it follows; RuleError names what is not there."""
    tables = {table.id: table for table in before.tables}
    for name in file.without:
        if name not in tables:
            raise RuleError.of(
                "form-no-such-table", place=place, form=before.id, name=name, near=ask_nearest(name, tables)
            )
        del tables[name]
    for table in file.tables:
        at = f"{place}: table {table.id}"
        if table.blocks:
            tables[table.id] = table
        elif table.id in tables:
            tables[table.id] = _follow_table(table, tables[table.id], at)
        else:
            raise RuleError.of("form-new-table", place=at, form=before.id, near=ask_nearest(table.id, tables))
    return replace(
        file,
        tables=tuple(tables.values()),
        keys=file.keys or before.keys,
        sections=file.sections or before.sections,
        about=file.about or before.about,
    )


def _follow_table(table: TableSpec, before: TableSpec, place: str) -> TableSpec:
    blocks = before.blocks
    for number, change in enumerate(table.changes, 1):
        blocks = _change(blocks, change, f"{place}: changes: {number}")
    return replace(before, name=table.name or before.name, heading=table.heading or before.heading, blocks=blocks)


def _change(blocks: tuple[BlockSpec, ...], change: Change, place: str) -> tuple[BlockSpec, ...]:
    """Make a change in every block that has the row or column it names."""
    complete = (
        bool(change.drop),
        bool(change.relabel and change.label),
        bool(change.row and change.below),
        bool(change.column and change.right_of),
    )
    named = [change.drop, change.relabel, change.below, change.right_of]
    if sum(complete) != 1 or sum(map(bool, named)) != 1 or (change.row and change.column):
        raise RuleError.of("form-change", place=place)
    wanted = "".join(named)
    changed = [_change_block(block, change, wanted, place) for block in blocks]
    if tuple(changed) == blocks:
        ids = [name for block in blocks for name in (*_ids(block.rows, "rows"), *_ids(block.columns, "columns"))]
        raise RuleError.of("form-no-part", place=place, name=wanted, near=ask_nearest(wanted, ids))
    return tuple(changed)


def _change_block(block: BlockSpec, change: Change, wanted: str, place: str) -> BlockSpec:
    if not change.right_of and wanted in _ids(block.rows, "rows"):
        block = replace(block, rows=tuple(_edit(block.rows, "rows", wanted, change)))
    elif not change.below and wanted in _ids(block.columns, "columns"):
        block = replace(block, columns=tuple(_edit(block.columns, "columns", wanted, change)))
    else:
        return block
    if change.drop:
        return _without(block, change.drop)
    new = change.row or change.column
    if new is None:
        return block
    sets = dict(block.sets)
    for name in change.sets:
        if name not in sets:
            raise RuleError.of("form-no-set", place=place, name=name, near=ask_nearest(name, sets))
        sets[name] = (*sets[name], join_address(wanted.rpartition(".")[0], new.id))
    return replace(block, sets=sets)


def _without(block: BlockSpec, gone: str) -> BlockSpec:
    """Take a row or column out of the sets and sums of a block; what is left without members goes as well."""

    def kept(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in ids if name != gone and not name.startswith(f"{gone}."))

    sets = {name: kept(ids) for name, ids in block.sets.items()}
    sums = [replace(spec, sums=kept(spec.sums)) for spec in block.computed]
    empty = {name for name, ids in sets.items() if not ids}
    return replace(
        block,
        sets={name: ids for name, ids in sets.items() if ids},
        computed=tuple(spec for spec in sums if spec.sums and not empty.intersection(spec.sums)),
    )


def _ids(lines: tuple[Any, ...], axis: str, prefix: str = "") -> Iterator[str]:
    """Give the ids of all rows or columns, those inside others as well, joined by dots."""
    for line in lines:
        name = join_address(prefix, line.id)
        if line.id:
            yield name
        yield from _ids(getattr(line, axis), axis, name)


def _edit(lines: tuple[Any, ...], axis: str, wanted: str, change: Change, prefix: str = "") -> Iterator[Any]:
    """Give the rows or columns with the change made; a label over others goes with the last of them."""
    for line in lines:
        name = join_address(prefix, line.id)
        inside: tuple[Any, ...] = getattr(line, axis)
        if line.id and name == wanted:
            if change.drop:
                continue
            if change.relabel:
                yield replace(line, label=change.label, en=change.en or line.en, aliases=change.aliases)
                continue
            yield line
            yield change.row or change.column
            continue
        edited = tuple(_edit(inside, axis, wanted, change, name))
        if edited or not inside:
            yield replace(line, **{axis: edited})
