"""The words of a header in the order in which they are printed -> which figure of a row is in which column of the form.

Where the carrier shows no columns, the words alone tell: a header of several rows prints each label beside its
neighbours and the labels below a group after it. Words that fit no such order, or two, leave the columns unclear.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from validator.model.document import Cell
from validator.model.form import FormColumn

from .labels import Label, likeness, read_label

_LONGEST = 120
"""A longer text is no label of a header."""
_LIKE = 0.7
"""So like must a damaged name be: one character of six may be another."""
_MOST_GUESSES = 4096
_MOST_WORDS = 90
"""Headers of more words than this, six copies of the longest, are looked at from their end."""


class Word(NamedTuple):
    """A label of a header: its name in the form, and the row it is printed in, None where rows are not shown.

    `guessed`: it is damaged or cut short, and tells something only as part of a whole header.
    """

    name: str
    line: object
    guessed: bool = False


class Node(NamedTuple):
    """A column of the form, or a group of them: its name, what stands below it, and the column's place."""

    name: str
    children: tuple["Node", ...] = ()
    column: int = -1

    def leaves(self) -> Iterator["Node"]:
        """Give the columns below, in the order of the form."""
        for child in self.children:
            yield from child.leaves() if child.children else (child,)


class Heading:
    """The labels above the columns of one block of a form, as a tree."""

    def __init__(self, columns: Sequence[FormColumn]) -> None:
        self.root = _grow("", list(enumerate(columns)), 0)
        self.leaves = tuple(leaf.name for leaf in self.root.leaves())
        self.distinct = len(set(self.leaves)) == len(self.leaves)
        self.names = {read_label(group.zh).core: read_label(group.zh).core for c in columns for group in c.groups}
        self._guessed: dict[str, tuple[str, ...]] = {}
        for column in columns:
            for text in (column.label.zh, *column.aliases):
                self.names[read_label(text).core] = read_label(column.label.zh).core

    def words(self, cells: Iterable[Cell], line: object) -> Iterator[Word]:
        """Find the labels among printed cells; one cell may hold several, as in a line of text."""
        for cell in cells:
            label = read_label(cell.text) if len(cell.text) <= _LONGEST else None
            if label is not None and label.number is None:
                found = self._segment(label.core) or self._split(cell.text.split())
                yield from (Word(name, line) for name in found)
                if not found:
                    yield from (Word(name, line, guessed=True) for name in self.guess(label))

    def guess(self, label: Label) -> tuple[str, ...]:
        """Give the one name that a label may be the beginning of or be damaged from; () if none or several."""
        core = label.core
        if core not in self._guessed:
            begun = {name for name in self.leaves if name.startswith(core)} if len(core) > 1 else set()
            likely = begun or {name for name in self.leaves if likeness(label, Label(name, None)) > _LIKE}
            self._guessed[core] = tuple(likely) if len(likely) == 1 and len(self._guessed) < _MOST_GUESSES else ()
        return self._guessed[core]

    def _segment(self, core: str) -> tuple[str, ...]:
        """Take a text apart into names and nothing else; () if that is not possible."""
        if core in self.names:
            return (self.names[core],)
        for end in range(len(core) - 2, 1, -1):
            if core[:end] in self.names and (rest := self._segment(core[end:])):
                return (self.names[core[:end]], *rest)
        return ()

    def _split(self, pieces: list[str]) -> list[str]:
        """Find names among the pieces of a text; a name may be broken by blanks."""
        found = []
        start = 0
        while start < len(pieces) > 1:
            for end in range(min(len(pieces), start + 4), start, -1):
                label = read_label("".join(pieces[start:end]))
                if label.number is None and label.core in self.names:
                    found.append(self.names[label.core])
                    start = end - 1
                    break
            start += 1
        return found

    def deal(self, names: Sequence[str], count: int) -> list[list[str]]:
        """Deal the names above a row to the so many parts of the table that stand side by side in it."""
        groups = [
            name for name in names if any(g.name == name for g in parents(self.root) if not g.children[0].children)
        ]
        leaves = [name for name in names if name in self.leaves]
        if count == 1 or len(groups) != count or len(leaves) % count:
            return [list(names)] * count
        each = len(leaves) // count
        return [[group, *leaves[i * each : (i + 1) * each]] for i, group in enumerate(groups)]

    def is_level(self, names: Sequence[str]) -> bool:
        """Whether a group stands on one line with what stands beside it in the form."""
        return any(
            child.children
            and child.name in names
            and any(other.name in names for other in parent.children if other is not child)
            for parent in parents(self.root)
            for child in parent.children
        )

    def order(self, words: Sequence[Word], *, loose: bool = False) -> tuple[int, ...] | None:
        """Give the column of the form of each printed column; () if the words contradict, None if they do not tell.

        A header may be printed more than once before the first figures; then all must say the same. `loose`: where a
        group stands among what stands beside it is not sure.
        """
        words = words[-_MOST_WORDS:]
        for start in range(len(words) - len(self.leaves) + 1):
            orders = self._orders(words[start:])
            if orders and start:
                orders |= self._orders(words[:start])
            if orders:
                plain = tuple(range(len(self.leaves)))
                if plain in orders or (
                    loose and self._may_be_as_in_form([word.name for word in words if not word.guessed])
                ):
                    return plain
                return orders.pop() if len(orders) == 1 else ()
        return None if self._may_be_as_in_form([word.name for word in words if not word.guessed]) else ()

    def _orders(self, words: Sequence[Word]) -> set[tuple[int, ...]]:
        """Give the orders that whole headers of these words can mean."""
        return {order for order in (self._by_levels(words), self._by_last_row(words)) if order}

    def _by_levels(self, words: Sequence[Word]) -> tuple[int, ...]:
        """Read a header whose labels stand as high as they can: first all under nothing, then all under the first."""
        nodes, ordered = [self.root], {}
        at = 0
        lines: list[set[object]] = []
        while nodes:
            begun = at
            below: list[Node] = []
            for node in nodes:
                by_name = {child.name: child for child in node.children}
                taken = [word.name for word in words[at : at + len(by_name)]]
                if len(by_name) < len(node.children) or set(taken) != by_name.keys():
                    return ()
                at += len(taken)
                ordered[id(node)] = [by_name[name] for name in taken]
                below += [child for child in ordered[id(node)] if child.children]
            lines.append({word.line for word in words[begun:at]} - {None})
            nodes = below
        if at < len(words) or any(above & below_ for above, below_ in pairwise(lines)):
            return ()
        return tuple(_flatten(self.root, ordered))

    def _by_last_row(self, words: Sequence[Word]) -> tuple[int, ...]:
        """Read a header whose last row names every column, with groups in rows above or none."""
        names = set(self.leaves)
        places = [n for n, word in enumerate(words) if word.name in names]
        lines = {words[n].line for n in places}
        if len(places) != len(self.leaves) or places[-1] - places[0] >= len(places) or places[-1] < len(words) - 1:
            return ()
        if None not in lines and len(lines) > 1:
            return ()
        printed = [words[n].name for n in places]
        if self.distinct:
            return tuple(self.leaves.index(name) for name in printed) if set(printed) == names else ()
        above = [word.name for word in words[: places[0]]]
        order: list[int] = []
        for node in _groups(self.root, above):
            by_name = {child.name: child.column for child in node.children}
            taken = printed[len(order) : len(order) + len(by_name)]
            if set(taken) != by_name.keys():
                return ()
            order += [by_name[name] for name in taken]
        return tuple(order) if len(order) == len(printed) else ()

    def _may_be_as_in_form(self, names: Sequence[str]) -> bool:
        """Whether what is legible of a header agrees with the form: its columns in that order, none twice."""
        printed = [name for name in names if name in self.leaves]
        if not self.distinct:
            form = iter(self.leaves * (1 + len(printed) // len(self.leaves)))
            return all(name in form for name in printed)
        if len(printed) == len(self.leaves) and len(set(printed)) == len(printed) - 1:
            return False
        for group in parents(self.root):
            places = [[child.name for child in group.children].index(n) for n in printed if _has(group, n)]
            seen: set[int] = set()
            for before, after in pairwise(places):
                seen.add(before)
                if after < before and after not in seen:
                    return False
        return True


def _has(group: Node, name: str) -> bool:
    return any(child.name == name and not child.children for child in group.children)


def _grow(name: str, columns: list[tuple[int, FormColumn]], depth: int) -> Node:
    """Make the tree of some columns from the labels above them, from this depth on."""
    children: list[Node] = []
    at = 0
    while at < len(columns):
        place, column = columns[at]
        if len(column.groups) <= depth:
            children.append(Node(read_label(column.label.zh).core, (), place))
            at += 1
            continue
        above = column.groups[depth].zh
        inside = [c for c in columns[at:] if len(c[1].groups) > depth and c[1].groups[depth].zh == above]
        children.append(_grow(read_label(above).core, inside, depth + 1))
        at += len(inside)
    return Node(name, tuple(children))


def _flatten(node: Node, ordered: dict[int, list[Node]]) -> Iterator[int]:
    for child in ordered[id(node)]:
        if child.children:
            yield from _flatten(child, ordered)
        else:
            yield child.column


def parents(node: Node) -> Iterator[Node]:
    """Give every group, and what has none above it, in the order of the form."""
    yield node
    for child in node.children:
        if child.children:
            yield from parents(child)


def _groups(node: Node, above: Sequence[str]) -> Iterator[Node]:
    """Give the groups right above columns, in the order in which their names are printed, else in that of the form."""
    inner = [child for child in node.children if child.children]
    if not inner:
        yield node
        return
    if all(child.name in above for child in inner):
        inner.sort(key=lambda child: above.index(child.name))
    for child in inner:
        yield from _groups(child, above)


@lru_cache(maxsize=64)
def heading_of(columns: tuple[FormColumn, ...]) -> Heading:
    """Give the heading of these columns; made once for each block of a form."""
    return Heading(columns)


def one_by_one(words: Sequence[Sequence[str]], groups: Sequence[Node]) -> tuple[int, ...]:
    """Give the column of each figure that has a part of its own, by the last name beside it and the group above."""
    order: list[int] = []
    named = any(group.name in names for names in words for group in groups)
    current: Node | None = None
    for names in words:
        above = [group for group in groups if group.name in names]
        current = above[-1] if above else current
        choices = [current] if named and current is not None else [] if named else groups
        found = [child.column for group in choices for child in group.children if names and child.name == names[-1]]
        found = [column for column in found if column not in order]
        if not found:
            return ()
        order.append(found[0])
    return tuple(order)
