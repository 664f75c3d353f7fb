"""gouji (勾稽): cross-checks the figures of annual reports on government information disclosure.

The public names are those of `__all__`; docs/library.md shows them at work. Each is imported when it is first asked
for, so that the command starts at once; what they are stands in __init__.pyi, for those who check types.
"""

from importlib import import_module

__version__ = "0.1.0"

_HOMES = {
    "check": "validator.library",
    "read": "validator.library",
    "Results": "validator.library",
    "Settings": "validator.pipeline",
    "load_ruleset": "validator.pipeline",
    "load_config": "validator.config.loading",
    "Report": "validator.model.report",
    "ReportResult": "validator.model.result",
    "Finding": "validator.model.outcome",
    "Severity": "validator.model.outcome",
    "GoujiError": "validator.errors",
    "ReadError": "validator.errors",
    "RuleError": "validator.errors",
    "UsageError": "validator.errors",
    "ConfigError": "validator.errors",
}

__all__ = ["__version__", *_HOMES]  # noqa: PLE0604 - the names are those of the table above


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'validator' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
