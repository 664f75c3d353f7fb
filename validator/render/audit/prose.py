"""The prose of a report with its claims marked: which figures agree with the tables, and which were not checked."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

import msgspec
from msgspec.structs import replace

from validator.characters import INVISIBLE, fold
from validator.model.document import Paragraph
from validator.model.outcome import Outcome, Verdict
from validator.model.report import Claim, Report, Statement
from validator.model.result import ReportResult

_STATES = {Verdict.HOLDS: "agrees", Verdict.BROKEN: "differs", Verdict.NOT_ASSESSED: "unchecked"}
_FULL = 0.85
_WEIGHT = {"agrees": 0, "unchecked": 1, "differs": 2}


class Stated(msgspec.Struct, frozen=True):
    """A claim with what became of it (agrees, differs, unchecked), its outcome if it has one, and its cells."""

    claim: Claim
    state: str
    outcome: Outcome | None
    cells: tuple[str, ...]


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a paragraph: plain text (`state` ""), or a figure that one or more claims state.

    `id` is its id in the page, given to the first piece of a figure; `target` is the cell it leads to, "" if none.
    """

    text: str
    state: str = ""
    id: str = ""
    target: str = ""


class ParagraphView(msgspec.Struct, frozen=True):
    """A paragraph in pieces; `apart`: blank lines stand before it."""

    pieces: tuple[Piece, ...]
    apart: bool


def judge_claims(result: ReportResult, parts_of: Callable[[str], tuple[str, ...]]) -> list[Stated]:
    """Say of each claim what became of it; `parts_of` gives the printed cells behind an address.

    Last come the figures of statements that do not fit together, though each alone may agree with the tables.
    """
    if result.report is None:
        return []
    by_place: dict[tuple[object, object], list[Outcome]] = {}
    for one in result.outcomes:
        if one.location is not None and one.right is not None:
            by_place.setdefault((one.location, one.right), []).append(one)
    judged = []
    for claim in result.report.claims:
        own = (claim.quantity, claim.reading)
        outcomes = [o for o in by_place.get((claim.location, claim.value), ()) if o.instance in own]
        outcome = outcomes[0] if outcomes else None
        named = outcome.cells if outcome is not None else (claim.quantity,)
        cells = tuple(dict.fromkeys(part for address in named for part in parts_of(address)))
        judged.append(Stated(claim, _STATES[outcome.verdict] if outcome else "unchecked", outcome, cells))
    told = {id(one.outcome) for one in judged}
    for one in result.outcomes:
        if one.verdict is Verdict.BROKEN and one.location is not None and id(one) not in told:
            statement = _find_statement(one, result.report.statements)
            if statement is not None:
                cells = tuple(dict.fromkeys(part for address in one.cells for part in parts_of(address)))
                judged.append(Stated(statement.whole, "differs", one, cells))
    return judged


def _find_statement(outcome: Outcome, statements: Sequence[Statement]) -> Statement | None:
    """Find the statement that an outcome is about: by its instance, or because no other stands at that place."""
    here = [statement for statement in statements if statement.whole.location == outcome.location]
    for statement in here:
        whole = statement.whole
        parted = [f"{part.quantity} {whole.span}" for part in statement.parts[:1]]
        if outcome.instance in (whole.quantity or whole.span, *parted):
            return statement
    return here[0] if len(here) == 1 else None


def mark_prose(report: Report, stated: Sequence[Stated], prefix: str) -> tuple[list[ParagraphView], dict[int, str]]:
    """Cut the paragraphs at the figures of claims; give them, and the id in the page of each claim found in them."""
    text = _Squeezed(report.prose)
    spots: dict[tuple[int, int], list[int]] = {}
    for number, one in enumerate(stated):
        spot = text.find(one.claim)
        if spot is not None:
            spots.setdefault(spot, []).append(number)
    ids: dict[int, str] = {}
    cuts: dict[int, list[tuple[int, int, Piece]]] = {}
    end = -1
    for (start, stop), numbers in sorted(spots.items()):
        anchor = f"{prefix}-c{numbers[0]}"
        ids |= dict.fromkeys(numbers, anchor)
        if start < end:
            continue
        end = stop
        state = max((stated[number].state for number in numbers), key=_WEIGHT.__getitem__)
        target = next((cell for number in numbers for cell in stated[number].cells), "")
        for paragraph, first, last in text.stretches(start, stop):
            cuts.setdefault(paragraph, []).append((first, last, Piece("", state, anchor, target)))
            anchor = ""
    views = [_cut(paragraph, cuts.get(number, [])) for number, paragraph in enumerate(report.prose)]
    return (_join_lines(report.prose, views) if report.line_per_paragraph else views), ids


def _join_lines(prose: Sequence[Paragraph], views: Sequence[ParagraphView]) -> list[ParagraphView]:
    """Put printed lines together to paragraphs: one that is nearly as long as they get goes on in the next."""
    lengths = sorted(len(paragraph.text.strip()) for paragraph in prose)
    full = _FULL * lengths[len(lengths) * 9 // 10] if lengths else 0
    joined: list[ParagraphView] = []
    before = 0
    for paragraph, view in zip(prose, views, strict=True):
        if joined and before >= full and not paragraph.gap:
            joined[-1] = ParagraphView((*joined[-1].pieces, *view.pieces), joined[-1].apart)
        else:
            joined.append(view)
        before = len(paragraph.text.strip())
    return joined


def _cut(paragraph: Paragraph, cuts: Sequence[tuple[int, int, Piece]]) -> ParagraphView:
    pieces, at = [], 0
    for first, last, piece in cuts:
        pieces += [
            Piece(paragraph.text[at:first]),
            Piece(paragraph.text[first:last], piece.state, piece.id, piece.target),
        ]
        at = last
    pieces.append(Piece(paragraph.text[at:]))
    shown = (p if p.text.isprintable() else replace(p, text=p.text.translate(INVISIBLE)) for p in pieces)
    return ParagraphView(tuple(piece for piece in shown if piece.text), paragraph.gap > 0)


class _Squeezed:
    """The whole prose without blanks and with characters folded, to find again what claims quote."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._paragraphs = paragraphs
        squeezed = [_squeeze(paragraph.text) for paragraph in paragraphs]
        self._text = "".join(squeezed)
        self._ends = list(accumulate(map(len, squeezed)))
        self._from = 0

    def find(self, claim: Claim) -> tuple[int, int] | None:
        """Find where a claim's figure begins and ends; claims come in the order of the text."""
        wanted = _squeeze(claim.text)
        start = self._text.find(wanted, self._from) if wanted else -1
        start = self._text.find(wanted) if wanted and start < 0 else start
        if start < 0:
            return None
        self._from = start
        before, length = len(_squeeze(claim.text[: claim.offset])), len(_squeeze(claim.span))
        return (start + before, start + before + length) if length else None

    def stretches(self, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
        """Give paragraph, first and last offset of a stretch, cut where it runs over the end of a paragraph."""
        number = bisect_right(self._ends, start)
        while start < stop and number < len(self._ends):
            begin = self._ends[number - 1] if number else 0
            end = min(stop, self._ends[number])
            if start < end:
                offsets = [
                    offset for offset, letter in enumerate(fold(self._paragraphs[number].text)) if _matters(letter)
                ][start - begin : end - begin]
                yield number, offsets[0], offsets[-1] + 1
                start = end
            number += 1


def _squeeze(text: str) -> str:
    """Give the characters that matter, folded."""
    squeezed = "".join(fold(text).split())
    return squeezed if squeezed.isprintable() else squeezed.translate(INVISIBLE)


def _matters(letter: str) -> bool:
    return not letter.isspace() and ord(letter) not in INVISIBLE
