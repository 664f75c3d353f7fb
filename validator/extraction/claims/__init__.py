"""read_prose: the quantities that running text states and a table can confirm or deny, and what they say together."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from validator.model.document import Paragraph
from validator.model.report import Claim, Number, Statement
from validator.model.wording import FIGURE, Wordings

from .context import JOINT, Draft
from .grammar import grammar_of
from .reading import SentenceReader, find_unclaimed
from .sentences import Sentence, are_broken, split_sentences
from .statements import find_statements

_RECEIVED = ("applications.new_received.total", "statistics.requests.received")
_CARRIED_OVER = "applications.carried_over.total"
_HANDLED = ("applications.handled_total.total", "statistics.replies.total")
_CARRIED_FORWARD = "applications.carried_forward.total"
_FLOW = (*_RECEIVED, _CARRIED_OVER, *_HANDLED, _CARRIED_FORWARD)
_APPLICANTS = frozenset(
    (
        "natural_person",
        "legal_person",
        "enterprise",
        "research",
        "public_welfare",
        "legal_service",
        "other_organization",
    )
)
_GROUPS = frozenset(("granted", "partially_granted", "denied", "unavailable", "rejected", "other"))
_MOST = 120
"""A paragraph with more claims than any report has is no paragraph; comparing them all would take too long."""

_RESULTS = frozenset(("upheld", "corrected", "other", "pending"))


def find_connections(claims: Sequence[Claim]) -> Iterator[Statement]:
    """Give the statements that the claims of a paragraph make together."""
    if len(claims) > _MOST:
        return
    plain = [claim for claim in claims if claim.sure and not claim.approximate]
    stock = [claim for claim in plain if claim.quantity in _FLOW]
    heads = _single(stock)
    if heads:
        yield from _flow(heads)
        yield from _outcomes(plain, heads)
    yield from _under(plain, "applicants", _APPLICANTS)
    yield from _under(plain, "results", _RESULTS)
    yield from _grounds(plain)


def _single(claims: Sequence[Claim]) -> list[Claim]:
    """Give the claims of the flow if the paragraph states each once; [] if it speaks of several bodies or years."""
    quantities = [claim.quantity for claim in claims]
    alone = len(set(quantities)) == len(quantities) and len({claim.scope for claim in claims}) == 1
    return list(claims) if alone else []


def _flow(heads: Sequence[Claim]) -> Iterator[Statement]:
    received = [claim for claim in heads if claim.quantity in _RECEIVED]
    others = [claim for claim in heads if claim.quantity not in _RECEIVED]
    if received and len(others) > 1 and any(claim.quantity in _HANDLED for claim in others):
        yield Statement("flow", received[0], tuple(others))


def _outcomes(claims: Sequence[Claim], heads: Sequence[Claim]) -> Iterator[Statement]:
    groups = [claim for claim in claims if claim.reading == "outcome" and _group(claim)]
    groups += [claim for claim in claims if claim.quantity == "narrative.joint" and _joined_groups(claim)]
    wholes = [claim for name in (*_HANDLED, *_RECEIVED) for claim in heads if claim.quantity == name]
    whole = wholes[0] if wholes else None
    if whole is not None and len(groups) > 1 and len({claim.quantity for claim in groups}) == len(groups):
        yield Statement("outcomes", whole, tuple(groups), tuple(heads))


def _group(claim: Claim) -> bool:
    parts = claim.quantity.split(".")
    return parts[0] == "applications" and len(parts) == 3 and parts[1] in _GROUPS and parts[2] == "total"


def _joined_groups(claim: Claim) -> bool:
    return all(address.split(".")[1] in _GROUPS for address in claim.reading.split("+") if "." in address)


def _under(claims: Sequence[Claim], kind: str, names: frozenset[str]) -> Iterator[Statement]:
    """Give for each row, or each kind of cases, the claims of its columns with that of its total."""
    for whole in claims:
        prefix, _, column = whole.quantity.rpartition(".")
        if column != "total" or whole.quantity.count(".") < (2 if kind == "applicants" else 1):
            continue
        found = [
            c for c in claims if c.quantity.rpartition(".")[0] == prefix and c.quantity.rpartition(".")[2] in names
        ]
        if len(found) > 1 and len({c.quantity for c in found}) == len(found):
            yield Statement(kind, whole, tuple(found))


def _grounds(claims: Sequence[Claim]) -> Iterator[Statement]:
    """Give for each group of outcomes the claims of its rows with that of the group."""
    for whole in claims:
        if not _group(whole):
            continue
        prefix = whole.quantity.removesuffix("total")
        found = [c for c in claims if c.quantity.startswith(prefix) and c.quantity.count(".") == 3]
        if len(found) > 1 and len({c.quantity for c in found}) == len(found):
            yield Statement("grounds", whole, tuple(found))


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

__all__ = ["Prose", "are_broken", "read_claims", "read_prose"]


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
        for said in find_statements(frame, drafts, grammar):
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
    """Let what came in one way, where nothing else in the text came in, be all; not sure: 网上收到申请4件."""
    others = any(claim.quantity in _RECEIVED or claim.quantity == JOINT for claim in claims)
    ways = [claim for claim in claims if claim.quantity.startswith("narrative.received_")]
    for claim in claims:
        alone = claim.reading == "only_channel" and ways == [claim] and not others
        yield replace(claim, quantity=_RECEIVED[0], reading="received", sure=False) if alone else claim


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
