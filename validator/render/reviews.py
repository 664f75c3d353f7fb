"""What people wrote in an earlier list, held against what is found now: how far problems have come, which are gone."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from validator.model.result import Results, Review
from validator.words import line

STATES = ("new", "open", "confirmed", "explained", "claimed", "mended", "unseen")


class Progress(NamedTuple):
    """How far a problem has come: one of STATES, "" where no earlier list was given; and what people wrote."""

    state: str = ""
    finding: str = ""
    action: str = ""


def follow(fingerprints: Iterable[str], reviews: Mapping[str, Review] | None) -> Progress:
    """Say how far a problem that is there now has come, by the fingerprints of its findings."""
    if reviews is None:
        return Progress()
    known = list(dict.fromkeys(reviews[one] for one in fingerprints if one in reviews))
    if not known:
        return Progress("new")
    written = next((review for review in known if review.finding or review.action), known[0])
    return Progress(_judge(written), written.finding, written.action)


def _judge(review: Review) -> str:
    if _begins(review.action, "choices-action"):
        return "claimed"
    if _begins(review.finding, "choices-finding"):
        return "confirmed"
    return "explained" if review.finding else "open"


def _begins(text: str, choices: str) -> bool:
    """Whether a text begins with the first of some choices, in either language."""
    both = line(choices)
    return text.lower().startswith(tuple(said.partition("|")[0] for said in (both.zh, both.en)))


class Gone(NamedTuple):
    """A problem of the earlier list that is not there now: "mended", or "unseen" if its report was not checked."""

    state: str
    review: Review


def list_gone(results: Results) -> list[Gone]:
    """Give what the earlier list has and this run has not, in the order of that list.

    A problem is gone only if its report was checked, by the rules it broke; else nothing can be said of it.
    """
    if results.reviews is None:
        return []
    there: set[str] = set()
    checked: set[tuple[str, str]] = set()
    sources: set[str] = set()
    for result in results.reports:
        there.update(finding.fingerprint for finding in result.findings)
        if result.error is None:
            checked.add((_name(result.organization), str(result.year or "")))
            sources.add(result.source)
    gone = []
    for review in dict.fromkeys(results.reviews.values()):
        if there.isdisjoint(review.fingerprints):
            fields = dict(review.fields)
            body = (fields.get("organization", ""), fields.get("year", ""))
            seen = body in checked if all(body) else fields.get("source", "") in sources
            told = all(rule in results.rules for rule in fields.get("rules", "").split())
            gone.append(Gone("mended" if seen and told else "unseen", review))
    return gone


def _name(organization: str | None) -> str:
    return organization or ""


def count_states(states: Iterable[str], gone: Iterable[Gone]) -> dict[str, int]:
    """Count the problems by how far they have come, those that are gone included."""
    counts = Counter([*states, *(one.state for one in gone)])
    return {state: counts[state] for state in STATES}
