"""The lines of keys in TOML files: every way in which TOML can write one."""

import tomllib

import pytest

from validator.config.loading import find_lines
from validator.config.schema import line_of

EVERYTHING = r'''# a comment with "quotes" and [brackets]
plain = 1
"quoted key" = "text # no comment" # a comment
'literal.key' = 'C:\temp\'
a.b . "c.d" = 2
text = """
[not.a.table]
key = "no key"
\""" still inside """""
raw = """"""
other = \'\'\'
[also.not]'\'\'\'
list = [
  1, # [comment
  "two",
  [3, 4],
  { x = 1, y.z = [5,
     6] },
]
date = 1979-05-27 07:32:00
float = 3.14

[table]
key = 1
[table.inner]
key = { a = "}", b = "]" }
[[array]]
name = 1
[array.sub]
key = 2
[[array]]
name = 3
  [[array.deep]]
  x = 4
  [[array.deep]]
  x = 5
[ "tool" . gouji ]
"报告" = 6
'''.replace("\\'\\'\\'", "'''")


def leaves(data, path=()):
    yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from leaves(value, (*path, key))


def test_every_value_has_a_line():
    lines = find_lines(EVERYTHING)
    assert {path for path in leaves(tomllib.loads(EVERYTHING)) if path} == set(lines)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("plain",), 2),
        (("quoted key",), 3),
        (("literal.key",), 4),
        (("a", "b", "c.d"), 5),
        (("raw",), 10),
        (("list",), 13),
        (("list", 1), 15),
        (("list", 2, 1), 16),
        (("list", 3, "y", "z", 1), 18),
        (("float",), 21),
        (("table", "inner", "key", "b"), 26),
        (("array",), 27),
        (("array", 0, "sub", "key"), 30),
        (("array", 1), 31),
        (("array", 1, "deep", 1, "x"), 36),
        (("tool", "gouji", "报告"), 38),
    ],
)
def test_the_line_of_a_key(path, line):
    assert find_lines(EVERYTHING)[path] == line


def test_what_is_not_there_has_the_line_of_what_is_around_it():
    lines = find_lines(EVERYTHING)
    assert line_of(lines, ("array", 1, "missing", "key")) == 31
    assert line_of(lines, ("nowhere",)) == 1
    assert find_lines("") == {}
    assert find_lines("# nothing") == {}
    assert find_lines("last = 1") == {("last",): 1}
