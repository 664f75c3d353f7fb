"""Plain data -> the types of a rule or form file, strictly: no unknown key, none missing, no other type.

This does what pydantic would do here; importing pydantic alone takes longer than loading all rules.
"""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import EnumType
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from validator.errors import RuleError

T = TypeVar("T")


def fill(wanted: type[T], data: object, place: str) -> T:
    """Make a dataclass out of plain data; RuleError names the place, the key and the nearest right name."""
    result: T = _fill(wanted, data, place)
    return result


def nearest(name: str, names: Iterable[str]) -> str:
    """Give "; did you mean 'X'?" for the nearest of the names, or "" if none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a wrong file pays for it

    found = get_close_matches(name, list(names), n=1, cutoff=0.6)
    return f"; did you mean {found[0]!r}?" if found else ""


def _fill(wanted: Any, data: object, place: str) -> Any:
    origin, arguments = get_origin(wanted), get_args(wanted)
    if is_dataclass(wanted) and isinstance(wanted, type):
        return _fill_dataclass(wanted, _need(dict, data, place), place)
    if origin is tuple:
        return tuple(_fill(arguments[0], item, f"{place}[{n}]") for n, item in enumerate(_need(list, data, place), 1))
    if origin is Mapping:
        return {key: _fill(arguments[1], item, f"{place}.{key}") for key, item in _need(dict, data, place).items()}
    if origin in (Union, UnionType):
        return _fill(_arm(arguments, data), data, place)
    if origin is Literal or isinstance(wanted, EnumType):
        return _choose(wanted, arguments or tuple(wanted), data, place)
    return _need(wanted, data, place)


def _fill_dataclass(wanted: type, data: Mapping[str, object], place: str) -> Any:
    hints, required = _keys(wanted)
    for key in data:
        if key not in hints:
            raise RuleError(f"{place}: unknown key {key!r}{nearest(key, hints)}")
    for key in required:
        if key not in data:
            raise RuleError(f"{place}: the key {key!r} is missing")
    return wanted(**{key: _fill(hints[key], item, f"{place}: {key}") for key, item in data.items()})


@cache
def _keys(wanted: type) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Give the types of a dataclass' keys, and the keys that have no default."""
    required = (f.name for f in fields(wanted) if f.default is MISSING and f.default_factory is MISSING)
    return get_type_hints(wanted), tuple(required)


def _arm(arms: tuple[Any, ...], data: object) -> Any:
    """Choose the arm of a union by the shape of the data; the first arm that takes texts if none fits."""
    if isinstance(data, dict):
        fitting = [arm for arm in arms if is_dataclass(arm) or get_origin(arm) is Mapping]
    elif isinstance(data, list):
        fitting = [arm for arm in arms if get_origin(arm) is tuple]
    else:
        fitting = [arm for arm in arms if arm is type(data)] or [arm for arm in arms if isinstance(arm, EnumType)]
    return fitting[0] if fitting else arms[0]


def _choose(wanted: Any, choices: tuple[Any, ...], data: object, place: str) -> Any:
    if data in choices:
        return wanted(data) if isinstance(wanted, EnumType) else data
    known = [str(choice) for choice in choices]
    raise RuleError(f"{place}: {data!r} is not one of {', '.join(known)}{nearest(str(data), known)}")


def _need(wanted: Any, data: object, place: str) -> Any:
    if isinstance(data, wanted) and isinstance(data, bool) == (wanted is bool):
        return data
    words = {dict: "keys with values", list: "a list", str: "a text", int: "a whole number", bool: "true or false"}
    raise RuleError(f"{place}: {data!r} is not {words.get(wanted, wanted.__name__)}")
