"""Which phrase of the data a piece of a sentence is: the one that fits with most words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from validator.model.form import FormId
from validator.model.wording import Phrase, Wordings

_MEMORY = 20_000


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase and the codes of the piece that it covers, from `start` to before `stop`."""

    phrase: Phrase
    start: int
    stop: int


@dataclass(slots=True)
class Matcher:
    """The phrases by what they state, with a memory of the pieces met before."""

    phrases: dict[str, Sequence[Phrase]]
    memory: dict[tuple[str, str, str], tuple[Match, ...]] = field(default_factory=dict)

    def matches(self, states: str, piece: str, topic: str) -> tuple[Match, ...]:
        """Give the phrases that a piece can be while a topic holds, the one that covers most first."""
        key = (states, piece, topic)
        known = self.memory.get(key)
        if known is None:
            if len(self.memory) > _MEMORY:
                self.memory.clear()
            known = self.memory[key] = self._search(states, piece, topic)
        return known

    def _search(self, states: str, piece: str, topic: str) -> tuple[Match, ...]:
        found: list[Match] = []
        for phrase in self.phrases[states]:
            if phrase.needs and phrase.needs != topic:
                continue
            match = phrase.pattern.search(piece)
            if match is not None:
                found.append(Match(phrase, match.start(), match.end()))
        return tuple(sorted(found, key=lambda match: (match.start - match.stop, -match.phrase.fields)))


@lru_cache(maxsize=8)
def matcher_of(wordings: Wordings, form_id: FormId) -> Matcher:
    """Give the matcher of the phrases that a form has use for, or that keep others from being mistaken."""
    phrases = [p for p in wordings.phrases if form_id in p.quantities or not p.quantities]
    return Matcher({states: [p for p in phrases if p.states == states] for states in ("count", "none", "all")})
