"""Candidates -> explanations: what changes, which findings that mends, and how far the equations carry it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from validator.model.diagnosis import Change, Confidence, Explanation
from validator.model.outcome import Outcome

from .amounts import Deltas
from .candidates import Candidate
from .case import Case
from .pricing import Price, Pricer
from .smallest import Smallest
from .system import Vector


@dataclass(frozen=True, slots=True)
class Teller:
    """What telling the candidates of one part needs to know of it."""

    case: Case
    pricer: Pricer
    fingerprint: Callable[[Outcome], str]
    need: Vector
    smallest: Smallest
    candidates: Sequence[Candidate]
    count: int

    def tell(self, candidate: Candidate) -> Explanation:
        """Give a candidate as an explanation, with its single mistakes as parts if there are several."""
        groups = self._unconnected(candidate.deltas)
        whole = self._explain(candidate, range(len(candidate.deltas)))
        if len(groups) < 2:
            return whole
        return _with_parts(whole, tuple(self._explain(candidate, group) for group in groups))

    def tell_nothing(self, told: Iterable[Explanation]) -> Explanation:
        """Say that no small set was found, for the findings that nothing told so far mends."""
        explained = {fingerprint for explanation in told for fingerprint in explanation.explains}
        findings = [self.fingerprint(self.case.identities[equation]) for equation in sorted(self.need)]
        left = tuple(f for f in findings if f not in explained) or tuple(findings)
        return Explanation(
            (), left, unique=False, reason="nothing-small", complete=False, at_least=self.smallest.at_least
        )

    def _explain(self, candidate: Candidate, places: Sequence[int]) -> Explanation:
        deltas = tuple(candidate.deltas[n] for n in places)
        price = Price(candidate.price.bits, tuple(candidate.price.reasons[n] for n in places))
        others = 0 if candidate.mended is not None else self._others(deltas)
        unique = self.smallest.complete and not others and not candidate.several and candidate.mended is None
        mended = sorted({e for cell, _ in deltas for e in self.case.system.columns[cell] if e in self.need})
        besides = [o for o in candidate.besides if any(cell in o.cells for cell, _ in deltas)]
        return Explanation(
            changes=tuple(map(self._change, deltas, price.reasons)),
            explains=tuple(map(self.fingerprint, [*(self.case.identities[e] for e in mended), *besides])),
            unique=unique,
            reason=price.reason,
            suspect=self.pricer.suspect(price),
            confidence=self._confidence(candidate, unique),
            operation=candidate.operation and len(deltas) > 2,
            alternatives=others,
            complete=self.smallest.complete,
            at_least=min(self.smallest.at_least, len(deltas)),
        )

    def _others(self, deltas: Deltas) -> int:
        """Count the candidates that do without these changes."""
        wanted = set(deltas)
        return self.count - sum(wanted <= set(candidate.deltas) for candidate in self.candidates)

    def _change(self, delta: tuple[str, int], reason: str) -> Change:
        cell, amount = delta
        equations = sorted(e for e in self.case.system.columns[cell] if e in self.need)
        return Change(
            cell,
            self.case.cells[cell].value,
            int(self.case.figures[cell] + amount),
            reason,
            tuple(self.fingerprint(self.case.identities[e]) for e in equations),
        )

    def _confidence(self, candidate: Candidate, unique: bool) -> Confidence:
        if candidate.mended is not None:
            return "partial"
        if unique:
            return "unique"
        effects = {self._effects(other.deltas) for other in self.candidates}
        return "detected" if len(effects) == 1 and len(self.candidates) > 1 else "one-of"

    def _effects(self, deltas: Deltas) -> frozenset[int]:
        return frozenset(self.case.system.effect_of[cell] for cell, _ in deltas)

    def _unconnected(self, deltas: Deltas) -> list[list[int]]:
        """Group the places of changes that share equations, directly or through others."""
        groups: list[tuple[set[int], list[int]]] = []
        for place, (cell, _) in enumerate(deltas):
            equations = set(self.case.system.columns[cell])
            places = [place]
            apart = []
            for group in groups:
                if group[0] & equations:
                    equations |= group[0]
                    places = group[1] + places
                else:
                    apart.append(group)
            groups = [*apart, (equations, places)]
        return sorted(sorted(places) for _, places in groups)


def _with_parts(whole: Explanation, parts: tuple[Explanation, ...]) -> Explanation:
    from dataclasses import replace

    return replace(whole, parts=parts)
