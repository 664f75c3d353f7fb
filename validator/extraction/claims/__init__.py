"""read_prose: the quantities that running text states and a table can confirm or deny, and what they say together."""

from collections.abc import Sequence
from typing import NamedTuple

from validator.model.document import Paragraph
from validator.model.report import Claim, Statement
from validator.model.wording import FIGURE, Wordings

from .context import Draft
from .grammar import grammar_of
from .paragraphs import find_connections
from .reading import SentenceReader, find_unclaimed
from .sentences import Sentence, split_sentences
from .statements import find_statements

_NEAR = 40
"""So many claims before a percentage may be what it is of."""

_COUNTED = ("list", "members")
"""Statements that hold whatever their figures are counts of."""

_MOST_FIGURES = 10_000
"""The prose of a report has some hundreds of figures; a text with more than this is none, and is read no further."""

__all__ = ["Prose", "read_claims", "read_prose"]


class Prose(NamedTuple):
    """What running text states: single quantities in order, and figures that must fit together.

    `unclaimed` are figures beside words of disclosure work that make no claim.
    """

    claims: tuple[Claim, ...]
    statements: tuple[Statement, ...]
    unclaimed: tuple[Claim, ...] = ()


def read_claims(
    paragraphs: Sequence[Paragraph],
    line_per_paragraph: bool,
    form_id: str | None,
    year: int | None,
    wordings: Wordings,
) -> tuple[Claim, ...]:
    """Read the claims of the text outside the tables, in order; see read_prose."""
    return read_prose(paragraphs, line_per_paragraph, form_id, year, wordings).claims


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
        for key in grammar.keys:
            if key in folded:
                break
        else:
            continue
        frame, drafts = reader.read(folded, sentence.skipped)
        figures += frame.codes.count(FIGURE)
        found = {id(draft): _claim(draft, sentence) for draft in drafts}
        claims += found.values()
        unclaimed += (_claim(draft, sentence) for draft in find_unclaimed(frame, drafts, grammar))
        for said in find_statements(frame, drafts, grammar):
            if said.kind not in _COUNTED and not all(draft.sure for draft in (said.whole, *said.parts)):
                continue
            parts = tuple(found.get(id(part)) or _claim(part, sentence) for part in said.parts)
            whole = found.get(id(said.whole)) or _claim(said.whole, sentence)
            statements.append(Statement(said.kind, whole, parts, tuple(claims[max(begun, len(claims) - _NEAR) :])))
        if figures > _MOST_FIGURES:
            break
    statements += find_connections(claims[begun:])
    return Prose(tuple(claims), tuple(statements), tuple(unclaimed))


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
