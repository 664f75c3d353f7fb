"""gouji.toml, or [tool.gouji] of pyproject.toml, found and read into a Config.

tomllib gives values without places: valid text is cut into tokens as well, and these are walked as tomllib walked them,
for the lines in which its keys stand. Most runs find no file, and import nothing that one needs.
"""

import os
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path

import msgspec

from validator.errors import ConfigError
from validator.model.bilingual import Bilingual
from validator.patterns import Pattern
from validator.records import Unfit, make_record
from validator.words import describe_os_error, line

from .schema import Config, Steps

_OWN, _SHARED = "gouji.toml", "pyproject.toml"
_TABLE = ("tool", "gouji")
_FULL_WIDTH = "“”‘’＂＇＝，［］【】｛｝：＃"


def load_config(start: Path | None = None, explicit: Path | None = None) -> Config:
    """Read the configuration: the file `explicit`, or the nearest one in the folder `start` or above it.

    `start` is the working directory if it is None. Without any file the Config is empty. In a folder, gouji.toml goes
    before pyproject.toml, and a pyproject.toml without [tool.gouji] is passed by. ConfigError tells all that is wrong.
    """
    if explicit is not None:
        found = _open(explicit, demanded=True)
        if found is None:
            table = f"[{'.'.join(_TABLE)}]"
            raise ConfigError.of("config-no-table", file=str(explicit), table=table)
        return found
    here = Path(os.path.abspath(start or Path.cwd()))
    for folder in (here, *here.parents):
        for name in (_OWN, _SHARED):
            if os.path.isfile(folder / name) and (config := _open(folder / name, demanded=name == _OWN)) is not None:
                return config
    return Config()


def _open(path: Path, *, demanded: bool) -> Config | None:
    """Read a file; None if it is one for all tools and says nothing of this one."""
    shown = _show(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigError.of("config-unreadable", path=shown, reason=describe_os_error(error)) from None
    shared = path.name == _SHARED
    if shared and not demanded and b"gouji" not in content:
        return None
    text = _decode(content, shown)
    data = _parse(text, shown)
    table: tuple[str, ...] = ()
    if shared:
        table = _TABLE
        for key in table:
            data = data.get(key) if isinstance(data, dict) else None
        if data is None:
            return None
    from .entries import ConfigFile, Reading, describe_fault, refuse

    lines = find_lines(text)
    try:
        file = make_record(ConfigFile, _to_fields(data))
    except Unfit as error:
        raise refuse(shown, map(describe_fault, error.faults), lines, table) from None
    lines = {place[len(table) :]: line for place, line in lines.items() if place[: len(table)] == table}
    return Reading(file, shown, path.absolute().parent, lines).config()


def _show(path: Path) -> str:
    """Give a path as seen from the working directory if it lies there."""
    whole, here = path.absolute(), Path.cwd()
    return (whole.relative_to(here) if whole.is_relative_to(here) else path).as_posix()


def _decode(content: bytes, shown: str) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
    actual = "UTF-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
    try:
        actual = actual or (content.decode("gbk") and "GBK")
    except UnicodeDecodeError:
        raise ConfigError.of("config-encoding", file=shown, line=number, actual=line("config-other-encoding")) from None
    raise ConfigError.of("config-encoding", file=shown, line=number, actual=Bilingual(f" {actual}", actual))


def _parse(text: str, shown: str) -> object:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _, place = str(error).rpartition(" (at ")
        numbers = [int(word) for word in place.rstrip(")").replace(",", "").split() if word.isdecimal()]
        number = numbers[0] if numbers else text.rstrip("\n").count("\n") + 1
    except (ValueError, RecursionError) as error:
        what, number = " ".join(str(error).split()), 1
    wide = sorted({c for c in text.split("\n")[number - 1].partition("#")[0] if c in _FULL_WIDTH})
    hint = line("config-full-width", signs="".join(wide)) if wide else ""
    raise ConfigError.of("config-not-toml", file=shown, line=number, detail=what, hint=hint)


def _to_fields(data: object) -> object:
    """Give plain data with the names of fields for keys, and dates as texts."""
    if isinstance(data, Mapping):
        return dict(_fields(data))
    if isinstance(data, list):
        return [_to_fields(item) for item in data]
    return data.isoformat() if isinstance(data, date | datetime | time) else data


def _fields(data: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    from .entries import file_key

    return ((file_key(key), _to_fields(value)) for key, value in data.items())


_TOKEN = Pattern(
    r"""(?P<blank>[ \t\r]+|\#[^\n]*)
    |(?P<end>\n)
    |(?P<text>\"{3}(?:\\.|[^\\])*?\"{3}(?!\")|'{3}.*?'{3}(?!')|"(?:\\.|[^"\\])*"|'[^']*')
    |(?P<mark>[\[\]{},=.])
    |(?P<bare>[^\s\[\]{},=."'\#]+)""",
    re.DOTALL | re.VERBOSE,
)


def find_lines(text: str) -> dict[Steps, int]:
    """Give the line (from 1) in which each key, table and item of a list first stands."""
    walk = _Walk(_cut(text))
    walk.file()
    return walk.lines


class _Token(msgspec.Struct, frozen=True):
    kind: str
    text: str
    line: int

    @property
    def key(self) -> str:
        """What the token says as a part of a key."""
        if self.kind != "text":
            return self.text
        import tomllib

        return str(tomllib.loads(f"key = {self.text}")["key"])


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
    lines: dict[Steps, int] = msgspec.field(default_factory=dict)
    arrays: dict[Steps, int] = msgspec.field(default_factory=dict)

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
        table: Steps = ()
        self.skip("\n")
        while self.at < len(self.tokens):
            if self.here.text == "[" and self.here.kind == "mark":
                table = self.header()
            else:
                self.pair(table)
            self.skip("\n")

    def header(self) -> Steps:
        line = self.step().line
        doubled = self.here.kind == "mark" and self.here.text == "["
        self.skip("[")
        *outer, last = self.keys()
        self.skip("]")
        path: Steps = ()
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

    def pair(self, table: Steps) -> None:
        line = self.here.line
        path = table
        for key in self.keys():
            path = (*path, key)
            self.lines.setdefault(path, line)
        self.skip("=")
        self.value(path)

    def value(self, path: Steps) -> None:
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
