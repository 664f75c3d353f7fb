"""gouji (勾稽): cross-checks the figures of annual reports on government information disclosure.

The public names: `check` and `read` with `Settings`, `load_ruleset`, the types `Report` and `Results`, and the
errors `ReadError`, `RuleError`, `UsageError`. Each is imported when it is first asked for, so that the command starts
at once.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOMES = {
    "check": "validator.pipeline",
    "read": "validator.pipeline",
    "Settings": "validator.pipeline",
    "load_ruleset": "validator.pipeline",
    "Report": "validator.model.report",
    "Results": "validator.model.result",
    "ReadError": "validator.errors",
    "RuleError": "validator.errors",
    "UsageError": "validator.errors",
}

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604 - the names are those of the table above


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'validator' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
