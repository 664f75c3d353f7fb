"""What a run knows before it reads anything: forms and rules, the wordings of claims, the slips of people."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from validator import checking, comparison
from validator.model.diagnosis import Slip
from validator.model.result import RuleNote
from validator.model.wording import Wordings
from validator.ruleset import Ruleset, data_folder
from validator.ruleset.kinds import Kind

from .ready import Stock, take_stock


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
    """Read the rules and forms of this program, and a user's own from some folders. Raises RuleError."""
    from validator.ruleset.loading import read_ruleset

    return read_ruleset(KINDS, (own,) if isinstance(own, Path) else tuple(own), tuple(forms))


def load_knowledge(
    rules: Iterable[Path] = (),
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    *,
    forms: Iterable[Path] = (),
    diagnosis: bool = True,
) -> Knowledge:
    """Give everything, also a user's own. Raises RuleError, and UsageError for an unknown rule or group."""
    own = (tuple(rules), tuple(forms))
    stock = _read(*own) if any(own) else take_stock(KINDS, _read)
    told = frozenset(rule.id for rule in stock.ruleset.select(select, ignore).rules)
    return Knowledge(stock.ruleset, stock.wordings, stock.slips if diagnosis else (), told)


def _read(rules: Iterable[Path] = (), forms: Iterable[Path] = ()) -> Stock:
    """Read all files that there are. Raises RuleError."""
    from validator.ruleset.slips import load_slips
    from validator.ruleset.wording import load_wordings

    ruleset = load_ruleset(rules, forms)
    folder = data_folder()
    return Stock(ruleset, load_wordings(folder / "claims", ruleset.forms), load_slips(folder / "slips.yaml"))
