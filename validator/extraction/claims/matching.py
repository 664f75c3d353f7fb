"""Which phrase of the data a piece of a sentence is: the one that fits with most words."""

from collections.abc import Sequence
from typing import NamedTuple

from validator.model.wording import Phrase

_MEMORY = 20_000


class Match(NamedTuple):
    """A phrase and the codes of the piece that it covers, from `start` to before `stop`."""

    phrase: Phrase
    start: int
    stop: int


class Matcher:
    """The phrases that a form has use for, or that keep others from being mistaken, with a memory of pieces met."""

    def __init__(self, phrases: Sequence[Phrase], form_id: str) -> None:
        self._phrases: dict[str, list[Phrase]] = {"count": [], "none": [], "all": []}
        for phrase in phrases:
            if form_id in phrase.quantities or not phrase.quantities:
                self._phrases[phrase.states].append(phrase)
        self._memory: dict[tuple[str, str, str], tuple[Match, ...]] = {}

    def matches(self, states: str, piece: str, topic: str) -> tuple[Match, ...]:
        """Give the phrases that a piece can be while a topic holds, the one that covers and says most first."""
        key = (states, piece, topic)
        known = self._memory.get(key)
        if known is None:
            if len(self._memory) > _MEMORY:
                self._memory.clear()
            known = self._memory[key] = self._search(states, piece, topic)
        return known

    def _search(self, states: str, piece: str, topic: str) -> tuple[Match, ...]:
        found: list[Match] = []
        for phrase in self._phrases[states]:
            if phrase.needs and phrase.needs != topic:
                continue
            match = phrase.pattern.search(piece)
            if match is not None:
                found.append(Match(phrase, match.start(), match.end()))
        return tuple(sorted(found, key=lambda match: (match.start - match.stop, -match.phrase.fields)))
