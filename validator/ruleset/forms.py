"""Form files -> model.form.Form: nested groups of rows and columns spelled out, labels kept as printed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from validator.errors import RuleError
from validator.model.bilingual import Bilingual
from validator.model.form import ComputedCell, Form, FormBlock, FormColumn, FormRow, FormTable, join_address
from validator.words import ask_nearest

from .form_file import BlockSpec, ColumnSpec, FormFile, RowSpec, SumSpec, TableSpec, follow
from .reading import fill, read_yaml

RESERVED = ("", "narrative")
"""What stands for the form of a report that has no table of any."""


def read_forms(paths: Iterable[Path]) -> dict[str, Form]:
    """Read form files, by family in the order of their first years; RuleError names the file that does not fit."""
    files: dict[str, FormFile] = {}
    places: dict[str, Path] = {}
    for path in paths:
        file = fill(FormFile, read_yaml(path), str(path))
        if file.id != path.stem:
            raise RuleError.of("file-id-differs", place=str(path), name=file.id)
        if file.id in RESERVED:
            raise RuleError.of("form-reserved", place=str(path), name=file.id)
        if file.id in files:
            raise RuleError.of("form-taken", place=str(path), name=file.id, other=str(places[file.id]))
        files[file.id], places[file.id] = file, path
    forms: dict[str, Form] = {}
    ordered = sorted(files.values(), key=lambda file: (file.family, file.first_year, file.id))
    for _, family in groupby(ordered, key=lambda file: file.family):
        forms |= _chain(list(family), places)
    return forms


def _chain(ordered: Sequence[FormFile], places: Mapping[str, Path]) -> Iterator[tuple[str, Form]]:
    """Give the forms of a family: each takes over from one before, and ends where the next begins."""
    whole: dict[str, FormFile] = {}
    for file in ordered:
        whole[file.id] = _complete(file, whole, str(places[file.id]))
    before: Form | None = None
    for file, later in zip(ordered, (*ordered[1:], None), strict=True):
        last_year = later.first_year - 1 if file.last_year is None and later is not None else file.last_year
        form = _form(whole[file.id], last_year, places[file.id])
        if before and (before.last_year is None or not before.first_year <= before.last_year < form.first_year):
            where = {"form": before.id, "other": before.source}
            raise RuleError.of("form-years", place=form.source, year=form.first_year, **where)
        yield form.id, form
        before = form


def _complete(file: FormFile, earlier: Mapping[str, FormFile], place: str) -> FormFile:
    """Give a form file with what it takes over from the one that it follows, if it follows one."""
    if file.after:
        if file.after not in earlier:
            near = ask_nearest(file.after, earlier)
            raise RuleError.of("form-after", place=place, name=file.after, year=file.first_year, near=near)
        file = follow(file, earlier[file.after], place)
    for table in file.tables:
        if table.name is None or not table.heading or not table.blocks:
            raise RuleError.of("form-table-parts", place=f"{place}: table {table.id}")
        if table.changes:
            raise RuleError.of("form-table-either", place=f"{place}: table {table.id}")
    if not file.tables or not file.keys:
        raise RuleError.of("form-key-missing", place=place, key="tables" if not file.tables else "keys")
    return file


def _form(file: FormFile, last_year: int | None, path: Path) -> Form:
    tables = tuple(_table(spec, str(path)) for spec in file.tables)
    computed = {
        cell.address: cell
        for table, spec in zip(tables, file.tables, strict=True)
        for block, block_spec in zip(table.blocks, spec.blocks, strict=True)
        for cell in _computed(table, block, block_spec.computed)
    }
    return Form(
        id=file.id,
        title=file.title,
        basis=file.basis,
        first_year=file.first_year,
        last_year=last_year,
        keys=file.keys,
        sections=tuple((section.label, *section.aliases) for section in file.sections),
        tables=tables,
        computed=computed,
        after=file.after,
        source=str(path),
        family=file.family,
        about=file.about,
    )


def _table(spec: TableSpec, place: str) -> FormTable:
    blocks = tuple(_block(block, f"{place}: table {spec.id}") for block in spec.blocks)
    prefix = spec.id if spec.prefix is None else spec.prefix
    name = spec.name or Bilingual(spec.id, spec.id)
    return FormTable(spec.id, prefix, name, spec.heading, blocks, spec.by_position, spec.units)


def _block(spec: BlockSpec, place: str) -> FormBlock:
    columns = tuple(column for top in spec.columns for column in _columns(top))
    rows = tuple(row for top in spec.rows for row in _rows(top))
    groups = {row.id: _words(row) for top in spec.rows for row in _groups(top)}
    figures = [row for row in rows if not row.words]
    members: dict[str, tuple[str, ...]] = {
        name: (name,) for name in (*[c.id for c in columns], *[r.id for r in figures])
    }
    members |= {group: tuple(row.id for row in figures if row.group == group) for group in groups}
    sets = {}
    for name, ids in spec.sets.items():
        for unknown in (i for i in ids if i not in members):
            raise RuleError.of(
                "form-no-part", place=f"{place}: set {name}", name=unknown, near=ask_nearest(unknown, members)
            )
        sets[name] = tuple(leaf for i in ids for leaf in members[i])
    tops: tuple[ColumnSpec | RowSpec, ...] = (*spec.rows, *spec.columns)
    aliases = {part.label: part.aliases for top in tops for part in _labels_over(top) if part.aliases}
    return FormBlock(spec.label, columns, rows, groups, sets, spec.note, aliases)


def _words(spec: ColumnSpec | RowSpec | SumSpec) -> Bilingual:
    return Bilingual(spec.label, spec.en or spec.label)


def _columns(spec: ColumnSpec, prefix: str = "", above: tuple[Bilingual, ...] = ()) -> Iterator[FormColumn]:
    """Give a column, or all columns under a label, with the ids joined by dots."""
    name = join_address(prefix, spec.id)
    if not spec.columns:
        yield FormColumn(name, _words(spec), spec.aliases, above, spec.total, spec.money, spec.signed)
    for column in spec.columns:
        yield from _columns(column, name, (*above, _words(spec)))


def _rows(spec: RowSpec, prefix: str = "", above: tuple[Bilingual, ...] = ()) -> Iterator[FormRow]:
    """Give a row, or all rows under a label; a label that may stand alone comes first, as a row of its own."""
    name = join_address(prefix, spec.id)
    parts = tuple(row for part in spec.rows for row in _rows(part, name, (*above, _words(spec))))
    if not parts or spec.may_stand_alone:
        yield FormRow(
            id=name,
            label=_words(spec),
            aliases=spec.aliases,
            groups=above,
            group=prefix,
            unit=spec.unit,
            total=spec.total,
            money=spec.money,
            stands_for=tuple(row.id for row in parts),
            words=spec.words,
            code=spec.code,
        )
    yield from parts


def _labels_over(spec: ColumnSpec | RowSpec) -> Iterator[ColumnSpec | RowSpec]:
    """Give the labels over several rows or columns, with those inside; a row that may stand alone is none."""
    inside: tuple[ColumnSpec, ...] | tuple[RowSpec, ...] = spec.rows if isinstance(spec, RowSpec) else spec.columns
    if inside and not (isinstance(spec, RowSpec) and spec.may_stand_alone):
        yield spec
    for part in inside:
        yield from _labels_over(part)


def _groups(spec: RowSpec) -> Iterator[RowSpec]:
    """Give the labels over several rows that have an id, with those inside."""
    if spec.rows and spec.id:
        yield spec
    for part in spec.rows:
        yield from _groups(part)


def _computed(table: FormTable, block: FormBlock, sums: tuple[SumSpec, ...]) -> Iterator[ComputedCell]:
    """Give the sums of a block that no cell holds: of a group of rows, of some columns, and of both."""
    rows = {row.id: (row.label, (row.id,)) for row in block.rows if not row.stands_for and not row.words}
    inside = {g: tuple(row.id for row in block.rows if row.group == g and not row.words) for g in block.groups}
    groups = {g: (label, inside[g]) for g, label in block.groups.items() if inside[g]}
    columns = {column.id: (column.label, (column.id,)) for column in block.columns}
    more = {s.id: (_words(s), tuple(leaf for i in s.sums for leaf in block.sets.get(i, (i,)))) for s in sums}
    for row_names, column_names in ((groups, columns), (groups, more), (rows, more)):
        for row, (row_label, row_parts) in row_names.items():
            for column, (label, parts) in column_names.items():
                cells = tuple(join_address(table.prefix, r, c) for r in row_parts for c in parts)
                yield ComputedCell(join_address(table.prefix, row, column), table.name, row_label, label, cells)
