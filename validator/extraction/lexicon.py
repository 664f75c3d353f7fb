"""Every label of a form, ready for look-up: which row, column, group, block or heading a text may be."""

from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from validator.characters import fold
from validator.model.form import Form, FormBlock, FormRow, FormTable

from .labels import Label, likeness, read_label, tails


class Role(Enum):
    """What a label labels."""

    ROW = "row"
    COLUMN = "column"
    GROUP = "group"
    BLOCK = "block"
    HEADING = "heading"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Entry:
    """One label of the form and what it stands for; `index` is the row's or column's place in its table."""

    role: Role
    table: str
    label: Label
    index: int = -1


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table of the form with the block it lies in."""

    row: FormRow
    block: FormBlock
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Lexicon:
    """The labels of one form. `rows` and `tables` are by table id; `by_core` finds entries by exact words."""

    form: Form
    tables: dict[str, FormTable]
    rows: dict[str, tuple[TableRow, ...]]
    by_core: dict[str, tuple[Entry, ...]] = field(default_factory=dict)

    def exact(self, label: Label) -> tuple[Entry, ...]:
        """Give the entries whose words are exactly these."""
        return self.by_core.get(label.core, ())

    def find(self, text: str) -> tuple[Entry, ...]:
        """Give the entries that a printed text or one of its tails is, by exact words; the longest tail wins."""
        for label in tails(text):
            if found := self.by_core.get(label.core):
                same = tuple(e for e in found if e.label.number == label.number)
                return same or found
        return ()

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

    def rank_rows(self, table: str, text: str) -> list[tuple[float, int]]:
        """Give (likeness, row index) of the table's rows for a damaged label, the likeliest first."""
        ranked = []
        printed = tails(text)
        for index, row in enumerate(self.rows[table]):
            score = max((likeness(p, o) for p in printed for o in row.labels), default=0.0)
            if score >= 0.55:
                ranked.append((score, index))
        return sorted(ranked, key=lambda pair: (-pair[0], pair[1]))


UNITS = frozenset(["件", "条", "次", "篇", "个", "人", "人次", "万元", "元", "项", "份", "宗"])


@lru_cache(maxsize=16)
def lexicon_of(form: Form) -> Lexicon:
    """Build the lexicon of a form; built once for each form."""
    rows = {
        table.id: tuple(
            TableRow(row, block, tuple(dict.fromkeys(map(read_label, (row.label.zh, *row.aliases)))))
            for block in table.blocks
            for row in block.rows
        )
        for table in form.tables
    }
    by_core: dict[str, list[Entry]] = {}

    def add(role: Role, table: str, text: str, index: int = -1) -> None:
        label = read_label(text)
        entries = by_core.setdefault(label.core, [])
        entry = Entry(role, table, label, index)
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
    )


def squeeze(text: str) -> str:
    """Give a text folded and without any blank, for plain substring search."""
    return "".join(fold(text).split())
