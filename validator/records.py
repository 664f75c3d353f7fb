"""Plain data -> the types of a file, checked by pydantic: no unknown key, none missing, no other type."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import GenericAlias, UnionType
from typing import Any, NamedTuple, TypeVar, cast, get_args, get_type_hints

import msgspec

T = TypeVar("T")
_UNKNOWN_KEY = ("extra_forbidden", "unexpected_keyword_argument")
_WANTED = {
    "bool_type": "true or false",
    "dataclass_type": "keys with values",
    "dict_type": "keys with values",
    "float_type": "a number",
    "int_type": "a whole number",
    "string_type": "a text",
    "tuple_type": "a list",
}


class Fault(NamedTuple):
    """Something that does not fit its type, and where.

    `path` are the keys and the numbers (from 0) that lead there, of a missing key those that lead to where it should
    be. `kind` is "unknown-key" (`found` is the key, `near` the nearest that there is, "" if none is near), "missing"
    (`found` is the key), "choice" (`found` is none of `choices`), "type" (`found` is not `wanted`) or "other" (`wanted`
    says what is wrong in a sentence).
    """

    path: tuple[str | int, ...]
    kind: str
    found: object
    wanted: str = ""
    choices: tuple[str, ...] = ()
    near: str = ""

    def __str__(self) -> str:
        near = f"; did you mean {self.near!r}?" if self.near else ""
        match self.kind:
            case "unknown-key":
                what = f"unknown key {self.found!r}{near}"
            case "missing":
                what = f"the key {self.found!r} is missing"
            case "choice":
                what = f"{self.found!r} is not one of {', '.join(self.choices)}{near}"
            case "type":
                what = f"{self.found!r} is not {self.wanted}"
            case _:
                what = self.wanted
        return ": ".join([*(str(step + 1 if isinstance(step, int) else step) for step in self.path), what])


class Unfit(Exception):
    """Data does not fit the type it should have; the worst fault stands first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(str(faults[0]))
        self.faults = faults


class Record(msgspec.Struct, frozen=True):
    """A type of what stands in a file, keys with values. It costs nothing to define: most runs check no such file."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: Callable[[Any], Any]) -> Any:  # noqa: ANN401
        """Tell pydantic, which calls this, to check it as a dataclass of the same fields."""
        from dataclasses import MISSING, field, make_dataclass

        from pydantic_core.core_schema import no_info_after_validator_function

        def default(of: msgspec.structs.FieldInfo) -> dict[str, Any]:
            given = {"default": of.default, "default_factory": of.default_factory}
            return {name: MISSING if value is msgspec.NODEFAULT else value for name, value in given.items()}

        fields = [(f.name, f.type, field(**default(f))) for f in msgspec.structs.fields(cls)]
        twin = make_dataclass(cls.__name__, fields, kw_only=True)
        return no_info_after_validator_function(lambda made: cls(**vars(made)), handler(twin))


def make_record(wanted: type[T], data: object) -> T:
    """Make a record out of plain data; Unfit tells all that is wrong."""
    # pydantic takes longer to import than all rules to load, so only what loads them imports it.
    import json

    from pydantic import ValidationError

    try:
        # As JSON, because there pydantic can be strict ("1" and true are no 1) and still make a tuple of a list, a
        # record of keys with values and a member of a choice; with Python objects strictness forbids those as well.
        made: T = _validator(cast(type, wanted))(json.dumps([data], default=float))[0]
    except ValidationError as error:
        raise Unfit(list(_faults(error.errors(include_url=False), wanted, data))) from None
    return made


def find_nearest(name: str, names: Iterable[str]) -> str:
    """Give the nearest of the names, "" if none is near."""
    # Imported here: only a wrong file pays for it.
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, list(names), n=1, cutoff=0.6)), "")


@cache
def _validator(wanted: type) -> Callable[[str], tuple[Any, ...]]:
    """Give what turns a JSON list of one record into that record."""
    from pydantic import TypeAdapter

    # In a tuple: pydantic refuses a configuration for a dataclass, but hands that of a tuple on to all inside.
    listed: Any = GenericAlias(tuple, (wanted,))
    return TypeAdapter(listed, config={"extra": "forbid", "strict": True}).validate_json


def _faults(errors: Sequence[Mapping[str, Any]], wanted: type, data: object) -> Iterator[Fault]:
    """Tell the faults: an unknown key before what it leaves missing; of a union, where the data went furthest."""
    told: set[tuple[str | int, ...]] = set()
    for error in sorted(errors, key=lambda error: (error["type"] not in _UNKNOWN_KEY, -len(error["loc"]))):
        fault = _fault(error, wanted, data)
        place = (*fault.path, str(fault.found)) if fault.kind in ("unknown-key", "missing") else fault.path
        if place not in told:
            yield fault
        # Each type of a union has its own complaint of one value, and a key misspelled is missing as well.
        told |= {place, (*fault.path, fault.near)} if fault.near else {place}


def _fault(error: Mapping[str, Any], wanted: type, data: object) -> Fault:
    kind, found = error["type"], error["input"]
    path = tuple(_path(error["loc"][1:], data))
    if kind in _UNKNOWN_KEY:
        key = str(path[-1])
        return Fault(path[:-1], "unknown-key", key, near=find_nearest(key, _keys(wanted, path[:-1])))
    if kind == "missing":
        return Fault(path, "missing", str(error["loc"][-1]))
    if kind in ("enum", "literal_error"):
        choices = tuple(re.findall("'(.+?)'", error["ctx"]["expected"]))
        return Fault(path, "choice", found, choices=choices, near=find_nearest(str(found), choices))
    if kind in _WANTED:
        return Fault(path, "type", found, _WANTED[kind])
    return Fault(path, "other", found, error["msg"])


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
    from dataclasses import is_dataclass

    if is_dataclass(wanted) or (isinstance(wanted, type) and issubclass(wanted, Record)):
        hints = get_type_hints(wanted)
        yield from _keys(hints.get(str(path[0])), path[1:]) if path else hints
    else:
        rest = path if isinstance(wanted, UnionType) else path[1:]
        for inner in get_args(wanted):
            yield from _keys(inner, rest)
