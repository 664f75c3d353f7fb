"""Help and every wrong call in one language: no word of English in a Chinese run, no Chinese in an English one."""

import re
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from test_cli import write_report

from validator.cli import main
from validator.cli.language import find_language
from validator.cli.options import FORMATS
from validator.cli.spoken import Misuse, Option
from validator.pipeline import load_ruleset
from validator.words.options import LINES

CHINESE = re.compile(r"[\u4e00-\u9fff，。；：（）“”]")
NAMES = {
    *main.list_commands(click.Context(main)),
    *FORMATS,
    *("table", "error", "warning", "never", "off", "gouji", "git", "dask", "GOUJI_LANG"),
    *("JSON", "TOML", "UTF-", "LibreOffice", "schema", "review"),
}
"""Words that have no Chinese: commands, formats, keys, rules and what options may be given."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GOUJI_LANG", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    write_report(Path("a.json"))
    Path("file.txt").write_text("x", encoding="utf-8")
    Path("dir").mkdir()
    Path("bad.toml").write_text("colour = 1\n", encoding="utf-8")
    Path("broken.toml").write_text("a = ", encoding="utf-8")
    for name in ("shares", "others"):
        CliRunner().invoke(main, ["check", "a.json", "--cache", name, "--shard", "1/2"])
    CliRunner().invoke(main, ["check", "dir", "--cache", "others", "--shard", "2/2"])
    Path("torn").mkdir()
    Path("torn/shard-1-of-1.gouji").write_text("x", encoding="utf-8")
    return tmp_path


def gouji(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), prog_name="gouji")


def english_words(text: str, given: tuple[str, ...] = ()) -> list[str]:
    """Give what is left of the English alphabet in a text, without what the call itself named."""
    for word in sorted((*given, str(Path.cwd())), key=len, reverse=True):
        text = text.replace(word, "")
    text = re.sub(r"--?[a-z][a-z-]*|[a-z]+://|\b[a-z-]+\.(?:toml|json)\b", "", text)
    return [word for word in re.findall(r"[A-Za-z][A-Za-z_-]{2,}", text) if word not in NAMES]


GIVEN = ("shard-1-of-1.gouji", "shard-1-of-2.gouji", "shard-2-of-2.gouji", "dir/b", "dir", "xml", "colour")
"""Parts of arguments, and of a file of the user's, that a message names."""

WRONG_CALLS = [
    (),
    ("chekc", "a.json"),
    ("--selct", "check"),
    ("check",),
    ("check", "a.json", "--selct", "x"),
    ("check", "a.json", "--nothing-like-it"),
    ("check", "a.json", "--fail-on", "erorr"),
    ("check", "a.json", "--format", "xml"),
    ("check", "a.json", "--jobs", "-1"),
    ("check", "a.json", "--jobs", "many"),
    ("check", "a.json", "--jobs"),
    ("check", "a.json", "--quiet=yes"),
    ("check", "a.json", "--timeout", "0"),
    ("check", "a.json", "--timeout", "soon"),
    ("check", "a.json", "--rules", "nowhere"),
    ("check", "a.json", "--rules", "file.txt"),
    ("check", "a.json", "--baseline", "dir"),
    ("check", "a.json", "--baseline", "nowhere.json"),
    ("check", "a.json", "--baseline", "file.txt"),
    ("check", "a.json", "--cache", "file.txt"),
    ("check", "a.json", "--shard", "3/2"),
    ("check", "a.json", "--shard", "1/2"),
    ("check", "a.json", "--report", "json"),
    ("check", "a.json", "--report", "xml=a"),
    ("check", "a.json", "--format", "html"),
    ("check", "a.json", "--format", "parquet"),
    ("check", "a.json", "--output", "a.json"),
    ("check", "a.json", "--output", "dir"),
    ("check", "a.json", "--output", "no/where"),
    ("check", "a.json", "--report", "html=./"),
    ("check", "a.json", "--report", "html=dir/", "--report", "json=dir/b"),
    ("check", "a.json", "--select", "review-totl"),
    ("check", "a.json", "--ignore", "nothing-like-it"),
    ("check", "a.json", "--config", "bad.toml"),
    ("check", "a.json", "--config", "nowhere.toml"),
    ("check", "a.json", "--config", "dir"),
    ("check", "a.json", "--config", "bad.toml", "--no-config"),
    ("check", "dir", "a.json", "--executor", "x"),
    ("check", "dir", "--changed-since", "HEAD"),
    ("join", "nowhere"),
    ("join", "dir"),
    ("join", "shares"),
    ("join", "others"),
    ("join", "torn"),
    ("baseline",),
    ("baseline", "a.json", "--prune"),
    ("read",),
    ("read", "a.json", "--format", "xml"),
    ("rules", "surplus"),
    ("explain",),
    ("explain", "review-totl"),
    ("explain", "a", "surplus"),
]


@pytest.mark.parametrize("arguments", WRONG_CALLS, ids=" ".join)
def test_a_wrong_call_is_told_in_the_language_asked_for(arguments):
    result = gouji(*arguments)
    assert result.exit_code == 2, result.output
    assert CHINESE.search(result.stderr)
    assert not english_words(result.stderr, (*arguments, *GIVEN))
    said = gouji(*arguments[:1], *arguments[1:], "--lang", "en").stderr if arguments else gouji("--lang", "en").stderr
    if arguments and arguments[0] == "--selct":
        said = gouji("--lang", "en", *arguments).stderr
    assert said
    assert not CHINESE.search(said)


def every_kind_of_misuse() -> list[type[click.UsageError]]:
    found = [click.UsageError]
    for kind in found:
        found += [sub for sub in kind.__subclasses__() if sub.__module__.startswith("click")]
    return [kind for kind in found if kind.__name__ != "NoArgsIsHelpError"]  # which is the help


@pytest.mark.parametrize("kind", every_kind_of_misuse(), ids=lambda kind: kind.__name__)
def test_no_error_of_click_is_told_in_its_own_english(kind):
    needs = {"Option": "option_name", "Command": "command_name"}
    attributes = {name: "--xyz" for part, name in needs.items() if part in kind.__name__}
    error = kind(**attributes, message="Something is wrong.")
    said = Misuse(error, "zh").message
    assert CHINESE.search(said)
    assert not english_words(said)
    assert not CHINESE.search(Misuse(error, "en").message)


@pytest.mark.parametrize("name", ["", *main.list_commands(click.Context(main))])
@pytest.mark.parametrize("where", ["before", "after", "environment"])
def test_help_is_in_one_language(name, where, monkeypatch):
    call: list[str] = [name] if name else []
    help_text = gouji(*call, "--help").stdout
    assert not english_words(help_text)
    if where == "environment":
        monkeypatch.setenv("GOUJI_LANG", "en")
        said = gouji(*call, "--help").stdout
    else:
        asked = ["--lang", "en"]
        said = gouji(*([*call, *asked] if where == "after" else [*asked, *call]), "--help").stdout
    assert said
    assert not CHINESE.search(said)


def test_every_command_and_option_has_help_and_no_help_is_left_over():
    commands = [
        main,
        *(main.get_command(click.Context(main), name) for name in main.list_commands(click.Context(main))),
    ]
    keys = {command.said for command in commands}
    keys |= {
        option.said
        for command in commands
        for option in command.get_params(click.Context(command))
        if isinstance(option, Option)
    }
    assert keys == {key for key in LINES if key.startswith(("command-", "option-"))}


def test_a_configuration_sets_the_language_of_what_follows_it():
    Path("gouji.toml").write_text('lang = "en"\n', encoding="utf-8")
    assert gouji("check", "a.json", "--select", "review-totl").stderr.startswith("gouji: no rule or group")
    assert "没有“review-totl”" in gouji("check", "a.json", "--select", "review-totl", "--lang", "zh").stderr
    assert "ok (42/42 checked)" in gouji("check", "a.json").stdout


def test_the_language_may_be_asked_for_before_the_command():
    for asked in (["--lang", "en"], ["--lang=en"]):
        assert "ok (42/42 checked)" in gouji(*asked, "check", "a.json").stdout
        assert "ok (42/42 checked)" in gouji("check", *asked, "a.json").stdout
    assert "√ 通过" in gouji("--lang", "en", "check", "a.json", "--lang", "zh").stdout


@pytest.mark.parametrize(
    ("arguments", "language"),
    [([], None), (["--lang"], None), (["--lang", "fr"], None), (["--", "--lang", "en"], None), (["--lang=en"], "en")],
)
def test_the_language_of_wrong_arguments(arguments, language):
    assert find_language(arguments) == language


FILES: dict[str, Callable[[], bytes | str]] = {
    "damaged.docx": lambda: b"PK\x03\x04" + b"\0" * 99,
    "damaged.xlsx": lambda: b"PK\x03\x04" + b"x" * 99,
    "damaged.ofd": lambda: b"PK\x03\x04" + b"x" * 99,
    "damaged.pdf": lambda: b"%PDF-1.7\n" + b"x" * 99,
    "empty.html": lambda: b"",
    "garbled.txt": lambda: "锟斤拷" * 40,
    "binary.txt": lambda: bytes(range(256)) * 9,
    "other.json": lambda: "{}",
    "list.json": lambda: "[1]",
    "broken.json": lambda: "{",
    "deep.html": lambda: "<div>" * 9999 + "x",
    "scripts.html": lambda: "<html><script>1</script></html>",
    "letter.txt": lambda: "来信收悉。",
    "wrong.docx": lambda: b"%PDF-1.7\n",
    "picture.png": lambda: b"x",
    "plain": lambda: b"x",
    "nowhere.html": lambda: "",
}
KINDS = ("DOCX", "XLSX", "OFD", "PDF", "ZIP", "TXT", "HTML", "Word", "WPS", "Excel", "LibreOffice")


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read_is_told_in_one_language(name):
    content = FILES[name]()
    if name != "nowhere.html":
        Path(name).write_bytes(content.encode() if isinstance(content, str) else content)
    result = gouji("check", name)
    assert result.exit_code == 3, result.output
    suffixes = tuple(re.findall(r"\.[a-z]+", result.stdout))
    assert not english_words(result.stdout, (name, *suffixes, *KINDS))
    assert not CHINESE.search(gouji("check", name, "--lang", "en").stdout)


RULE = """id: own
kind: identity
title: {zh: 甲, en: a}
message: {zh: "{left}", en: "{left}"}
why: {zh: 因, en: b}
severity: error
forms: ["2021"]
check: review.upheld = review.total
examples: [{given: {review.upheld: 1}, holds: true}]
"""
RULE_FILES = {
    "empty": "",
    "torn": "id: [",
    "no text": "1: 2",
    "twice": "id: a\nid: b",
    "yes": "id: yes",
    "kind": RULE.replace("kind: identity", "kind: identty"),
    "id": RULE.replace("id: own", "id: other"),
    "key": RULE.replace("why:", "because:"),
    "missing": RULE.replace("severity: error\n", ""),
    "choice": RULE.replace("severity: error", "severity: eror"),
    "type": RULE.replace("title: {zh: 甲, en: a}", "title: 1"),
    "check": RULE.replace("review.upheld = review.total", "review.upheld ="),
    "sum": RULE.replace("review.upheld = review.total", "review.upheld ?? review.total"),
    "cell": RULE.replace("review.upheld = review.total", "review.uphold = review.total"),
    "form": RULE.replace('"2021"', '"2031"'),
    "field": RULE.replace('zh: "{left}", en: "{left}"', 'zh: "{leftt}", en: "{leftt}"'),
    "odd": RULE.replace('en: "{left}"', 'en: "{right}"'),
    "circle": "a: &a [*a]",
}


@pytest.mark.parametrize("name", RULE_FILES)
def test_a_wrong_rule_file_is_told_in_one_language(name):
    Path("own").mkdir()
    Path("own/own.yaml").write_text(RULE_FILES[name], encoding="utf-8")
    result = gouji("check", "a.json", "--rules", "own")
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith("gouji: own/own.yaml")
    assert CHINESE.search(result.stderr)
    assert not english_words(result.stderr, RULE_WORDS)
    said = gouji("check", "a.json", "--rules", "own", "--lang", "en").stderr
    assert said.startswith("gouji: own/own.yaml")
    assert not CHINESE.search(said)


KNOWN = load_ruleset()
RULE_WORDS = (
    *(kind for rule in KNOWN.rules for kind in (rule.kind, rule.id)),
    *(address for form in KNOWN.forms.values() for address in form.cells),
    *re.findall(r"[a-z.]+", RULE),
    *("yes", "identty", "because", "eror", "uphold", "leftt", "YAML", "own/own.yaml"),
)
