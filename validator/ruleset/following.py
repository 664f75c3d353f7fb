"""A form file that follows another -> the same with what it does not say itself: tables, rows, columns, words."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from validator.errors import RuleError
from validator.model.form import join_address
from validator.records import nearest

from .form_file import BlockSpec, Change, FormFile, TableSpec


def follow(file: FormFile, before: FormFile, place: str) -> FormFile:
    """Give a form with all that it takes over from the form that it follows; RuleError names what is not there."""
    tables = {table.id: table for table in before.tables}
    for name in file.without:
        if name not in tables:
            raise RuleError(f"{place}: without: form {before.id} has no table {name!r}{nearest(name, tables)}")
        del tables[name]
    for table in file.tables:
        at = f"{place}: table {table.id}"
        if table.blocks:
            tables[table.id] = table
        elif table.id in tables:
            tables[table.id] = _follow_table(table, tables[table.id], at)
        else:
            raise RuleError(f"{at}: form {before.id} has none of this id{nearest(table.id, tables)}; give its blocks")
    return replace(
        file,
        tables=tuple(tables.values()),
        keys=file.keys or before.keys,
        sections=file.sections or before.sections,
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
        raise RuleError(f"{place}: say drop, or relabel and label, or row and below, or column and right_of")
    wanted = "".join(named)
    changed = [_change_block(block, change, wanted, place) for block in blocks]
    if tuple(changed) == blocks:
        ids = [name for block in blocks for name in (*_ids(block.rows, "rows"), *_ids(block.columns, "columns"))]
        raise RuleError(f"{place}: no row or column {wanted!r}{nearest(wanted, ids)}")
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
            raise RuleError(f"{place}: sets: no set {name!r}{nearest(name, sets)}")
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
