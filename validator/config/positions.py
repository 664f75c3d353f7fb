"""The lines of a TOML file in which its keys stand: tomllib gives values without places.

The text must be valid TOML. It is cut into tokens, and the tokens are walked as tomllib walked them before.
"""

import re
import tomllib
from collections.abc import Mapping

import msgspec

from validator.patterns import Pattern

Path = tuple[str | int, ...]
"""The keys and numbers (from 0) that lead to a value."""

_TOKEN = Pattern(
    r"""(?P<blank>[ \t\r]+|\#[^\n]*)
    |(?P<end>\n)
    |(?P<text>\"{3}(?:\\.|[^\\])*?\"{3}(?!\")|'{3}.*?'{3}(?!')|"(?:\\.|[^"\\])*"|'[^']*')
    |(?P<mark>[\[\]{},=.])
    |(?P<bare>[^\s\[\]{},=."'\#]+)""",
    re.DOTALL | re.VERBOSE,
)


def find_lines(text: str) -> dict[Path, int]:
    """Give the line (from 1) in which each key, table and item of a list first stands."""
    walk = _Walk(_cut(text))
    walk.file()
    return walk.lines


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """Give the line of a value, or of the nearest table around it; 1 if there is none."""
    return next((lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in lines), 1)


class _Token(msgspec.Struct, frozen=True):
    kind: str
    text: str
    line: int

    @property
    def key(self) -> str:
        """What the token says as a part of a key."""
        return str(tomllib.loads(f"key = {self.text}")["key"]) if self.kind == "text" else self.text


def _cut(text: str) -> list[_Token]:
    tokens = []
    line = 1
    for found in _TOKEN.finditer(text):
        if found.lastgroup != "blank":
            tokens.append(_Token(str(found.lastgroup), found[0], line))
        line += found[0].count("\n")
    return [*tokens, _Token("end", "\n", line)]


class _Walk(msgspec.Struct):
    """How far the tokens are walked. `arrays` are the tables in double brackets, with how many each has so far."""

    tokens: list[_Token]
    at: int = 0
    lines: dict[Path, int] = msgspec.field(default_factory=dict)
    arrays: dict[Path, int] = msgspec.field(default_factory=dict)

    @property
    def here(self) -> _Token:
        return self.tokens[self.at]

    def step(self) -> _Token:
        token = self.here
        self.at += 1
        return token

    def skip(self, *texts: str) -> None:
        while self.at < len(self.tokens) and self.here.kind in ("mark", "end") and self.here.text in texts:
            self.at += 1

    def file(self) -> None:
        table: Path = ()
        self.skip("\n")
        while self.at < len(self.tokens):
            if self.here.text == "[" and self.here.kind == "mark":
                table = self.header()
            else:
                self.pair(table)
            self.skip("\n")

    def header(self) -> Path:
        line = self.step().line
        doubled = self.here.kind == "mark" and self.here.text == "["
        self.skip("[")
        *outer, last = self.keys()
        self.skip("]")
        path: Path = ()
        for key in outer:
            path = (*path, key)
            self.lines.setdefault(path, line)
            if path in self.arrays:
                path = (*path, self.arrays[path] - 1)
        path = (*path, last)
        self.lines.setdefault(path, line)
        if doubled:
            self.arrays[path] = self.arrays.get(path, 0) + 1
            path = (*path, self.arrays[path] - 1)
            self.lines[path] = line
        return path

    def keys(self) -> list[str]:
        """Take the parts of a key, dots between them."""
        parts = [self.step().key]
        while self.here.kind == "mark" and self.here.text == ".":
            self.at += 1
            parts.append(self.step().key)
        return parts

    def pair(self, table: Path) -> None:
        line = self.here.line
        path = table
        for key in self.keys():
            path = (*path, key)
            self.lines.setdefault(path, line)
        self.skip("=")
        self.value(path)

    def value(self, path: Path) -> None:
        self.lines.setdefault(path, self.here.line)
        opening = self.here.text if self.here.kind == "mark" else ""
        if opening not in ("[", "{"):
            while not (self.here.kind == "end" or (self.here.kind == "mark" and self.here.text in ",]}")):
                self.at += 1
            return
        self.at += 1
        number = 0
        self.skip("\n", ",")
        while not (self.here.kind == "mark" and self.here.text in "]}"):
            if opening == "{":
                self.pair(path)
            else:
                self.value((*path, number))
                number += 1
            self.skip("\n", ",")
        self.at += 1
