"""What a sentence says of last year beside a figure of this year: "同比下降25%", "比上年增加5件", "上年同期为31件"."""

from collections.abc import Callable, Iterator, Sequence

from validator.model.wording import FIGURE

from .context import Draft
from .figures import Figure
from .grammar import Grammar
from .items import Frame

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
