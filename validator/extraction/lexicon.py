"""Every label of a form, ready for look-up: which row, column, group, block or heading a text may be."""

from enum import Enum
from functools import lru_cache
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from validator.characters import fold
from validator.model.form import Form, FormBlock, FormColumn, FormRow, FormTable, join_address

from .labels import Label, bare_words, likeness, read_label, tails, without_note

K = TypeVar("K")
V = TypeVar("V")


class Role(Enum):
    """What a label labels."""

    ROW = "row"
    COLUMN = "column"
    GROUP = "group"
    BLOCK = "block"
    HEADING = "heading"
    NOTE = "note"


class Kind(Enum):
    """What a text can be at the front of a row."""

    UNKNOWN = 0
    ROW = 1
    """The label of a row and of nothing else: figures follow."""
    OTHER = 2
    """A group, a header or a heading: more labels may follow."""


class Entry(msgspec.Struct, frozen=True):
    """One label of the form and what it stands for; `index` is the row's or column's place in its table."""

    role: Role
    table: str
    label: Label
    index: int = -1


class TableRow(msgspec.Struct, frozen=True):
    """A row of a table of the form with the block it lies in, its labels and the addresses of its cells."""

    row: FormRow
    block: FormBlock
    labels: tuple[Label, ...]
    columns: tuple[FormColumn, ...]
    addresses: tuple[str, ...]


class Lexicon(msgspec.Struct, frozen=True):
    """The labels of one form. `rows` and `tables` are by table id; `by_core` finds entries by exact words.

    `words` are the bare words of every label, `beginnings` all that one of them may begin with.

    Labels repeat from report to report: `found`, `headings`, `kinds` and `ranked` keep what was looked up before.
    """

    form: Form
    tables: dict[str, FormTable]
    rows: dict[str, tuple[TableRow, ...]]
    by_core: dict[str, tuple[Entry, ...]] = msgspec.field(default_factory=dict)
    words: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()
    found: dict[str, tuple[Entry, ...]] = msgspec.field(default_factory=dict)
    headings: dict[str, Entry | None] = msgspec.field(default_factory=dict)
    kinds: dict[str, Kind] = msgspec.field(default_factory=dict)
    ranked: dict[tuple[str, str], tuple[tuple[float, int], ...]] = msgspec.field(default_factory=dict)

    def find(self, text: str) -> tuple[Entry, ...]:
        """Give the entries that a printed text or one of its tails is, by exact words; the longest tail wins."""
        entries = self.found.get(text)
        if entries is None:
            entries = self._look_up(text)
            _keep(self.found, text, text, entries)
        return entries

    def heading(self, text: str) -> Entry | None:
        """Give the heading of the table whose section a line opens, None for any other line."""
        if text in self.headings:
            return self.headings[text]
        found = self._look_up_heading(text)
        _keep(self.headings, text, text, found)
        return found

    def _look_up_heading(self, text: str) -> Entry | None:
        core = read_label(text.removeprefix("附件").lstrip("：:")).core
        for table in self.tables.values():
            wanted = read_label(table.heading)
            if core == wanted.core or (
                wanted.core in core and len(core) <= len(wanted.core) + 14 and "全文" not in core
            ):
                return Entry(Role.HEADING, table.id, wanted)
        return next((e for e in self.by_core.get(core, ()) if e.role is Role.HEADING), None)

    def kind(self, text: str) -> Kind:
        """Say what a text can be at the front of a row."""
        kind = self.kinds.get(text)
        if kind is None:
            roles = {entry.role for entry in self.find(text)}
            only_row = Role.ROW in roles and not roles & {Role.COLUMN, Role.GROUP}
            kind = Kind.ROW if only_row else Kind.OTHER if roles else Kind.UNKNOWN
            _keep(self.kinds, text, text, kind)
        return kind

    def _look_up(self, text: str) -> tuple[Entry, ...]:
        for label in tails(text):
            if found := self.by_core.get(label.core):
                same = tuple(e for e in found if e.label.number == label.number)
                return same or found
        bare = without_note(text)
        entries = self.find(bare) if bare != fold(text).strip() else ()
        return () if any(map(self._has_note, entries)) else entries

    def _has_note(self, entry: Entry) -> bool:
        """Whether the form itself prints a note behind this label of a row: another one there is a damaged label."""
        core = entry.label.core
        labels = self.rows[entry.table][entry.index].labels if entry.role is Role.ROW else ()
        return any(label.core != core and label.core.startswith(core) for label in labels)

    def is_inside(self, entries: tuple[Entry, ...], group: tuple[Entry, ...]) -> bool:
        """Whether the first of these entries is a row that stands under the row or group of the second."""
        names = {entry.label.core for entry in group}
        return any(
            read_label(above.zh).core in names
            for entry in entries
            if entry.role is Role.ROW
            for above in self.rows[entry.table][entry.index].row.groups
        )

    def begins_other_row(self, text: str, entries: tuple[Entry, ...]) -> bool:
        """Whether a text is the beginning of a row's label that is none of these entries."""
        own = {(entry.table, entry.index) for entry in entries}
        best = max(((score, table, i) for table in self.rows for score, i in self.rank_rows(table, text)), default=None)
        return best is not None and best[0] >= 0.8 and best[1:] not in own

    def rank_rows(self, table: str, text: str) -> tuple[tuple[float, int], ...]:
        """Give (likeness, row index) of the table's rows for a damaged label, the likeliest first."""
        ranked = self.ranked.get((table, text))
        if ranked is None:
            printed = tails(text)
            scores = (
                (max((likeness(p, o) for p in printed for o in row.labels), default=0.0), index)
                for index, row in enumerate(self.rows[table])
            )
            likely = [(score, index) for score, index in scores if score >= _LIKELY]
            ranked = tuple(sorted(likely, key=lambda pair: (-pair[0], pair[1])))
            _keep(self.ranked, (table, text), text, ranked)
        return ranked


_LIKELY = 0.55
_REMEMBERED = 4096
_REMEMBERED_LENGTH = 60


def _keep(known: dict[K, V], key: K, text: str, value: V) -> None:
    """Remember what a text was found to be, up to a number and a length of texts."""
    if len(text) <= _REMEMBERED_LENGTH and len(known) < _REMEMBERED:
        known[key] = value


_UNITS = frozenset(
    ["件", "条", "條", "次", "篇", "个", "個", "人", "人次", "万元", "萬元", "元", "项", "項", "份", "宗"]
)


def is_unit(text: str) -> bool:
    """Whether a cell holds the unit of its row and nothing else."""
    if text.isascii():
        return False
    return text in _UNITS or (len(text) <= 6 and "".join(text.split()) in _UNITS)


def _table_row(table: FormTable, block: FormBlock, row: FormRow) -> TableRow:
    labels = tuple(dict.fromkeys(map(read_label, (row.label.zh, *row.aliases))))
    columns = tuple(replace(column, money=True) for column in block.columns) if row.money else block.columns
    addresses = tuple(join_address(table.prefix, row.id, column.id) for column in columns)
    return TableRow(row, block, labels, columns, addresses)


@lru_cache(maxsize=16)
def lexicon_of(form: Form) -> Lexicon:
    """Build the lexicon of a form; built once for each form."""
    rows = {
        table.id: tuple(_table_row(table, block, row) for block in table.blocks for row in block.rows)
        for table in form.tables
    }
    by_core: dict[str, list[Entry]] = {}
    words: set[str] = set()

    def add(role: Role, table: str, text: str, index: int = -1, *, means: str = "") -> None:
        label = read_label(text)
        words.add(bare_words(text))
        entries = by_core.setdefault(label.core, [])
        entry = Entry(role, table, read_label(means) if means else label, index)
        if label.core and entry not in entries:
            entries.append(entry)

    for table in form.tables:
        for index, row in enumerate(rows[table.id]):
            for text in (row.row.label.zh, *row.row.aliases):
                add(Role.ROW, table.id, text, index)
        for block in table.blocks:
            for group in {g.zh for r in block.rows for g in r.groups}:
                add(Role.GROUP, table.id, group)
            for group in {g.zh for c in block.columns for g in c.groups}:
                add(Role.GROUP, table.id, group)
            for group, aliases in block.aliases.items():
                for text in aliases:
                    add(Role.GROUP, table.id, text, means=group)
            for index, column in enumerate(block.columns):
                for text in (column.label.zh, *column.aliases):
                    add(Role.COLUMN, table.id, text, index)
            add(Role.BLOCK, table.id, block.label)
            if block.note:
                add(Role.NOTE, table.id, block.note)
        add(Role.HEADING, table.id, table.heading)
    return Lexicon(
        form,
        {table.id: table for table in form.tables},
        rows,
        {core: tuple(entries) for core, entries in by_core.items()},
        frozenset(words),
        frozenset(word[:end] for word in words for end in range(1, len(word) + 1)),
    )


def squeeze(text: str) -> str:
    """Give a text folded and without any blank, for plain substring search."""
    return "".join(fold(text).split())
