"""Broken identities -> the fewest changed cells that mend them, ranked by how people and extractors slip."""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain, zip_longest

from validator.model.form import Form
from validator.model.outcome import Explanation, Outcome, Slip
from validator.model.report import ReportCell

from .blank_totals import explain_blank_totals
from .candidates import Candidate, price_exchanges, price_mixed, price_operations, price_sets, price_shares
from .case import Case, open_case
from .explaining import Explainer
from .pricing import Pricer
from .smallest import find_smallest, try_larger
from .surroundings import Surroundings, survey
from .system import Vector

__all__ = ["diagnose"]


def diagnose(
    outcomes: Sequence[Outcome],
    cells: Mapping[str, ReportCell],
    form: Form | None,
    slips: Sequence[Slip],
    fingerprint: Callable[[Outcome], str],
    limit: int = 25,
) -> tuple[Explanation, ...]:
    """Explain the broken identities of one report by the fewest changes that mend them, best first.

    Parts of the report that share no cell are explained apart: first the best explanation of each, then the second
    of each, and so on, up to `limit` of each. `fingerprint` gives the fingerprint of an outcome's finding.
    """
    around = survey(form)
    case = open_case(outcomes, cells)
    pricer = Pricer(slips, case, around)
    parts = [_explain(need, case, around, pricer, fingerprint, limit) for need in case.needs]
    told = (
        parts[0] if len(parts) == 1 else [told for told in chain.from_iterable(zip_longest(*parts)) if told is not None]
    )
    return (*told, *explain_blank_totals(case.not_held, cells, around, fingerprint))


def _explain(
    need: Vector,
    case: Case,
    around: Surroundings,
    pricer: Pricer,
    fingerprint: Callable[[Outcome], str],
    limit: int,
) -> list[Explanation]:
    """Explain one part, likeliest first."""
    smallest = find_smallest(case.system, need, case.figures, case.evidence.allows)
    candidates = price_sets(need, smallest, case, pricer)
    if not smallest.sets or len(smallest.sets[0].deltas) > 1:
        candidates += price_operations(need, case, around, pricer)
    elif len(smallest.sets) > 1:
        candidates += price_exchanges(need, case, around, pricer)
    shares: list[Candidate] = []
    if not candidates:
        shares = price_shares(need, case, pricer)
        smallest = try_larger(case.system, need, case.figures, smallest, case.evidence.allows)
        candidates = [*price_sets(need, smallest, case, pricer), *price_mixed(need, shares, case, around, pricer)]
    if len(candidates) > 1:
        candidates.sort(key=lambda candidate: candidate.rank)
    explainer = Explainer(case, pricer, fingerprint, need, smallest, candidates)
    if candidates:
        return [explainer.explain(candidate) for candidate in candidates[:limit]]
    told = [explainer.explain(share) for share in shares[: limit - 1]]
    return [*told, explainer.explain_nothing(told)]
