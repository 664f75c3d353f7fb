"""What all reports of a run come to, in counts."""

from validator.model.outcome import Severity
from validator.model.result import Results


def summarize(results: Results) -> dict[str, int]:
    """Count reports by status and findings by severity, under the keys of the JSON output."""
    reports = results.reports
    statuses = [report.status for report in reports]
    return {
        "reports": len(reports),
        **{status: statuses.count(status) for status in ("passed", "failed", "unreadable")},
        **{f"{severity}s": sum(report.count(severity) for report in reports) for severity in Severity},
    }
