"""What one sentence says of its own figures: lists and what they are lists of, shares, growth, "all of them"."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial

import msgspec

from validator.model.wording import FIGURE

from .context import Draft
from .figures import Figure
from .frame import Frame
from .grammar import Grammar

_TO = ("增至", "降至", "翻", "持平")
"""Words of change after which the figure is what came of it."""

_RESULT = "至到"
"""The same, right before the figure."""

_ALONE = ("同比",)
"""Words for comparing that mean last year by themselves."""

Make = Callable[[int], Draft]


def find_comparisons(
    frame: Frame, drafts: Sequence[Draft], grammar: Grammar, make: Make
) -> Iterator[tuple[str, Draft, Draft]]:
    """Give for each figure that a claim is compared with: its kind, the draft of it (with its sign), and the claim.

    Kinds are "growth" (a percentage), "change" (a difference) and "previous" (last year's figure).
    """
    codes = frame.codes
    for draft in drafts:
        index = _next_figure(codes, draft.index)
        if index is None or not draft.quantity or draft.quantity.startswith("narrative."):
            continue
        figure, own = frame.tokens[index].figure, frame.tokens[draft.index].figure
        if figure is None or own is None or frame.text[figure.start - 1] in _RESULT:
            continue
        between = list(range(draft.index + 1, index))
        words = [i for i in between if codes[i] not in grammar.silent and codes[i] not in ",("]
        changed = _change(frame, words, grammar)
        if changed is None or not _speaks_of_last_year(frame, words, grammar):
            continue
        kind = _kind(codes[index], figure, own, changed)
        if kind:
            compared = make(index)
            compared.value = compared.value * (changed or 1)
            yield kind, compared, draft


def _next_figure(codes: str, index: int) -> int | None:
    """Give the next figure or percentage of the same sentence."""
    found = [position for position in (codes.find(FIGURE, index + 1), codes.find("%", index + 1)) if position >= 0]
    if index < 0 or not found:
        return None
    return min(found)


def _change(frame: Frame, words: Sequence[int], grammar: Grammar) -> int | None:
    """Give the direction in which the figure changed, 0 if no word says one; None if the words say something else."""
    changes = [i for i in words if frame.codes[i] == grammar.codes["change"]]
    if not changes:
        return 0
    token = frame.tokens[changes[-1]]
    if len(changes) > 1 or changes[0] != words[-1] or frame.text[token.start : token.end] in _TO:
        return None
    return -1 if token.value == "down" else 1


def _speaks_of_last_year(frame: Frame, words: Sequence[int], grammar: Grammar) -> bool:
    """Say whether the words between two figures compare with last year and say nothing else."""
    codes, known = frame.codes, grammar.codes
    if not {codes[i] for i in words} <= {known["lastyear"], known["compare"], known["change"]}:
        return False
    said = [frame.text[frame.tokens[i].start : frame.tokens[i].end] for i in words if codes[i] == known["compare"]]
    years = sum(codes[i] == known["lastyear"] for i in words)
    return years == 1 or (years == 0 and any(word in _ALONE for word in said))


def _kind(code: str, figure: Figure, own: Figure, changed: int) -> str:
    if code == "%":
        return "growth" if changed else ""
    if figure.unit != own.unit or not figure.unit:
        return ""
    return "change" if changed else "previous"


_FEWEST = 2
_MOST = 60
"""A sentence with more figures is no list that anyone wrote."""

_BASES = frozenset(("application", "apply", "apply_count", "handle"))


class Said(msgspec.Struct):
    """A statement in drafts: its kind, the whole, the parts."""

    kind: str
    whole: Draft
    parts: list[Draft]


def find_statements(frame: Frame, drafts: Sequence[Draft], grammar: Grammar) -> Iterator[Said]:
    """Give what a sentence states of its own figures."""
    codes = frame.codes
    if _FEWEST < codes.count(FIGURE) < _MOST:
        yield from _lists(frame, drafts, grammar)
    if "%" in codes:
        yield from _percentages(frame, drafts, grammar)
    if drafts and not grammar.looking_back.isdisjoint(codes):
        for kind, compared, draft in find_comparisons(frame, drafts, grammar, partial(_draft, frame, drafts=())):
            yield Said(kind, compared, [draft])
    if drafts or "申请" in frame.text or "维持" in frame.text:
        yield from _all_of_them(frame, drafts, grammar)


def _draft(frame: Frame, index: int, drafts: Sequence[Draft]) -> Draft:
    """Give the claim of a figure, or a draft without quantity if it is none."""
    for draft in drafts:
        if draft.index == index:
            return draft
    figure = _figure(frame, index)
    return Draft("", figure.value, figure.start, figure.end, index, figure.approximate)


def _figure(frame: Frame, index: int) -> Figure:
    figure = frame.tokens[index].figure
    if figure is None:
        raise AssertionError(f"no figure at token {index}")
    return figure


def _lists(frame: Frame, drafts: Sequence[Draft], grammar: Grammar) -> Iterator[Said]:
    """Find a figure followed by a bracket, a colon or 其中, and the figures of the list that this opens."""
    codes, includes = frame.codes, grammar.codes["includes"]
    claimed = {draft.index for draft in drafts if not draft.quantity.startswith("narrative.")}
    for index, code in enumerate(codes):
        if code != FIGURE or index + 2 >= len(codes):
            continue
        first, second = codes[index + 1], codes[index + 2]
        if first in "(:" and second != includes:
            kind, stop = "list", _closing(codes, index + 1)
            begin = index + 2
        elif first in ",;(" and second == includes:
            kind, stop = "members", _closing(codes, index + 1) if first == "(" else _end(codes, index + 2)
            begin = index + 3
        else:
            continue
        parts = _members(frame, begin, stop, index, grammar)
        if kind == "members" and any(_names_media(frame, part, grammar) for part in parts):
            continue  # one piece of information may go out in several ways
        if len(parts) > 1 and not claimed.intersection(parts):
            yield Said(kind, _draft(frame, index, drafts), [_draft(frame, part, drafts) for part in parts])


def _names_media(frame: Frame, index: int, grammar: Grammar) -> bool:
    return any(grammar.kinds.get(frame.codes[i]) in ("medium", "media") for i in frame.left_of(index))


def _closing(codes: str, opening: int) -> int:
    """Give where the bracket closes, or the sentence ends if a colon opened the list."""
    stop = codes.find(")" if codes[opening] == "(" else "。", opening)
    return len(codes) if stop < 0 else stop


def _end(codes: str, begin: int) -> int:
    """Give where a list with 其中 ends: at a semicolon, unless semicolons part its members."""
    stop = codes.find("。", begin)
    stop = len(codes) if stop < 0 else stop
    semicolon = codes.find(";", begin, stop)
    return stop if semicolon < 0 or codes.count(FIGURE, begin, semicolon) < _FEWEST else semicolon


def _members(frame: Frame, begin: int, stop: int, head: int, grammar: Grammar) -> list[int]:
    """Give the figures of a list that count in the unit of its head; [] if others stand among them."""
    codes, unit = frame.codes, _figure(frame, head).unit
    found: list[int] = []
    depth = 0
    for index in range(begin, stop):
        code = codes[index]
        depth += (code == "(") - (code == ")")
        if code == grammar.codes["includes"] and depth == 0:
            return []
        if code != FIGURE or depth:
            continue
        left = frame.left_of(index)
        if any(codes[i] in grammar.blocking for i in left):
            continue
        if not left or _figure(frame, index).unit not in (unit, ""):
            return []
        found.append(index)
    if found and _figure(frame, found[-1]).unit != unit:
        return []
    return found


def _percentages(frame: Frame, drafts: Sequence[Draft], grammar: Grammar) -> Iterator[Said]:
    codes, own = frame.codes, grammar.codes["own"]
    for index, code in enumerate(codes):
        if code != "%":
            continue
        figure = _figure(frame, index)
        percent = Draft("", Decimal(figure.value), figure.start, figure.end, index, figure.approximate)
        before = codes.rfind(FIGURE, 0, index)
        if before < 0:
            continue
        between = [i for i in range(before + 1, index) if codes[i] not in grammar.silent or codes[i] == own]
        kinds = [grammar.kinds.get(codes[i], codes[i]) for i in between]
        if kinds == ["("] or (kinds[:1] in (["compare"], [","], ["("]) and _is_share(kinds, frame, between)):
            if not any(codes[i] in grammar.blocking for i in frame.left_of(before)):
                yield Said("share", percent, [_draft(frame, before, drafts)])
        elif "change" in kinds:
            said = _growth(frame, index, drafts, grammar)
            if said is not None:
                yield said


def _is_share(kinds: Sequence[str], frame: Frame, between: Sequence[int]) -> bool:
    """Whether nothing but 占 and words for all applications stands between a count and its percentage."""
    words = [kind for kind in kinds if kind not in ",("]
    if not words or words[0] != "compare" or not set(words[1:]) <= _BASES:
        return False
    compare = next(frame.tokens[i] for i, kind in zip(between, kinds, strict=True) if kind == "compare")
    return compare.value == "share"


def _growth(frame: Frame, index: int, drafts: Sequence[Draft], grammar: Grammar) -> Said | None:
    """Read "22起,比2022年的31起少29%": this year's figure is the claim before, last year's stands between."""
    codes = frame.codes
    earlier = [draft for draft in drafts if draft.index < index and draft.row]
    if not earlier:
        return None
    current = earlier[-1]
    last_year = grammar.codes["lastyear"]
    others = [i for i in range(current.index + 1, index) if codes[i] == FIGURE]
    if len(others) != 1 or last_year not in codes[current.index : others[0]]:
        return None
    if grammar.codes["change"] in codes[current.index : others[0]]:
        return None  # 比上年增加5件，增长20%: the figure between is the difference
    figure = _figure(frame, index)
    changes = [frame.tokens[i].value for i in range(others[0], index) if codes[i] == grammar.codes["change"]]
    sign = -1 if changes[-1:] == ["down"] else 1
    percent = Draft("", Decimal(figure.value) * sign, figure.start, figure.end, index, figure.approximate)
    return Said("growth", percent, [current, _draft(frame, others[0], drafts)])


def _all_of_them(frame: Frame, drafts: Sequence[Draft], grammar: Grammar) -> Iterator[Said]:
    for kind, saying in grammar.wordings.sayings.items():
        for found in saying.finditer(frame.text):
            whole = Draft("", 0, found.start(), found.end(), -1)
            if kind == "all-upheld":
                start = max(frame.text.rfind(mark, 0, found.start()) for mark in ";。") + 1
                cases = [d for d in drafts if d.reading == "cases" and start <= d.start < found.start() and d.value]
                if not any(start <= draft.start < found.start() for draft in drafts):
                    cases = list(_cases_named(frame, start, found.start(), grammar))
                if cases:
                    yield Said(kind, whole, cases)
            else:
                yield Said(kind, whole, [])


def _cases_named(frame: Frame, start: int, stop: int, grammar: Grammar) -> Iterator[Draft]:
    """Give the kinds of cases that a clause names without a figure."""
    for index, token in enumerate(frame.tokens):
        if token.code == grammar.codes["case"] and start <= token.start < stop:
            total = f"{token.value}.total"
            quantity = total if total in grammar.known else f"statistics.{total}"
            yield Draft(quantity, 0, token.start, token.end, index, reading="cases")
