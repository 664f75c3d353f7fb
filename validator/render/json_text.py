"""JSON as this program writes it: characters as they are, amounts as numbers, one line or indented."""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from validator.model.location import Location, PlainFields, location_fields
from validator.model.report import Number

JsonNumber = int | float


def write_json(value: Mapping[str, object], *, indent: int | None = 2) -> str:
    """Give the value as JSON ended by a newline: indented, or on one line with `indent` None."""
    return json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False) + "\n"


def write_json_items(values: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Give what stands between the brackets of a JSON array, in pieces: one value a line."""
    separator = "\n"
    for value in values:
        yield separator + json.dumps(value, ensure_ascii=False, allow_nan=False)
        separator = ",\n"
    if separator != "\n":
        yield "\n"


def to_json_number(number: Number | None) -> JsonNumber | None:
    """Give a figure as JSON has it; money keeps its decimals (2.02), a count has none."""
    if isinstance(number, Decimal):
        return int(number) if number == number.to_integral_value() else float(number)
    return number


def to_json_place(location: Location | None) -> PlainFields:
    """Give what is known of a place as plain fields, none if there is no place."""
    return {} if location is None else location_fields(location)
