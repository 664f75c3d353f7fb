"""Names of pages: short, the same in every run, and safe on every file system, whatever a source is called."""

from hashlib import blake2b

from validator.patterns import Pattern

_SAFE = Pattern("[a-z0-9-]{1,60}")


def name_report_page(source: str) -> str:
    """Give the file of the page of a report: a hash of its source."""
    return f"{_hash(source)}.html"


def name_rule_page(rule: str) -> str:
    """Give the file of the page of a rule; what goes before its id keeps it off the names that Windows reserves."""
    return f"rule-{rule if _SAFE.fullmatch(rule) else _hash(rule)}.html"


def _hash(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
