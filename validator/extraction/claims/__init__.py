"""read_prose: the quantities that running text states and a table can confirm or deny, and what they say together."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from validator.model.document import Paragraph
from validator.model.report import Claim, Number, Statement
from validator.model.wording import FIGURE, Wordings

from .comparisons import find_comparisons
from .context import JOINT, Draft
from .grammar import grammar_of
from .reading import SentenceReader, find_unclaimed
from .sentences import Sentence, are_broken, split_sentences
from .statements import RECEIVED, find_connections, find_statements

_NEAR = 40
"""So many claims before a percentage may be what it is of."""
_SHORT = 8
"""A sentence as short as this leaves what it speaks of to its heading: 行政复议情况 / 无。"""
_COUNTED = ("list", "members")
"""Statements that hold whatever their figures are counts of."""
_WAYS = "statistics.channels."
"""How the addresses of the ways to publish begin."""
_MOST_FIGURES = 10_000
"""The prose of a report has some hundreds of figures; a text with more than this is none, and is read no further."""
__all__ = ["Prose", "are_broken", "read_prose"]


class Prose(NamedTuple):
    """What running text states: single quantities in order, and figures that must fit together.

    `unclaimed` are figures beside words of disclosure work that make no claim.
    """

    claims: tuple[Claim, ...]
    statements: tuple[Statement, ...]
    unclaimed: tuple[Claim, ...] = ()


def read_prose(
    paragraphs: Sequence[Paragraph],
    line_per_paragraph: bool,
    form_id: str | None,
    year: int | None,
    wordings: Wordings,
) -> Prose:
    """Read the text outside the tables.

    Addresses are those of the form; where it is not known, those of the form of the report's year.
    """
    known = form_id is not None and form_id in wordings.known
    grammar = grammar_of(wordings, form_id if known and form_id else wordings.form_of(year))
    reader = SentenceReader(grammar, year)
    claims: list[Claim] = []
    statements: list[Statement] = []
    unclaimed: list[Claim] = []
    paragraph, begun, figures = -1, 0, 0
    for sentence in split_sentences(paragraphs, line_per_paragraph):
        if sentence.paragraph != paragraph:
            statements += find_connections(claims[begun:])
            paragraph, begun = sentence.paragraph, len(claims)
            reader.open_paragraph(sentence.heading)
        folded = sentence.folded
        searched = folded if len(folded) > _SHORT else sentence.heading + folded
        for key in grammar.keys:
            if key in searched:
                break
        else:
            continue
        frame, drafts = reader.read(folded, sentence.skipped)
        figures += max(frame.codes.count(FIGURE), len(drafts))
        found = {id(draft): _claim(draft, sentence) for draft in drafts}
        claims += found.values()
        unclaimed += (_claim(draft, sentence) for draft in find_unclaimed(frame, drafts, grammar))
        for said in (*find_statements(frame, drafts, grammar), *find_comparisons(frame, drafts, grammar)):
            if said.kind not in _COUNTED and not all(draft.sure for draft in (said.whole, *said.parts)):
                continue
            parts = tuple(found.get(id(part)) or _claim(part, sentence) for part in said.parts)
            whole = found.get(id(said.whole)) or _claim(said.whole, sentence)
            statements.append(Statement(said.kind, whole, parts, tuple(claims[max(begun, len(claims) - _NEAR) :])))
        if figures > _MOST_FIGURES:
            break
    statements += find_connections(claims[begun:])
    return Prose(tuple(_only_way(tuple(_doubt_sites(claims)))), tuple(statements), tuple(unclaimed))


def _only_way(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Let what came in one way, where nothing else in the text came in, be all: 网上收到申请4件."""
    others = any(claim.quantity in RECEIVED or claim.quantity == JOINT for claim in claims)
    ways = [claim for claim in claims if claim.quantity.startswith("narrative.received_")]
    for claim in claims:
        alone = claim.reading == "only_channel" and ways == [claim] and not others
        yield replace(claim, quantity=RECEIVED[0], reading="received") if alone else claim


def _doubt_sites(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Give the claims; of several figures for one way to publish, as of two websites, none is sure."""
    values: dict[str, set[Number]] = {}
    for claim in claims:
        if claim.quantity.startswith(_WAYS):
            values.setdefault(claim.quantity, set()).add(claim.value)
    for claim in claims:
        several = len(values.get(claim.quantity, ())) > 1
        yield replace(claim, sure=False) if several and claim.sure else claim


def _claim(draft: Draft, sentence: Sentence) -> Claim:
    offset = sentence.offset(draft.start)
    end = sentence.offset(draft.end - 1) + 1
    return Claim(
        text=sentence.text,
        span=sentence.text[offset:end],
        offset=offset,
        value=draft.value,
        approximate=draft.approximate,
        quantity=draft.quantity,
        location=sentence.location(offset),
        scope=draft.scope,
        reading=draft.reading,
        sure=draft.sure,
    )
