"""Lines of the folder of audit pages: its index and the pages of its rules."""

SITE: dict[str, tuple[str, str]] = {}
"""Key -> the line in Chinese and in English."""
