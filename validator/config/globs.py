"""Patterns of paths, as .gitignore and the tools beside it have them."""

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Globs:
    """Patterns of which a path may match any, with what lies beneath a folder that matches.

    `*` and `?` stay within a name, `**` goes through folders, `[…]` is a set of characters. A pattern without a slash
    fits a file or folder of that name at any depth, one with a slash counts from the folder of the configuration.
    """

    patterns: tuple[str, ...] = ()

    def match(self, path: str) -> bool:
        """Whether a path, with forward slashes, fits one of the patterns."""
        return self._compiled is not None and self._compiled.match(path) is not None

    @cached_property
    def _compiled(self) -> re.Pattern[str] | None:
        if not self.patterns:
            return None
        return re.compile("|".join(map(_translate, self.patterns)), re.DOTALL)


def _translate(pattern: str) -> str:
    pattern = pattern.replace("\\", "/").removeprefix("./")
    anchored = "/" in pattern.rstrip("/")
    pattern = pattern.strip("/")
    pieces = ["" if anchored else "(?:.*/)?"]
    at = 0
    while at < len(pattern):
        character = pattern[at]
        if pattern.startswith("**/", at):
            pieces.append("(?:.*/)?")
            at += 3
        elif pattern.startswith("**", at):
            pieces.append(".*")
            at += 2
        elif character == "[" and (end := pattern.find("]", at + 2)) > 0:
            inner = pattern[at + 1 : end]
            inner = "^" + inner[1:] if inner[0] in "!^" else inner
            pieces.append(f"[{inner.replace('[', chr(92) + '[')}]")
            at = end + 1
        else:
            pieces.append({"*": "[^/]*", "?": "[^/]"}.get(character) or re.escape(character))
            at += 1
    return f"(?:{''.join(pieces)})(?:/.*)?\\Z"
