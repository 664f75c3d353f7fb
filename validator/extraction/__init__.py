"""From a document to a report: which table is which, which cell is which, who and when, and what the prose claims."""

from .report import extract
from .several import part_reports

__all__ = ["extract", "part_reports"]
