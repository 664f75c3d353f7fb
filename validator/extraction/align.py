"""Which printed row is which row of the form: by its words where they tell, by its place where they fail.

A row whose words are those of one row of the form is an anchor. Between two anchors, rows without readable words
take the rows of the form that are left if there are as many of the one as of the other. Nothing else is assumed.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from .labels import read_label
from .lexicon import Entry, Lexicon, Role, TableRow, is_unit
from .printed import PrintedRow, Show

_SURE = 0.75
_CLEAR = 0.08
"""How much likelier than the next row of the form a damaged label must be to name its row."""

_NOTE_WORDS = ("注:", "注：", "备注:", "备注：", "说明:", "说明：", "*", "※")
_NOTE_BEGINS = (*_NOTE_WORDS, "(", "（")


class Alignment(msgspec.Struct):
    """Printed rows by index of the form's row; what was left on either side, and how sure the words were.

    `unsure` are rows of the form that one of the `unplaced` printed rows may be. `damaged` are rows whose words
    had to be guessed at or told by place; `disordered` and `repeated` are printed rows.
    """

    placed: dict[int, PrintedRow] = msgspec.field(default_factory=dict)
    unsure: set[int] = msgspec.field(default_factory=set)
    damaged: set[int] = msgspec.field(default_factory=set)
    extra: list[PrintedRow] = msgspec.field(default_factory=list)
    repeated: list[tuple[int, PrintedRow]] = msgspec.field(default_factory=list)
    disordered: list[int] = msgspec.field(default_factory=list)


class _Anchor(NamedTuple):
    printed: int
    row: int
    weight: float
    exact: bool


def align(printed: Sequence[PrintedRow], table: str, lexicon: Lexicon) -> Alignment:
    """Match the printed rows of one table with the rows of the form."""
    rows = lexicon.rows[table]
    widths = [len(row.block.columns) for row in rows]
    printed = _without_strays(printed, widths, table)
    alignment = Alignment()
    anchors = _anchors(printed, table, lexicon)
    chain = _longest_chain(anchors)
    used = {anchor.printed for anchor in chain}
    for anchor in chain:
        alignment.placed[anchor.row] = printed[anchor.printed]
        if not anchor.exact:
            alignment.damaged.add(anchor.row)
    _place_disordered(anchors, used, printed, alignment)
    _fill_gaps(chain, used, printed, table, lexicon, alignment)
    _place_standing_alone(printed, table, lexicon, alignment)
    return alignment


def _place_standing_alone(printed: Sequence[PrintedRow], table: str, lexicon: Lexicon, alignment: Alignment) -> None:
    """Place a group's label without slots as a row of blanks where none of the group's rows is printed."""
    rows = lexicon.rows[table]
    ids = {row.row.id: index for index, row in enumerate(rows)}
    for index, row in enumerate(rows):
        if not row.row.stands_for:
            continue
        children = [ids[child] for child in row.row.stands_for]
        shown_children = [child for child in children if child in alignment.placed]
        if index in alignment.placed and shown_children and len(shown_children) < len(children):
            # The figures beside the group's label are those of the row whose own label is lost.
            del alignment.placed[index]
            alignment.damaged.discard(index)
            alignment.disordered = [other for other in alignment.disordered if other != index]
            alignment.unsure.update(child for child in children if child not in alignment.placed)
        if index not in alignment.placed and not any(child in alignment.placed for child in children):
            shown = (p for p in printed if any(e.table == table and e.index == index for e in p.entries))
            if alone := next((p for p in shown if not p.slots), None):
                alignment.placed[index] = alone


def _without_strays(printed: Sequence[PrintedRow], widths: list[int], table: str) -> Sequence[PrintedRow]:
    """Drop bare lines where the table itself is framed: they are torn pieces of its labels."""
    least = max(1, min(widths))
    if sum([row.show is Show.ALL and len(row.slots) >= least for row in printed]) < 3:
        return printed
    return [row for row in printed if row.show is Show.ALL or _has_fitting_slots(row, widths, table)]


def _has_fitting_slots(row: PrintedRow, widths: list[int], table: str) -> bool:
    """Whether a row has as many slots as the row of the form it names has columns, or any row if it names none."""
    exact = row.row_entry(table)
    if exact is None:
        return len(row.slots) > 1 and len(row.slots) in widths
    return len(row.slots) == widths[exact.index]


def _anchors(printed: Sequence[PrintedRow], table: str, lexicon: Lexicon) -> list[_Anchor]:
    rows = lexicon.rows[table]
    anchors: list[_Anchor] = []
    for position, row in enumerate(printed):
        entries = [e for e in row.entries if e.role is Role.ROW and e.table == table]
        if not row.labels:
            continue
        if len(entries) > 1:
            entries = _inside_printed_groups(entries, row, rows)
        for entry in entries:
            if not row.slots and not _speaks_for_itself(entry, rows[entry.index].row.stands_for, row.entries):
                continue
            anchors.append(_Anchor(position, entry.index, 10.0 + (3.0 if row.slots else 0.0), exact=True))
        if entries or (row.entries and not row.slots):
            continue
        ranked = _rank(row, table, lexicon)
        if not ranked or ranked[0][0] < _SURE or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLEAR):
            continue
        score, index = ranked[0]
        if row.slots or score > 0.85:
            anchors.append(_Anchor(position, index, 5.0 * score, exact=False))
    return anchors


def _inside_printed_groups(entries: list[Entry], row: PrintedRow, rows: tuple[TableRow, ...]) -> list[Entry]:
    """Keep those of several rows of the same words that stand under most of the labels printed before these words."""
    printed = read_label(row.text).core
    named = []
    for entry in entries:
        before = printed.removesuffix(entry.label.core)
        named.append(sum(read_label(group.zh).core in before for group in rows[entry.index].row.groups))
    return [entry for entry, count in zip(entries, named, strict=True) if count == max(named)]


def _speaks_for_itself(entry: Entry, stands_for: tuple[str, ...], entries: tuple[Entry, ...]) -> bool:
    """Whether a label without any slot still names a row: not a group's label, nor a word that may be a header."""
    return not stands_for and bool(entry.label.core) and all(e.role is Role.ROW for e in entries)


def _longest_chain(anchors: list[_Anchor]) -> list[_Anchor]:
    """Give the heaviest sequence of anchors that keeps both orders."""
    if all(a.printed < b.printed and a.row < b.row for a, b in pairwise(anchors)):
        return anchors
    best: list[tuple[float, int]] = []
    for i, anchor in enumerate(anchors):
        weight, before = anchor.weight, -1
        for j in range(i):
            earlier = anchors[j]
            if (
                earlier.printed < anchor.printed
                and earlier.row < anchor.row
                and best[j][0] + anchor.weight > weight + 1e-9
            ):
                weight, before = best[j][0] + anchor.weight, j
        best.append((weight, before))
    if not best:
        return []
    index = max(range(len(best)), key=lambda i: best[i][0])
    chain = []
    while index >= 0:
        chain.append(anchors[index])
        index = best[index][1]
    return chain[::-1]


def _place_disordered(
    anchors: list[_Anchor], used: set[int], printed: Sequence[PrintedRow], alignment: Alignment
) -> None:
    """Place rows whose exact words name one row of the form only, though they stand out of order."""
    exact: dict[int, list[_Anchor]] = {}
    for anchor in anchors:
        if anchor.exact and anchor.printed not in used:
            exact.setdefault(anchor.printed, []).append(anchor)
    for position, choices in exact.items():
        used.add(position)
        row = printed[position]
        if len(choices) > 1 or not row.slots:
            continue
        index = choices[0].row
        if index not in alignment.placed:
            alignment.placed[index] = row
            alignment.disordered.append(index)
        elif not alignment.placed[index].slots:
            alignment.placed[index] = row
        else:
            alignment.repeated.append((index, row))


def _fill_gaps(
    chain: list[_Anchor],
    used: set[int],
    printed: Sequence[PrintedRow],
    table: str,
    lexicon: Lexicon,
    alignment: Alignment,
) -> None:
    rows = lexicon.rows[table]
    edges = [_Anchor(-1, -1, 0, exact=True), *chain, _Anchor(len(printed), len(rows), 0, exact=True)]
    for before, after in pairwise(edges):
        if after.row == before.row + 1 and after.printed == before.printed + 1:
            continue
        free = [i for i in range(before.row + 1, after.row) if i not in alignment.placed]
        free = [i for i in free if not rows[i].row.stands_for]
        between = [p for p in range(before.printed + 1, after.printed) if p not in used]
        loose = [printed[p] for p in between if _may_hold_figures(printed[p]) and not _is_note(printed[p], rows)]
        if loose and not free and before.printed >= 0:
            alignment.extra.extend(row for row in loose if _is_extra(row, rows[max(before.row, 0)].block.columns))
        elif loose and free and chain:
            _place_loose(loose, free, table, lexicon, alignment)


def _may_hold_figures(row: PrintedRow) -> bool:
    """Whether a row that no anchor took may be a row of figures: it has slots and no known words of another kind."""
    if row.entries and not any(e.role is Role.ROW for e in row.entries):
        return False
    return any(cell.text for cell in row.slots) or bool(row.labels and row.slots and row.show is Show.ALL)


def _is_note(row: PrintedRow, rows: tuple[TableRow, ...]) -> bool:
    """Whether a row without figures is a note: one that says so, or that of a label of the form, set apart."""
    text = row.text.strip()
    if not text.startswith(_NOTE_BEGINS) or any(cell.text and not is_unit(cell.text) for cell in row.slots):
        return False
    if text.startswith(_NOTE_WORDS):
        return True
    core = read_label(text.strip("()（）")).core
    return len(core) >= 4 and any(core in label.core for other in rows for label in other.labels)


def _place_loose(loose: list[PrintedRow], free: list[int], table: str, lexicon: Lexicon, alignment: Alignment) -> None:
    """Place rows without readable words: all of a gap by their number, or those whose damaged words fit one row."""
    rows = lexicon.rows[table]
    fitting = [row for row in loose if len(row.slots) >= len(rows[free[0]].block.columns)]
    if len(fitting) == len(free) and all(
        not row.labels or _may_be(row, table, index, lexicon) for row, index in zip(fitting, free, strict=True)
    ):
        for row, index in zip(fitting, free, strict=True):
            alignment.placed[index] = row
            alignment.damaged.add(index)
        return
    for row in loose:
        ranked = [(s, i) for s, i in _rank(row, table, lexicon) if i in free] if row.labels else []
        if ranked and (len(ranked) == 1 or ranked[0][0] > ranked[1][0] + 0.1):
            index = ranked[0][1]
            alignment.placed.setdefault(index, row)
            alignment.damaged.add(index)
            free = [i for i in free if i != index]
        elif row.labels and not ranked and len(row.text) > 4:
            if not row.entries:
                alignment.extra.append(row)
        else:
            alignment.unsure.update(free)


def _rank(row: PrintedRow, table: str, lexicon: Lexicon) -> Sequence[tuple[float, int]]:
    """Rank the rows of the form by the words of a printed one; in lines, without those numbered otherwise.

    The line that the figures stand in begins a label of its own, if it is numbered: words above it are another's.
    """
    ranked = lexicon.rank_rows(table, row.text)
    number = read_label(row.labels[-1].text).number if row.table is None and len(row.labels) > 1 else None
    if number is None:
        return ranked
    rows = lexicon.rows[table]
    return [(score, index) for score, index in ranked if any(o.number in (number, None) for o in rows[index].labels)]


def _may_be(row: PrintedRow, table: str, index: int, lexicon: Lexicon) -> bool:
    """Whether the words of a row, as far as they are readable, do not name another row of the form."""
    ranked = _rank(row, table, lexicon)
    return not ranked or any(i == index for _, i in ranked)


def _is_extra(row: PrintedRow, columns: tuple[object, ...]) -> bool:
    return bool(row.labels) and len(row.slots) >= len(columns) and not row.entries


__all__ = ["Alignment", "align"]
