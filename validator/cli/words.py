"""The language of help texts, which click asks for before it has read any argument."""

import os


def words(zh: str, en: str) -> str:
    """Give the text in the language that GOUJI_LANG names, Chinese if it names none."""
    return en if os.environ.get("GOUJI_LANG") == "en" else zh
