"""Plain data -> the types of a rule or form file, strictly: no unknown key, none missing, no other type.

This does what pydantic would do here; importing pydantic alone takes longer than loading all rules.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum, EnumType
from functools import cache
from types import UnionType
from typing import Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from validator.errors import RuleError

T = TypeVar("T")

_WORDS = {dict: "keys with values", list: "a list", str: "a text", int: "a whole number", bool: "true or false"}


def fill(wanted: type[T], data: object, place: str) -> T:
    """Make a record out of plain data; RuleError names the place, the key and the nearest right name."""
    try:
        return cast(T, _fill(wanted, data))
    except RuleError as error:
        raise RuleError(f"{place}: {error}") from None


def nearest(name: str, names: Iterable[str]) -> str:
    """Give "; did you mean 'X'?" for the nearest of the names, or "" if none is near."""
    # Imported here: only a wrong file pays for it.
    from difflib import get_close_matches

    found = get_close_matches(name, list(names), n=1, cutoff=0.6)
    return f"; did you mean {found[0]!r}?" if found else ""


class UnknownName(RuleError):
    """A rule uses a name that is not there; the nearest right one is looked up when the text is asked for."""

    def __init__(self, text: str, name: str, known: Callable[[], Iterable[str]]) -> None:
        super().__init__(text)
        self.text = text
        self.name = name
        self.known = known

    def __str__(self) -> str:
        return f"{self.text} {self.name!r}{nearest(self.name, self.known())}"


def _fill(wanted: object, data: object) -> object:
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin is tuple:
        return tuple(_within(n, arguments[0], item) for n, item in enumerate(_need(list, data), 1))
    if origin is Mapping:
        return {key: _within(key, arguments[1], item) for key, item in _need(dict, data).items()}
    if origin in (Union, UnionType):
        return _fill(_arm(arguments, data), data)
    if origin is Literal or isinstance(wanted, EnumType):
        return _choose(wanted, arguments, data)
    if _is_record(wanted):
        return _fill_record(cast(type, wanted), _need(dict, data))
    return _need(cast(type, wanted), data)


def _within(key: str | int, wanted: object, data: object) -> object:
    """Fill what stands under a key or in a list; an error says where."""
    try:
        return data if wanted is type(data) else _fill(wanted, data)
    except RuleError as error:
        raise RuleError(f"{key}: {error}") from None


def _fill_record(wanted: type, data: Mapping[str, object]) -> object:
    hints, required = _keys(wanted)
    for key in data:
        if key not in hints:
            raise RuleError(f"unknown key {key!r}{nearest(key, hints)}")
    for key in required:
        if key not in data:
            raise RuleError(f"the key {key!r} is missing")
    make = cast(Callable[..., object], wanted)
    return make(**{key: _within(key, hints[key], item) for key, item in data.items()})


def _is_record(wanted: object) -> bool:
    """Whether a type names what keys a mapping must have: a dataclass or a named tuple."""
    return is_dataclass(wanted) or hasattr(wanted, "_field_defaults")


@cache
def _keys(wanted: type) -> tuple[dict[str, object], tuple[str, ...]]:
    """Give the types of a record's keys, and the keys that have no default."""
    hints = get_type_hints(wanted)
    if not is_dataclass(wanted):
        defaults: Mapping[str, object] = wanted._field_defaults  # type: ignore[attr-defined]
        return hints, tuple(key for key in hints if key not in defaults)
    required = (f.name for f in fields(wanted) if f.default is MISSING and f.default_factory is MISSING)
    return hints, tuple(required)


def _arm(arms: tuple[object, ...], data: object) -> object:
    """Choose the arm of a union by the shape of the data; the first arm if none fits, for its error."""
    for arm in arms:
        origin = get_origin(arm)
        if isinstance(data, dict):
            fits = _is_record(arm) or origin is Mapping
        elif isinstance(data, list):
            fits = origin is tuple
        else:
            fits = arm is type(data) or (isinstance(arm, EnumType) and isinstance(data, str))
        if fits:
            return arm
    return arms[0]


def _choose(wanted: object, choices: tuple[object, ...], data: object) -> object:
    """Take one of the choices of a Literal, or the member of an enum that has this value."""
    if isinstance(wanted, EnumType):
        members = {member.value: member for member in cast(type[Enum], wanted)}
        if data in members:
            return members[data]
        choices = tuple(members)
    if data in choices:
        return data
    known = [str(choice) for choice in choices]
    raise RuleError(f"{data!r} is not one of {', '.join(known)}{nearest(str(data), known)}")


def _need(wanted: type[T], data: object) -> T:
    if isinstance(data, wanted) and isinstance(data, bool) == (wanted is bool):
        return data
    raise RuleError(f"{data!r} is not {_WORDS.get(wanted, wanted.__name__)}")
