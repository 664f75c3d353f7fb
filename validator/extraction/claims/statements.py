"""What a sentence says of its own figures (lists, "all of them"), and what the claims of a paragraph say together."""

from collections.abc import Iterator, Sequence

import msgspec

from validator.model.report import Claim, Statement
from validator.model.wording import FIGURE

from .context import Draft
from .figures import Figure
from .frame import Frame
from .grammar import Grammar

RECEIVED = ("applications.new_received.total", "statistics.requests.received")
_CARRIED_OVER = "applications.carried_over.total"
_HANDLED = ("applications.handled_total.total", "statistics.replies.total")
_CARRIED_FORWARD = "applications.carried_forward.total"
_FLOW = (*RECEIVED, _CARRIED_OVER, *_HANDLED, _CARRIED_FORWARD)
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
_MOST_CLAIMS = 120
"""A paragraph with more claims than any report has is no paragraph; comparing them all would take too long."""
_RESULTS = frozenset(("upheld", "corrected", "other", "pending"))
_FEWEST = 2
_MOST = 60
"""A sentence with more figures is no list that anyone wrote."""


class Said(msgspec.Struct):
    """A statement in drafts: its kind, the whole, the parts."""

    kind: str
    whole: Draft
    parts: list[Draft]


def find_statements(frame: Frame, drafts: Sequence[Draft], grammar: Grammar) -> Iterator[Said]:
    """Give what a sentence states of its own figures: lists with what they are lists of, and what all of them are."""
    if _FEWEST < frame.codes.count(FIGURE) < _MOST:
        yield from _lists(frame, drafts, grammar)
    if drafts or "申请" in frame.text or "维持" in frame.text:
        yield from _all_of_them(frame, drafts, grammar)


def draft_of(frame: Frame, index: int, drafts: Sequence[Draft]) -> Draft:
    """Give the claim of a figure, or a draft without quantity if it is none."""
    for draft in drafts:
        if draft.index == index:
            return draft
    figure = figure_at(frame, index)
    return Draft("", figure.value, figure.start, figure.end, index, figure.approximate)


def figure_at(frame: Frame, index: int) -> Figure:
    """Give the figure of a token that is one."""
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
            yield Said(kind, draft_of(frame, index, drafts), [draft_of(frame, part, drafts) for part in parts])


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
    codes, unit = frame.codes, figure_at(frame, head).unit
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
        if not left or figure_at(frame, index).unit not in (unit, ""):
            return []
        found.append(index)
    if found and figure_at(frame, found[-1]).unit != unit:
        return []
    return found


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


def find_connections(claims: Sequence[Claim]) -> Iterator[Statement]:
    """Give the statements that the claims of a paragraph make together."""
    if len(claims) > _MOST_CLAIMS:
        return
    plain = [claim for claim in claims if claim.sure and not claim.approximate]
    stock = [claim for claim in plain if claim.quantity in _FLOW and claim.reading != "of_people"]
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
    received = [claim for claim in heads if claim.quantity in RECEIVED]
    others = [claim for claim in heads if claim.quantity not in RECEIVED]
    if received and len(others) > 1 and any(claim.quantity in _HANDLED for claim in others):
        yield Statement("flow", received[0], tuple(others))


def _outcomes(claims: Sequence[Claim], heads: Sequence[Claim]) -> Iterator[Statement]:
    groups = [claim for claim in claims if claim.reading == "outcome" and _group(claim)]
    groups += [claim for claim in claims if claim.quantity == "narrative.joint" and _joined_groups(claim)]
    wholes = [claim for name in (*_HANDLED, *RECEIVED) for claim in heads if claim.quantity == name]
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
