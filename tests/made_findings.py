"""Findings for the tests of what is left out: each with a rule, cells and a fingerprint of its own."""

from validator.model.bilingual import Bilingual
from validator.model.location import LostPlace
from validator.model.outcome import Finding, Severity

GROUPS = {
    "review-total": "review",
    "applications-balance": "applications",
    "form-year": "form",
    "form-inline-ignore": "form",
}


def find(rule="review-total", fingerprint="0" * 16, *cells, severity=Severity.ERROR) -> Finding:
    return Finding(rule, severity, fingerprint, Bilingual(f"{rule}有误", f"{rule} broken"), cells, LostPlace("test"))
