"""The message catalogue knows every code that the program can give, with every field of its texts."""

import re
from importlib import import_module
from string import Formatter
from typing import get_args

import pytest

from validator import words as catalogue
from validator.errors import ReadError
from validator.model.outcome import Confidence, Severity
from validator.words import describe_reason, describe_severity, mark
from validator.words.calls import SYSTEM
from validator.words.read_errors import READ_ERRORS

LINES = {name: import_module(f"validator.words.{name}").LINES for name in catalogue.TABLES}


@pytest.mark.parametrize("code", READ_ERRORS)
def test_every_reason_not_to_read_a_file_is_said_with_its_values_in_both_languages(code):
    names = {name for text in READ_ERRORS[code] for _, name, _, _ in Formatter().parse(text) if name} - {"how"}
    said = ReadError(code, **{name: f"<{name}>" for name in names}).words
    for name in names:
        assert f"<{name}>" in said.en  # the Chinese text may leave out what other programs say in English
    assert "…" not in said.zh + said.en


def test_the_reasons_that_mypy_lets_be_raised_are_those_that_have_a_text():
    assert set(get_args(catalogue.ReadCause)) == set(READ_ERRORS)


CHINESE = re.compile(r"[\u4e00-\u9fff，。；：（）]")
_NAMES = (
    # What is typed as it stands: commands, options, keys of files, places of code between quotation marks.
    r"gouji(?: (?:check|explain|read|fix|annotate|serve))?|--[a-z][a-z-]*(?: (?:html|text|off))?(?:=[^\s；]*)?|"
    r"pip install \S*|"
    r'if __name__ == "__main__":|to_pandas|dask://|\*?\.[a-z]+|Ctrl\+C|'
    # Programs and formats that have no Chinese name.
    r"\b(?:Python|Word|WPS|Excel|LibreOffice|PDF|OFD|JSON|XML|YAML|UTF-8|GitHub|JavaScript|Windows|Path|pandas|git|jobs|MB|GB|ID)\b"
)


def test_no_word_of_english_in_chinese_and_no_chinese_in_english():
    """Keys of rule files are named as they are written there; test_languages.py reads the help of options."""
    catalogues = (*LINES.values(), READ_ERRORS, SYSTEM, catalogue._REASONS, catalogue._SEVERITIES)
    for texts in catalogues:
        for key, (zh, en) in texts.items():
            assert not CHINESE.search(en), key
            fields_out = re.sub(r"\{[^}]*\}", "", zh)
            left = re.findall(r"[A-Za-z]{3,}", re.sub(_NAMES, "", fields_out))
            assert key in LINES["written_files"] | LINES["options"] or not left, (key, left)


def test_both_languages_use_the_same_fields():
    for table, key, (zh, en) in ((table, *item) for table, lines in LINES.items() for item in lines.items()):
        fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (zh, en)]
        # What other programs say, and what only one language needs, stands in that one: 等12处, and 4 more.
        of_others = {"detail", "wanted", "found", "text", "meaning", "line"}
        only = of_others if table in ("written_files", "options") else {"left"}
        assert fields[1] - only <= fields[0], key


@pytest.mark.parametrize(
    "reason", ["total-blank", "all-blank", "parts-blank", "missing", "unreadable", "not-applicable"]
)
def test_every_reason_has_a_text(reason):
    assert describe_reason(reason).zh != reason


def test_a_path_that_windows_does_not_open_is_told_as_such(monkeypatch):
    missing = FileNotFoundError(2, "No such file or directory", "甲" * 300)
    assert catalogue.describe_os_error(missing).zh == "没有这个文件或文件夹"
    monkeypatch.setattr("validator.words.sys.platform", "win32")
    assert catalogue.describe_os_error(missing).zh.startswith("路径超过260个字符")
    assert catalogue.describe_os_error(FileNotFoundError(2, "", "甲.docx")).zh == "没有这个文件或文件夹"


def test_every_severity_and_confidence_has_a_text():
    for severity in Severity:
        assert describe_severity(severity).zh.isalpha()
        mark(severity).zh.encode("gbk")
        mark(severity).en.encode("ascii")
    assert set(get_args(Confidence)) <= set(LINES["screen"])


def test_no_key_stands_in_two_tables():
    keys = [key for lines in LINES.values() for key in lines]
    assert len(keys) == len(set(keys))
