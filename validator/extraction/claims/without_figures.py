"""Claims that words make without a figure: none (未收到, 没有, 无), and all of the figure before (均为自然人)."""

from validator.model.wording import FIGURE

from .context import Context, Draft
from .counts import remember
from .grammar import Grammar
from .items import Frame
from .quantities import quantities_of

_VERBS = frozenset(("receive", "occur", "issue", "decision", "repeal"))


def read_none(frame: Frame, index: int, context: Context, grammar: Grammar, taken: set[int]) -> list[Draft]:
    """Read a word for none as the zeros it states; figures that belong to it go into `taken`."""
    before, after = frame.around(index)
    if context.elsewhere and not any(frame.codes[position] in grammar.years for position in before):
        return []
    blocked = any(frame.codes[position] in grammar.blocking for position in before)
    if any(frame.codes[position] in grammar.blocking - grammar.years for position in before):
        return []
    drafts: list[Draft] = []
    alone, listed = [index, *after], [index, *frame.first_of_list(index, after)]
    whole = [*before, *alone]
    for piece in (whole,) if blocked else (alone, whole, listed):
        for match in grammar.matcher.matches("none", frame.piece(piece), context.topic):
            phrase = match.phrase
            if (match.start > 0 and piece is not whole) or (
                phrase.about_disclosure and context.disclosed_from > frame.tokens[piece[-1]].end
            ):
                continue
            if any(draft.reading == phrase.reading for draft in drafts):
                continue
            taken.update(position for position in piece if frame.codes[position] == FIGURE)
            span = [frame.tokens[position] for position in piece[match.start : match.stop]]
            quantities = quantities_of(phrase, span, context, grammar, every=True)
            remember(phrase, span, 0, context, grammar)
            start, end = _words_of_none(frame, index, grammar)
            drafts += [
                Draft(quantity, 0, start, end, index, False, context.scope or context.subject, phrase.reading, phrase)
                for quantity in quantities
            ]
    return drafts


def _words_of_none(frame: Frame, index: int, grammar: Grammar) -> tuple[int, int]:
    """Give the characters of a word for none with the verb that follows it at once."""
    token = frame.tokens[index]
    if index + 1 < len(frame.tokens):
        follower = frame.tokens[index + 1]
        if follower.start == token.end and grammar.kinds.get(follower.code) in _VERBS:
            return token.start, follower.end
    return token.start, token.end


def read_all(frame: Frame, index: int, context: Context, grammar: Grammar) -> list[Draft]:
    """Read "all are natural persons" as the figure that was stated before."""
    if context.head is None:
        return []
    before, after = frame.around(index)
    piece = [*before, index, *after]
    for match in grammar.matcher.matches("all", frame.piece(piece), context.topic):
        span = [frame.tokens[position] for position in piece[match.start : match.stop]]
        start = frame.tokens[index].start
        end = next((token.end for token in span if token.start >= start and token.value), span[-1].end)
        return [
            Draft(
                quantity,
                context.head,
                start,
                end,
                index,
                False,
                context.scope or context.subject,
                match.phrase.reading,
                match.phrase,
            )
            for quantity in quantities_of(match.phrase, span, context, grammar)
        ]
    return []
