"""Forms and rules: files of data -> the types that checking applies.

Reading the files (`loading`) is imported by whoever does so: most runs take what was read before.
"""

from pathlib import Path

from .ruleset import Ruleset

__all__ = ["Ruleset", "data_folder"]

_PACKAGE = Path(__file__).resolve().parents[1]


def data_folder() -> Path:
    """Give the folder of forms and rules: inside the installed package, or at the top of the repository."""
    installed = _PACKAGE / "rules"
    return installed if installed.is_dir() else _PACKAGE.parent / "rules"
