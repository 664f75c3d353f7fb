"""Lines of the audit page: what its templates say, and what its script says while figures are tried."""

AUDIT: dict[str, tuple[str, str]] = {}
"""Key -> the line in Chinese and in English."""
