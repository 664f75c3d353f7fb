"""Lines of the audit page: what its templates say, and what its script says while figures are tried."""

AUDIT = {
    "skip-to-content": ("跳到正文", "Skip to the content"),
    "trail": ("所在位置", "Where this page is"),
    "theme": ("深色 / 浅色", "Dark / light"),
}
"""Key -> the line in Chinese and in English."""
