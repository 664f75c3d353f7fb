"""rules/slips.yaml -> the slips that diagnosis can recognise."""

from dataclasses import dataclass
from pathlib import Path

from validator.errors import RuleError
from validator.model.outcome import Slip

from .reading import fill, read_yaml


@dataclass(frozen=True)
class SlipFile:
    """The file: a list of slips."""

    slips: tuple[Slip, ...]


def load_slips(path: Path) -> tuple[Slip, ...]:
    """Load every slip of the file; RuleError names the entry and the key that is wrong."""
    slips = fill(SlipFile, read_yaml(path), str(path)).slips
    ids = [slip.id for slip in slips]
    for number, name in enumerate(ids):
        if name in ids[:number]:
            raise RuleError.of("slip-twice", place=str(path), number=number + 1, name=name)
    return slips
