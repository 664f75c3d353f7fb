"""The language of a call: that of --lang, GOUJI_LANG, a configuration, or Chinese; English if that cannot be shown."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TextIO

import click

from validator.model.bilingual import Bilingual, Language
from validator.words import line

_LANGUAGES: Mapping[str, Language] = {"zh": "zh", "en": "en"}


def find_language(arguments: Sequence[str] = ()) -> Language | None:
    """Give the language that the arguments of a call or the surroundings ask for, before they are read: maybe wrong."""
    asked = os.environ.get("GOUJI_LANG", "")
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if argument == "--":
            break
        name, _, value = argument.partition("=")
        if name == "--lang":
            asked = value or following
    return _LANGUAGES.get(asked)


def spoken_language() -> Language:
    """Give the language in which the call that is under way speaks to people."""
    context = click.get_current_context(silent=True)
    asked = find_language() if context is None else context.find_root().obj
    return shown_language(asked or "zh", sys.stderr)


def settle_language(context: click.Context, configured: Language | None = None) -> Language:
    """Give the language of results, and say in it all that follows; that of a configuration counts if none is asked."""
    root = context.find_root()
    root.obj = root.obj or configured or "zh"
    language: Language = root.obj
    tell_language(language)
    return language


def say(key: str, /, **values: str | int | Bilingual) -> str:
    """Give a line of the catalogue in the language of the call."""
    return line(key, **values).in_language(spoken_language())


def shown_language(language: Language, stream: TextIO) -> Language:
    """Give the language in which people can read a stream: English on consoles whose encoding has no Chinese."""
    try:
        "勾稽错误".encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return "en"
    return language


def tell_language(language: Language) -> None:
    """Say on standard error why a console is spoken to in English that should be in Chinese; nothing if it is not."""
    for stream in (sys.stderr, sys.stdout):
        if shown_language(language, stream) != language:
            print(
                f"gouji: this console cannot show Chinese ({stream.encoding}), so what it shows is in English; "
                "chcp 65001 or a UTF-8 locale changes that",
                file=sys.stderr,
            )
            return
