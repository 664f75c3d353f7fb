"""gouji.toml, or [tool.gouji] of pyproject.toml, found and read into a Config."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path

from validator.errors import ConfigError
from validator.records import Unfit, make_record
from validator.words import describe_os_error

from .entries import Reading
from .faults import describe_fault, file_key, refuse
from .positions import find_lines
from .schema import Config, ConfigFile

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
            raise ConfigError(f"{explicit}: there is no table {table}", f"{explicit}：没有 {table} 表")
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
        line = content.count(b"\n", 0, error.start) + 1
    actual = "UTF-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
    try:
        actual = actual or (content.decode("gbk") and "GBK")
    except UnicodeDecodeError:
        actual = "another encoding"
    zh = {"another encoding": "其他编码"}.get(actual, actual)
    raise ConfigError(
        f"{shown}, line {line}: not in UTF-8 but in {actual}; save the file as UTF-8",
        f"{shown} 第{line}行：文件不是 UTF-8 编码，而是 {zh}；请另存为 UTF-8",
    )


def _parse(text: str, shown: str) -> object:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _, place = str(error).rpartition(" (at ")
        numbers = [int(word) for word in place.rstrip(")").replace(",", "").split() if word.isdecimal()]
        line = numbers[0] if numbers else text.rstrip("\n").count("\n") + 1
    except (ValueError, RecursionError) as error:
        what, line = " ".join(str(error).split()), 1
    wide = sorted({c for c in text.split("\n")[line - 1].partition("#")[0] if c in _FULL_WIDTH})
    hint_zh = f"；这一行有全角符号 {''.join(wide)}，请改成半角" if wide else ""
    hint_en = f"; the line has full-width {''.join(wide)}, use the plain ones" if wide else ""
    raise ConfigError(f"{shown}, line {line}: not TOML: {what}{hint_en}", f"{shown} 第{line}行：不是 TOML{hint_zh}")


def _to_fields(data: object) -> object:
    """Give plain data with the names of fields for keys, and dates as texts."""
    if isinstance(data, Mapping):
        return dict(_fields(data))
    if isinstance(data, list):
        return [_to_fields(item) for item in data]
    return data.isoformat() if isinstance(data, date | datetime | time) else data


def _fields(data: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    return ((file_key(key), _to_fields(value)) for key, value in data.items())
