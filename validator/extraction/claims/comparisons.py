"""What a figure of a sentence is compared with: what it is a share of, what it grew from, last year's figure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from validator.model.wording import FIGURE

from .context import Draft
from .figures import Figure
from .frame import Frame
from .grammar import Grammar
from .statements import Said, draft_of, figure_at

_TO = ("增至", "降至", "翻", "持平")
"""Words of change after which the figure is what came of it."""
_RESULT = "至到"
"""The same, right before the figure."""
_ALONE = ("同比",)
"""Words for comparing that mean last year by themselves."""
_BASES = frozenset(("application", "apply", "apply_count", "handle"))


def find_comparisons(frame: Frame, drafts: Sequence[Draft], grammar: Grammar) -> Iterator[Said]:
    """Give what a sentence says of its claims beside other figures.

    Kinds are "share" (a percentage of a count), "growth" (a percentage), "change" (a difference) and "previous" (last
    year's figure).
    """
    if "%" in frame.codes:
        yield from _percentages(frame, drafts, grammar)
    if drafts and not grammar.looking_back.isdisjoint(frame.codes):
        yield from _changes(frame, drafts, grammar)


def _changes(frame: Frame, drafts: Sequence[Draft], grammar: Grammar) -> Iterator[Said]:
    """Give for each figure that a claim is compared with the draft of it, with its sign, and the claim."""
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
            compared = draft_of(frame, index, ())
            compared.value = compared.value * (changed or 1)
            yield Said(kind, compared, [draft])


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
    if len(changes) > 1 or changes[0] != words[-1] or frame.word(changes[0]) in _TO:
        return None
    return -1 if token.value == "down" else 1


def _speaks_of_last_year(frame: Frame, words: Sequence[int], grammar: Grammar) -> bool:
    """Say whether the words between two figures compare with last year and say nothing else."""
    codes, known = frame.codes, grammar.codes
    if not frame.codes_of(words) <= {known["lastyear"], known["compare"], known["change"]}:
        return False
    said = [frame.word(i) for i in words if codes[i] == known["compare"]]
    years = sum(codes[i] == known["lastyear"] for i in words)
    return years == 1 or (years == 0 and any(word in _ALONE for word in said))


def _kind(code: str, figure: Figure, own: Figure, changed: int) -> str:
    if code == "%":
        return "growth" if changed else ""
    if figure.unit != own.unit or not figure.unit:
        return ""
    return "change" if changed else "previous"


def _percentages(frame: Frame, drafts: Sequence[Draft], grammar: Grammar) -> Iterator[Said]:
    codes, own = frame.codes, grammar.codes["own"]
    for index, code in enumerate(codes):
        if code != "%":
            continue
        figure = figure_at(frame, index)
        percent = Draft("", Decimal(figure.value), figure.start, figure.end, index, figure.approximate)
        before = codes.rfind(FIGURE, 0, index)
        if before < 0 or grammar.codes["respectively"] in codes[before:index]:
            continue  # 当面6件,网络12件,分别占33%、67%
        between = [i for i in range(before + 1, index) if codes[i] not in grammar.silent or codes[i] == own]
        kinds = [grammar.kinds.get(codes[i], codes[i]) for i in between]
        if kinds == ["("] or (kinds[:1] in (["compare"], [","], ["("]) and _is_share(kinds, frame, between)):
            if not any(codes[i] in grammar.blocking for i in frame.left_of(before)):
                yield Said("share", percent, [draft_of(frame, before, drafts)])
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
    figure = figure_at(frame, index)
    changes = [frame.tokens[i].value for i in range(others[0], index) if codes[i] == grammar.codes["change"]]
    sign = -1 if changes[-1:] == ["down"] else 1
    percent = Draft("", Decimal(figure.value) * sign, figure.start, figure.end, index, figure.approximate)
    return Said("growth", percent, [current, draft_of(frame, others[0], drafts)])
