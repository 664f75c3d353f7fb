"""A fault of ours in one check -> an outcome that tells of it, so that what the other checks found is not lost."""

import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from validator.errors import GoujiError
from validator.model.bilingual import Bilingual
from validator.model.outcome import Outcome, Verdict
from validator.ruleset import Ruleset

from .problems import ProblemRule
from .wording import plain

PROSE = Bilingual("正文", "the prose")
DIAGNOSIS = Bilingual("更改建议", "the likely causes")
COMPARISON = Bilingual("与其他报告的比较", "the comparison with other reports")


def attempt(part: Bilingual, ruleset: Ruleset, check: Callable[[], Iterable[Outcome]]) -> Iterator[Outcome]:
    """Give the outcomes of a check; if it fails half-way, those it gave and one that tells of the fault.

    `part` names what was being checked.
    """
    try:
        yield from check()
    except GoujiError:
        raise  # a bad rule or a wrong call stops the run
    except Exception as bug:  # noqa: BLE001 - a fault of ours in one check must not lose the findings of the others
        yield tell_fault(part, ruleset, bug)


def tell_fault(part: Bilingual, ruleset: Ruleset, bug: Exception) -> Outcome:
    """Give a broken outcome that tells of a fault of ours; raises the fault itself if no rule tells of any."""
    rule = next((rule for rule in ruleset.rules if isinstance(rule, ProblemRule) and rule.problem == "fault"), None)
    if rule is None:
        raise bug
    values = {"part": part, "detail": plain(describe_bug(bug))}
    return Outcome(rule.id, part.zh, Verdict.BROKEN, rule.worst, values=values)


def describe_bug(bug: Exception) -> str:
    """Give an exception in one line, with the place in the code at which it was raised."""
    frame = traceback.extract_tb(bug.__traceback__)[-1]
    return f"{type(bug).__name__}: {bug} @ {Path(frame.filename).name}:{frame.lineno}"
