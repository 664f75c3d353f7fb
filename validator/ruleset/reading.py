"""A YAML file -> plain data -> the types of a rule or form file, and the errors that name the nearest right name.

What YAML reads otherwise than it looks (on, no, 010, doubled keys), and what never ends, is refused.
"""

from decimal import Decimal
from pathlib import Path
from typing import TypeAlias, TypeVar

import yaml

from validator.errors import RuleError
from validator.model.bilingual import Bilingual
from validator.records import Unfit, make_record
from validator.words import describe_os_error, line
from validator.words.written_files import describe_fault

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | bool | Decimal"

_Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_YAML = "tag:yaml.org,2002:"
_TEXT = _YAML + "str"
MOST_VALUES = 50_000
"""Values a file may have; the largest form has some 1,200."""
_LONGEST_NUMBER = 30
_AMBIGUOUS = frozenset("0123456789-+.=<~nNyYtTfFoO")


class _Loader(_Base):  # type: ignore[misc,valid-type]
    """The safe loader, which need not try every pattern on texts that begin like no other scalar."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str:
        """Give the tag of a node that states none."""
        if kind is yaml.ScalarNode and value and value[0] not in _AMBIGUOUS:
            return _TEXT
        return str(super().resolve(kind, value, implicit))


def read_yaml(path: Path) -> Plain:
    """Read one YAML file into dicts, lists, texts, whole numbers, decimals and true or false."""
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RuleError.of("yaml-unreadable", place=str(path), reason=describe_os_error(error)) from None
    except UnicodeDecodeError:
        raise RuleError.of("yaml-encoding", place=str(path)) from None
    try:
        node = loader.get_single_node()
        if node is None:
            raise RuleError.of("yaml-empty", place=str(path))
        return _Reading(path).plain(node)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = "" if mark is None else line("yaml-where", line=mark.line + 1)
        detail = " ".join(str(error).split())
        raise RuleError.of("yaml-wrong", place=str(path), line=where, detail=detail) from None
    except RecursionError:
        raise RuleError.of("yaml-deep", place=str(path)) from None
    finally:
        loader.dispose()


class _Reading:
    """One file being read. An alias repeats what it names, so values are counted, and none may hold itself."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.values = 0
        self.inside: set[int] = set()

    def plain(self, node: yaml.Node) -> Plain:
        """Turn a node and all below it into plain data."""
        self.values += 1
        if self.values > MOST_VALUES:
            raise _refuse(self.path, node, line("yaml-many", limit=MOST_VALUES))
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node, self.path)
        if id(node) in self.inside:
            raise _refuse(self.path, node, line("yaml-circle"))
        self.inside.add(id(node))
        made = self._mapping(node) if isinstance(node, yaml.MappingNode) else [self.plain(n) for n in node.value]
        self.inside.remove(id(node))
        return made

    def _mapping(self, node: yaml.MappingNode) -> dict[str, Plain]:
        result: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if key is None or key_node.tag != _TEXT:
                raise _refuse(
                    self.path, key_node, line("yaml-key", key=str(key_node.value)[:60] if key is None else key)
                )
            if key in result:
                raise _refuse(self.path, key_node, line("yaml-key-twice", key=key))
            result[key] = self.plain(value_node)
        return result


def _scalar(node: yaml.ScalarNode, path: Path) -> Plain:
    text: str = node.value
    if len(text) > _LONGEST_NUMBER and not node.tag.endswith(":str"):
        raise _refuse(path, node, line("yaml-number", text=text[:12], limit=_LONGEST_NUMBER))
    match node.tag.removeprefix(_YAML):
        case "str":
            return text
        case "bool" if text in ("true", "false"):
            return text == "true"
        case "int" if text.removeprefix("-").isdecimal() and str(int(text)) == text:
            return int(text)
        case "float" if text.replace(".", "", 1).removeprefix("-").isdecimal():
            return Decimal(text)
    meaning = node.tag.removeprefix(_YAML)
    raise _refuse(path, node, line("yaml-meaning", text=text, meaning=meaning))


def _refuse(path: Path, node: yaml.Node, what: Bilingual) -> RuleError:
    return RuleError.of("at-line", place=str(path), line=node.start_mark.line + 1, what=what)


T = TypeVar("T")


def fill(wanted: type[T], data: object, place: str) -> T:
    """Make a record out of plain data; RuleError names the place, the key and the nearest right name."""
    try:
        return make_record(wanted, data)
    except Unfit as error:
        raise RuleError.of("in-file", place=place, what=describe_fault(error.faults[0])) from None
