"""Candidates -> explanations: what changes, which findings that mends, and how far the equations carry it."""

from collections.abc import Callable, Iterable, Sequence

from validator.model.outcome import Change, Confidence, Explanation, Outcome

from .candidates import Candidate
from .case import Case
from .pricing import Pricer, name_reason
from .smallest import Smallest
from .system import Deltas, Vector


class Explainer:
    """Explains the candidates of one part, which all mend the same."""

    def __init__(
        self,
        case: Case,
        pricer: Pricer,
        fingerprint: Callable[[Outcome], str],
        need: Vector,
        smallest: Smallest,
        candidates: Sequence[Candidate],
    ) -> None:
        self._case = case
        self._pricer = pricer
        self._smallest = smallest
        self._fingerprint = fingerprint
        self._findings = {equation: fingerprint(case.broken[equation]) for equation in sorted(need)}
        self._rivals = [frozenset(candidate.deltas) for candidate in candidates if not candidate.larger]
        self._unpriced = max(0, len(smallest.sets) - len(candidates))

    def explain(self, candidate: Candidate) -> Explanation:
        """Give a candidate as an explanation, with its single mistakes as parts if there are several."""
        deltas, price = candidate.deltas, candidate.price
        changes = tuple([self._change(*both) for both in zip(deltas, price.reasons, strict=True)])
        groups = self._unconnected(deltas) if len(deltas) > 1 else ()
        parts: list[Explanation] = []
        if len(groups) > 1:
            for group in groups:
                share, shown = tuple([deltas[n] for n in group]), tuple([changes[n] for n in group])
                parts.append(self._explain(candidate, share, shown, tuple([price.acts[n] for n in group])))
        return self._explain(candidate, deltas, changes, price.acts, tuple(parts))

    def explain_nothing(self, told: Iterable[Explanation]) -> Explanation:
        """Say that no small set was found, for the findings that nothing told so far mends."""
        explained = {fingerprint for explanation in told for fingerprint in explanation.explains}
        findings = tuple(self._findings.values())
        return Explanation(
            changes=(),
            explains=tuple(f for f in findings if f not in explained) or findings,
            unique=False,
            reason="nothing-small",
            complete=False,
            at_least=self._smallest.at_least,
        )

    def _explain(
        self,
        candidate: Candidate,
        deltas: Deltas,
        changes: tuple[Change, ...],
        acts: tuple[int, ...],
        parts: tuple[Explanation, ...] = (),
    ) -> Explanation:
        reasons = [change.reason for change in changes]
        others = self._unpriced + sum([not rival.issuperset(deltas) for rival in self._rivals])
        partial = candidate.mended is not None
        unique = self._smallest.complete and not (others or partial or candidate.larger or candidate.several)
        mended = changes[0].mends
        if len(changes) > 1:
            named = {finding for change in changes for finding in change.mends}
            mended = tuple([finding for finding in self._findings.values() if finding in named])
        if candidate.besides:
            cells = {cell for cell, _ in deltas}
            mended += tuple([self._fingerprint(o) for o in candidate.besides if not cells.isdisjoint(o.cells)])
        return Explanation(
            changes=changes,
            explains=mended,
            unique=unique,
            reason=name_reason(reasons),
            suspect=self._pricer.suspect(reasons),
            confidence=self._confidence(candidate, unique),
            operation=len(deltas) > 1 and len(set(acts)) == 1,
            alternatives=0 if partial else others,
            complete=self._smallest.complete,
            at_least=min(self._smallest.at_least, len(deltas)),
            parts=parts,
        )

    def _change(self, delta: tuple[str, int], reason: str) -> Change:
        cell, amount = delta
        column = self._case.system.columns[cell]
        figure = self._case.figures[cell] or 0
        mends = tuple([finding for equation, finding in self._findings.items() if equation in column])
        return Change(cell, self._case.cells[cell].value, int(figure + amount), reason, mends)

    def _confidence(self, candidate: Candidate, unique: bool) -> Confidence:
        if candidate.mended is not None:
            return "partial"
        if candidate.larger:
            return "larger"
        if unique:
            return "unique"
        return "detected" if self._indistinct() else "one-of"

    def _indistinct(self) -> bool:
        """Say whether the equations cannot tell any of several explanations from the others."""
        effect_of = self._case.system.effect_of
        effects = {frozenset([effect_of[cell] for cell, _ in rival]) for rival in self._rivals}
        return len(self._rivals) > 1 and len(effects) == 1

    def _unconnected(self, deltas: Deltas) -> list[list[int]]:
        """Group the places of changes that share equations, directly or through others."""
        system = self._case.system
        groups: list[tuple[int, list[int]]] = []
        for place, (cell, _) in enumerate(deltas):
            touched, places = system.touched[system.effect_of[cell]], [place]
            apart = []
            for group in groups:
                if group[0] & touched:
                    touched |= group[0]
                    places = group[1] + places
                else:
                    apart.append(group)
            groups = [*apart, (touched, places)]
        return sorted(sorted(places) for _, places in groups)
