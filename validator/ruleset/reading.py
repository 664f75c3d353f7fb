"""A YAML file -> plain data. What YAML reads otherwise than it looks (on, no, 010, doubled keys) is refused."""

from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import yaml

from validator.errors import RuleError

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | bool | Decimal"

_Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_YAML = "tag:yaml.org,2002:"
_TEXT = _YAML + "str"
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
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: cannot be read: {error}") from None
    try:
        node = loader.get_single_node()
        if node is None:
            raise RuleError(f"{path}: the file is empty")
        return _plain(node, path)
    except yaml.YAMLError as error:
        raise RuleError(f"{path}: not YAML: {' '.join(str(error).split())}") from None
    finally:
        loader.dispose()


def _plain(node: yaml.Node, path: Path) -> Plain:
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if key is None or key_node.tag != _TEXT:
                raise _refuse(path, key_node, f"the key {key!r} is not a text; put it in quotes")
            if key in result:
                raise _refuse(path, key_node, f"the key {key!r} stands twice")
            result[key] = _plain(value_node, path)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, path) for item in node.value]
    return _scalar(node, path)


def _scalar(node: yaml.Node, path: Path) -> Plain:
    text: str = node.value
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
    raise _refuse(path, node, f"{text!r} is a {meaning} to YAML; put it in quotes if it is a text")


def _refuse(path: Path, node: yaml.Node, what: str) -> RuleError:
    return RuleError(f"{path}, line {node.start_mark.line + 1}: {what}")
