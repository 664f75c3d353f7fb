"""The one message catalogue: every text that a user meets and no rule file holds, in both languages.

Lookups give a Bilingual. An unknown code is shown as it is: a text that was forgotten must not hide a result.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from errno import errorcode
from functools import cache
from importlib import import_module
from typing import Literal

from validator.model.bilingual import Bilingual, Language

_SEVERITIES = {
    "error": ("错误", "error"),
    "warning": ("警告", "warning"),
    "note": ("提示", "note"),
}

_REASONS = {
    "total-blank": ("总计空白", "the total is blank"),
    "all-blank": ("全部空白", "all cells are blank"),
    "parts-blank": ("有总计而分项全空", "a total without parts"),
    "missing": ("报告缺少相应的表、行或列", "the report lacks the table, row or column"),
    "no-report": ("没有{last_year}年度的报告", "there is no report of {last_year}"),
    "no-last-report": ("没有上一年度的报告", "there is no report of the year before"),
    "unreadable": ("有单元格无法识别", "a cell cannot be read"),
    "not-applicable": ("填写为不适用", "marked as not applicable"),
    "blank": ("有空白格，无法与另一份报告核对", "a blank cell cannot be held against the other report"),
    "scope": ("报告注明只统计本级", "the report says that it counts its own office alone"),
    "unlike": (
        "同一单位同一年度的几个文件数字几乎全不相同，单位或年度可能读错",
        "files of one body and year hardly agree anywhere; body or year may be misread",
    ),
    "waived": ("已在配置中注明理由", "waived by the configuration, with a reason"),
}

_LONGEST_PATH = 260
"""From how many characters on Windows opens no path, unless it was set up to."""

TABLES = ("findings", "screen", "calls", "outputs", "audit", "site", "serving", "written_files", "options")
"""The modules with lines, those first that most runs want: each is imported when a line is asked for that none has."""

_MARKS = {"error": ("×", "x"), "warning": ("!", "!"), "note": ("·", "-")}


ReadCause = Literal[
    "empty",
    "too-large",
    "too-deep",
    "too-many-rows",
    "unknown-suffix",
    "wrong-suffix",
    "no-suffix",
    "cannot-open",
    "own-output",
    "missing-file",
    "archive-inside",
    "no-files",
    "mojibake",
    "binary",
    "no-text",
    "encrypted",
    "damaged",
    "too-much-packed",
    "unsafe-xml",
    "needs-extra",
    "needs-office",
    "office-failed",
    "office-slow",
    "scanned-pages",
    "nothing-in-picture",
    "scans-off",
    "garbled-pages",
    "too-many-pages",
    "no-text-inside",
    "only-pictures",
    "only-embedded",
    "json-syntax",
    "json-shape",
    "not-a-report",
    "internal",
    "timeout",
    "crashed",
]
"""Why a file could not be read: the code of a ReadError, which has a line in `read_errors`."""


def describe_read_error(code: ReadCause, **values: str | int) -> Bilingual:
    """Say in a line why a file could not be read and what to do next; a `reason` may be one that the system gave."""
    from .read_errors import READ_ERRORS

    reason = values.get("reason", "")
    said = {
        "reason": _describe_system(str(reason)) if reason else "",
        "how": tell_how_to_install(str(values["extra"])) if "extra" in values else "",
    }
    return _fill(READ_ERRORS.get(code, (code, code)), {**values, **said})


def tell_how_to_install(extra: str) -> Bilingual:
    """Say how to come by a part of the program that is not there; a bundle has no pip to fetch it."""
    return line("install-with-python" if getattr(sys, "frozen", False) else "install-extra", extra=extra)


def describe_severity(severity: str) -> Bilingual:
    """Give the severity in a word."""
    return Bilingual(*_SEVERITIES[severity])


def mark(severity: str) -> Bilingual:
    """Give the sign of a severity; the Chinese ones exist in GBK, the English ones in ASCII."""
    return Bilingual(*_MARKS[severity])


def describe_reason(reason: str, year: int | None = None) -> Bilingual:
    """Say why an instance of a rule came to no verdict in a report of this year."""
    if reason == "no-report" and year is None:
        reason = "no-last-report"
    return _fill(_REASONS.get(reason, (reason, reason)), {} if year is None else {"last_year": year - 1})


def describe_form(form: str | None, title: Bilingual | None) -> Bilingual:
    """Name a form by the year it came into use, as people do; one that is called otherwise by its title."""
    if form is None:
        return line("unknown-form")
    if form == "narrative":
        return line("narrative-form")
    return line("form", form=form) if title is None or form.isdecimal() else title


def name_os_error(error: OSError) -> str:
    """Give the name of what the system has against a file, or its own words where there are none of ours."""
    # Windows says of such a path that there is no such file.
    if sys.platform == "win32" and len(os.path.abspath(str(error.filename or ""))) >= _LONGEST_PATH:
        return "path-too-long"
    from .calls import SYSTEM

    name = errorcode.get(error.errno or 0, "")
    return name if name in SYSTEM else error.strerror or str(error) or type(error).__name__


def describe_os_error(error: OSError) -> Bilingual:
    """Say why the system refused to read or write a file."""
    return _describe_system(name_os_error(error))


def _describe_system(name: str) -> Bilingual:
    from .calls import SYSTEM

    return Bilingual(*SYSTEM.get(name, (name, name)))


def ask_nearest(name: str, names: Iterable[str]) -> Bilingual:
    """Ask whether the nearest of the names is meant; nothing if none is near."""
    # Imported here: only a wrong call pays for it.
    from difflib import get_close_matches

    near = get_close_matches(name, list(names), n=1)
    return line("did-you-mean", near=near[0]) if near else Bilingual("", "")


def join_names(names: Iterable[Bilingual], key: str = "commas") -> Bilingual:
    """Give names as a list, parted by "commas", or by "list" where they may have commas of their own."""
    parts, named = line(key), list(names)
    return Bilingual(parts.zh.join(name.zh for name in named), parts.en.join(name.en for name in named))


Value = str | int | Bilingual


def line(key: str, /, **values: Value) -> Bilingual:
    """Give a line of the output with its values filled in; KeyError if the catalogue has no such line."""
    return _fill(_LINES[key], values) if values else _line(key)


@cache
def _line(key: str) -> Bilingual:
    return _fill(_LINES[key], {})


class _Lines(dict[str, tuple[str, str]]):
    """All lines by key, as far as the tables that hold them are imported."""

    def __init__(self) -> None:
        self._waiting = iter(TABLES)

    def __missing__(self, key: str) -> tuple[str, str]:
        for table in self._waiting:
            self.update(import_module(f"{__name__}.{table}").LINES)
            if key in self:
                return self[key]
        raise KeyError(key)


_LINES = _Lines()


class _Known(dict[str, str | int]):
    def __missing__(self, key: str) -> str:
        return "…"


def _fill(pair: tuple[str, str], values: Mapping[str, Value]) -> Bilingual:
    return Bilingual(pair[0].format_map(_only("zh", values)), pair[1].format_map(_only("en", values)))


def _only(language: Language, values: Mapping[str, Value]) -> _Known:
    """Give the values in one language."""
    return _Known(
        (name, value.in_language(language) if isinstance(value, Bilingual) else value) for name, value in values.items()
    )
