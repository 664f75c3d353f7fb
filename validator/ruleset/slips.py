"""The files of rules/slips -> the slips that diagnosis can recognise."""

from pathlib import Path

from validator.errors import RuleError
from validator.model.slip import Slip

from .filling import fill
from .reading import read_yaml


def load_slips(folder: Path) -> tuple[Slip, ...]:
    """Load every slip of a folder; RuleError names the file and the key."""
    return tuple(map(_read_slip, sorted(folder.glob("*.yaml"))))


def _read_slip(path: Path) -> Slip:
    slip = fill(Slip, read_yaml(path), str(path))
    if slip.id != path.stem:
        raise RuleError(f"{path}: id {slip.id!r} differs from the file's name")
    return slip
