"""Regular expressions that are compiled when they are first used: a run needs few of those that there are."""

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any, AnyStr, Generic

import msgspec


class _Lazy(msgspec.Struct, Generic[AnyStr], frozen=True, dict=True, array_like=True):
    """A regular expression and the flags of `re`. It has the methods of a compiled one; re.error shows on first use."""

    pattern: AnyStr
    flags: int = 0

    @cached_property
    def compiled(self) -> re.Pattern[AnyStr]:
        """The compiled expression."""
        return re.compile(self.pattern, self.flags)

    # Each method is looked up once, and after that as fast as on the compiled one.
    @cached_property
    def search(self) -> Callable[..., re.Match[AnyStr] | None]:
        """As of re.Pattern."""
        return self.compiled.search

    @cached_property
    def match(self) -> Callable[..., re.Match[AnyStr] | None]:
        """As of re.Pattern."""
        return self.compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[AnyStr] | None]:
        """As of re.Pattern."""
        return self.compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Any]:
        """As of re.Pattern."""
        return self.compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[Any]]:
        """As of re.Pattern."""
        return self.compiled.findall

    @cached_property
    def sub(self) -> Callable[..., AnyStr]:
        """As of re.Pattern."""
        return self.compiled.sub

    @cached_property
    def split(self) -> Callable[..., list[Any]]:
        """As of re.Pattern."""
        return self.compiled.split


class Pattern(_Lazy[str], frozen=True, dict=True, array_like=True):
    """A regular expression for text."""


class BytesPattern(_Lazy[bytes], frozen=True, dict=True, array_like=True):
    """A regular expression for bytes."""


def any_of(words: str) -> str:
    """Give the expression that fits any of the words, or expressions, which blanks and breaks part in a text."""
    return f"(?:{'|'.join(words.split())})"
