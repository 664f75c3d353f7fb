"""Plain data -> the types of a rule or form file, checked by pydantic: no unknown key, none missing, no other type."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from functools import cache
from types import GenericAlias, UnionType
from typing import Any, TypeVar, cast, get_args, get_type_hints

from validator.errors import RuleError

T = TypeVar("T")
_UNKNOWN_KEY = ("extra_forbidden", "unexpected_keyword_argument")
_WANTED = {
    "bool_type": "true or false",
    "dataclass_type": "keys with values",
    "dict_type": "keys with values",
    "int_type": "a whole number",
    "string_type": "a text",
    "tuple_type": "a list",
}


def fill(wanted: type[T], data: object, place: str) -> T:
    """Make a record out of plain data; RuleError names the place, the key and the nearest right name."""
    # pydantic takes longer to import than all rules to load, so only what loads them imports it.
    from pydantic import ValidationError

    try:
        # As JSON, because there pydantic can be strict ("1" and true are no 1) and still make a tuple of a list, a
        # record of keys with values and a member of a choice; with Python objects strictness forbids those as well.
        filled: T = _validator(cast(type, wanted))(json.dumps([data], default=float))[0]
    except ValidationError as error:
        raise RuleError(f"{place}: {_tell(error.errors(include_url=False), wanted, data)}") from None
    return filled


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


@cache
def _validator(wanted: type) -> Callable[[str], tuple[Any, ...]]:
    """Give what turns a JSON list of one record into that record."""
    from pydantic import TypeAdapter

    # In a tuple: pydantic refuses a configuration for a dataclass, but hands that of a tuple on to all inside.
    listed: Any = GenericAlias(tuple, (wanted,))
    return TypeAdapter(listed, config={"extra": "forbid", "strict": True}).validate_json


def _tell(errors: Sequence[Mapping[str, Any]], wanted: type, data: object) -> str:
    """Say what is wrong: an unknown key before what it leaves missing; of a union, where the data went furthest."""
    error = max(errors, key=lambda error: (error["type"] in _UNKNOWN_KEY, len(error["loc"])))
    kind, found = error["type"], error["input"]
    path = list(_path(error["loc"][1:], data))
    if kind in _UNKNOWN_KEY:
        key = path.pop()
        what = f"unknown key {key!r}{nearest(str(key), _keys(wanted, path))}"
    elif kind == "missing":
        what = f"the key {error['loc'][-1]!r} is missing"
    elif kind in ("enum", "literal_error"):
        choices = re.findall("'(.+?)'", error["ctx"]["expected"])
        what = f"{found!r} is not one of {', '.join(choices)}{nearest(str(found), choices)}"
    elif kind in _WANTED:
        what = f"{found!r} is not {_WANTED[kind]}"
    else:
        what = error["msg"]
    return ": ".join([*(str(step + 1 if isinstance(step, int) else step) for step in path), what])


def _path(steps: Sequence[str | int], data: object) -> Iterator[str | int]:
    """Give the keys and numbers that lead to a place in the data, without the names of types among the steps."""
    here: Any = data
    for step in steps:
        try:
            here = here[step]
        except (LookupError, TypeError):
            continue
        yield step


def _keys(wanted: object, path: Sequence[str | int]) -> Iterator[str]:
    """Give the keys of the records that may stand at a place."""
    if is_dataclass(wanted):
        hints = get_type_hints(wanted)
        yield from _keys(hints.get(str(path[0])), path[1:]) if path else hints
    else:
        rest = path if isinstance(wanted, UnionType) else path[1:]
        for inner in get_args(wanted):
            yield from _keys(inner, rest)
