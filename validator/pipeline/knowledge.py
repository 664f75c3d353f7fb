"""What a run knows before it reads anything: forms and rules, the wordings of claims, the slips of people."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from validator import checking, comparison
from validator.model.diagnosis import Slip
from validator.model.result import RuleNote
from validator.model.wording import Wordings
from validator.ruleset import Ruleset, read_ruleset
from validator.ruleset.kinds import Kind
from validator.ruleset.loading import data_folder
from validator.ruleset.slips import load_slips
from validator.ruleset.wording import load_wordings


class Knowledge(msgspec.Struct, frozen=True, eq=False):
    """All data of a run. `told` are the ids of the rules to tell about; without `slips` nothing is diagnosed."""

    ruleset: Ruleset
    wordings: Wordings
    slips: tuple[Slip, ...]
    told: frozenset[str]

    @property
    def notes(self) -> Mapping[str, RuleNote]:
        """What results say of the rules to tell about."""
        return {rule.id: rule.note for rule in self.ruleset.rules if rule.id in self.told}


KINDS: Sequence[Kind] = (*checking.KINDS, *comparison.KINDS)


def load_ruleset(own: Path | Iterable[Path] = (), forms: Iterable[Path] = ()) -> Ruleset:
    """Load the rules and forms of this program, and a user's own from some folders. Raises RuleError."""
    return read_ruleset(KINDS, (own,) if isinstance(own, Path) else tuple(own), tuple(forms))


def load_knowledge(
    rules: Iterable[Path] = (),
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    *,
    forms: Iterable[Path] = (),
    diagnosis: bool = True,
) -> Knowledge:
    """Load everything, also a user's own. Raises RuleError, and UsageError for an unknown rule or group."""
    ruleset = load_ruleset(rules, forms)
    told = frozenset(rule.id for rule in ruleset.select(select, ignore).rules)
    wordings = load_wordings(data_folder() / "claims", ruleset.forms)
    return Knowledge(ruleset, wordings, load_slips(data_folder() / "slips.yaml") if diagnosis else (), told)
