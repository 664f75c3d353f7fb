"""What is wrong in a configuration, in Chinese and in English, with the file and the line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from validator.errors import ConfigError
from validator.records import Fault

from .positions import Path, line_of

_LONGEST = 60
_ARRAYS = ("exemption", "waiver", "renamed", "unit")
_WANTED = {
    "true or false": "true 或 false",
    "a number": "数",
    "a whole number": "整数",
    "a text": "文字（要加引号）",
    "a list": "列表（要加方括号）",
    "keys with values": "表",
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something wrong at a place of the file: the keys that lead there, and the words, which may name the last key."""

    path: Path
    zh: str
    en: str
    names_key: bool = False


def describe_fault(fault: Fault) -> Wrong:
    """Say in both languages what does not fit its type; keys are those of the file."""
    path = tuple(file_key(step) if isinstance(step, str) else step for step in fault.path)
    if fault.kind == "unknown-key":
        key = file_key(str(fault.found))
        zh, en = f"没有“{key}”这个键", f"unknown key {key!r}"
        return replace(near_wrong((*path, key), zh, en, file_key(fault.near)), names_key=True)
    if fault.kind == "missing":
        key = file_key(str(fault.found))
        return Wrong(path, f"缺少“{key}”", f"the key {key!r} is missing")
    found = _show(fault.found)
    if fault.kind == "choice":
        choices = ", ".join(fault.choices)
        return near_wrong(path, f"{found} 不是 {choices} 之一", f"{found} is not one of {choices}", fault.near)
    if fault.wanted == "a list" and len(path) == 1 and path[0] in _ARRAYS:
        return Wrong(path, f"要写成双方括号 [[{path[0]}]]", f"write it in double brackets: [[{path[0]}]]")
    if fault.kind == "type":
        return Wrong(path, f"{found} 不是{_WANTED[fault.wanted]}", f"{found} is not {fault.wanted}")
    return Wrong(path, f"{found}：{fault.wanted}", f"{found}: {fault.wanted}")


def near_wrong(path: Path, zh: str, en: str, near: str) -> Wrong:
    """Make what is wrong with the nearest right name, if one is near."""
    return Wrong(path, f"{zh}；是否应为“{near}”？", f"{en}; did you mean {near!r}?") if near else Wrong(path, zh, en)


def refuse(file: str, wrongs: Iterable[Wrong], lines: Mapping[Path, int], table: Path = ()) -> ConfigError:
    """Make the error that tells all that is wrong in a file, line by line; the configuration begins at `table`."""
    placed = sorted(((line_of(lines, (*table, *wrong.path)), wrong) for wrong in wrongs), key=lambda pair: pair[0])
    zh = "\n".join(f"{file} 第{line}行：{_lead(wrong, '：')}{wrong.zh}" for line, wrong in placed)
    en = "\n".join(f"{file}, line {line}: {_lead(wrong, ': ')}{wrong.en}" for line, wrong in placed)
    return ConfigError(en, zh)


def file_key(field: str) -> str:
    """Give the key of the file for a field, and the field for a key: dashes against underscores."""
    if field in ("from", "from_"):
        return "from_" if field == "from" else "from"
    return field.translate(_SWAPPED)


_SWAPPED = str.maketrans("-_", "_-")


def _lead(wrong: Wrong, mark: str) -> str:
    """Name the place: "exemption 2, until: "."""
    words: list[str] = []
    for step in wrong.path[:-1] if wrong.names_key else wrong.path:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        else:
            words.append(str(step))
    return ", ".join(words) + mark if words else ""


def _show(found: object) -> str:
    text = repr(found)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
