"""What all reports of a run come to, in counts."""

from msgspec.structs import asdict

from validator.model.result import Totals

_TOLD = ("reports", "passed", "failed", "unreadable", "errors", "warnings", "notes")


def summarize(totals: Totals) -> dict[str, int]:
    """Give the counts of reports by status and of findings by severity, under the keys of the JSON output."""
    counts = asdict(totals)
    return {key: counts[key] for key in _TOLD}
