"""A figure of a sentence: the phrase it stands in, and whether that makes it a claim of the whole report."""

from collections.abc import Sequence

from validator.model.report import Number
from validator.model.wording import BODY, FIGURE, UNKNOWN, Phrase

from .context import STRANGE, Context, Draft
from .figures import Figure
from .grammar import Grammar
from .items import Frame
from .matching import Match
from .quantities import join, quantities_of
from .tokens import Token

_HEAD_UNITS = frozenset("件条起宗项例份个次封人")


def read_count(frame: Frame, index: int, figure: Figure, context: Context, grammar: Grammar, depth: int) -> list[Draft]:
    """Read a figure as a claim, or as several if one figure stands for several quantities; [] if it is none."""
    left, right = frame.left_of(index), frame.right_of(index)
    pieces = [[*left, index, *right]]
    if right and frame.codes[right[-1] + 1 : right[-1] + 2] == FIGURE:
        # What stands between two figures without a mark may belong to the second.
        pieces.append([*left, index])
    for piece in pieces:
        codes = frame.piece(piece)
        for match in grammar.matcher.matches("count", codes, context.topic):
            if not _fits(match, codes, figure, context, grammar, depth, frame.tokens[piece[-1]].end):
                continue
            drafts = _claim(frame, index, figure, piece, match, context, grammar, depth)
            if drafts is not None:
                return drafts
    _note_stranger(frame, left, figure, context, grammar)
    return []


def _claim(
    frame: Frame,
    index: int,
    figure: Figure,
    piece: Sequence[int],
    match: Match,
    context: Context,
    grammar: Grammar,
    depth: int,
) -> list[Draft] | None:
    """Give the claims of a figure in a matched phrase, [] if it makes none; None if another phrase may fit better."""
    phrase = match.phrase
    scope = _scope(frame, piece[: match.start], phrase, context, grammar, depth)
    if scope is None or (context.elsewhere and grammar.codes["lastyear"] not in phrase.pattern.pattern):
        return []
    span = [frame.tokens[i] for i in piece[match.start : match.stop]]
    quantities = quantities_of(phrase, span, context, grammar)
    if not quantities and "{act}" in phrase.quantities.get(grammar.form_id, ""):
        return None
    if phrase.gives == "documents" and len(quantities) == 1:
        context.act = quantities[0].rpartition(".")[2]
    if not quantities and phrase.reading == "outcome" and sum(bool(token.value) for token in span) <= 2:
        context.beside = True
    remember(phrase, span, figure.value, context, grammar)
    around = frame.codes[piece[0] - 1 : piece[0]] + "".join([token.code for token in span])
    turned = (reading for code, reading in phrase.turns if code in around)
    about = figure.approximate or grammar.codes["about"] in frame.codes[max(index - 2, 0) : index]
    return [
        Draft(quantity, figure.value, figure.start, figure.end, index, about, scope, reading, phrase)
        for quantity, reading in join(quantities, figure.value, next(turned, phrase.reading))
    ]


def remember(phrase: Phrase, span: Sequence[Token], value: Number, context: Context, grammar: Grammar) -> None:
    """Keep of a matched phrase what the next figure may lean on."""
    context.topic = phrase.gives
    if phrase.reading == "cases":
        cases = tuple(dict.fromkeys(token.value for token in span if grammar.kinds.get(token.code) == "case"))
        context.bodies = cases if context.settled or not value else (*context.bodies, *cases)
        context.settled = False
    elif phrase.reading == "results":
        context.bodies, context.settled = context.bodies[-1:], True
    elif phrase.row and "{" not in phrase.row:
        context.row, context.head = phrase.row, value


def _fits(match: Match, codes: str, figure: Figure, context: Context, grammar: Grammar, depth: int, reach: int) -> bool:
    phrase = match.phrase
    if figure.unit not in phrase.units or (depth and not phrase.in_brackets):
        return False
    if context.disclosed_from > reach and (
        phrase.about_disclosure or (context.headed and _is_bare(match, codes, grammar))
    ):
        return False
    if phrase.gives == "disclosure" or context.topic not in STRANGE:
        return True
    if phrase.gives == "documents" and context.topic == "papers":
        return True
    return bool(grammar.acts.intersection(codes[match.start : match.stop]))


def _is_bare(match: Match, codes: str, grammar: Grammar) -> bool:
    """Whether a phrase speaks of applications without saying which: 收到申请5件."""
    covered = codes[match.start : match.stop]
    return not match.phrase.needs and grammar.codes["apply"] in covered and grammar.codes["application"] not in covered


def _scope(
    frame: Frame, before: Sequence[int], phrase: Phrase, context: Context, grammar: Grammar, depth: int
) -> str | None:
    """Give the scope that the words before a phrase set, "" if none; None if they make it no claim at all."""
    for position in before:
        code = frame.codes[position]
        if code in grammar.blocking or (code in grammar.strange and phrase.gives != "disclosure"):
            return None
        if code == BODY:
            token = frame.tokens[position]
            listed = frame.codes[:position].rstrip(",:").endswith((grammar.codes["includes"], "、"))
            if depth or listed:
                return None
            if grammar.codes["scope"] not in frame.codes[position:]:
                context.scope = frame.text[token.start : token.end]
    return context.scope or context.subject


def _note_stranger(frame: Frame, left: Sequence[int], figure: Figure, context: Context, grammar: Grammar) -> None:
    """Let a count of something unknown end the topic: what follows may be about it."""
    if not left or figure.unit not in _HEAD_UNITS or context.topic in STRANGE:
        return
    strange = frame.codes[left[-1]] in (UNKNOWN, BODY, grammar.codes["foreign"])
    if strange and not any(frame.codes[position] in grammar.blocking for position in left):
        context.topic = "other"
