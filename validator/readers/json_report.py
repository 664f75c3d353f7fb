"""JSON in the shape that `gouji read` prints (gouji.report/1) -> the report it tells of.

What decides a check must have its shape; beyond that, keys that are not known are passed over. A cell may be given as
its bare value. Claims and problems that do not have the shape are left out.
"""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import NoReturn

from validator.characters import join_surrogates
from validator.errors import ReadError
from validator.model.location import JsonPlace
from validator.model.report import CellState, Claim, Number, Problem, Report, ReportCell
from validator.numerals import parse_numeral

_SCHEMA = "gouji.report/1"
_MOST_DIGITS = 15
_STATES = {state.value: state for state in CellState}


def read_json(data: bytes, source: str) -> Report:
    """Read a report back; raises ReadError("json-syntax") or ReadError("json-shape", where=…, problem=…)."""
    try:
        content = json.loads(data, parse_float=Decimal, parse_constant=_refuse_constant, object_pairs_hook=_unique_keys)
    except json.JSONDecodeError as error:
        raise ReadError("json-syntax", reason=f"{error.msg}, line {error.lineno}, column {error.colno}") from None
    except UnicodeDecodeError:
        raise ReadError("json-syntax", reason="not UTF-8") from None
    except (ValueError, ArithmeticError, RecursionError):  # numbers of endless digits, objects of endless depth
        raise ReadError("json-syntax", reason="not readable") from None
    if b"\\u" in data or not _is_utf8(data):
        content = _join_surrogates(content)
    if not isinstance(content, dict):
        _fail("$", f"expected an object, found {_kind(content)}")
    if content.get("schema") != _SCHEMA:
        _fail("schema", f"expected {_SCHEMA}, found {_say(content.get('schema'))}")
    cells = content.get("cells")
    if not isinstance(cells, dict):
        _fail("cells", f"expected an object, found {_kind(cells)}")
    return Report(
        source=source,
        form=_text_or_none(content, "form"),
        organization=_text_or_none(content, "organization"),
        year=_year(content.get("year")),
        cells={address: _read_cell(f"cells.{address}", cell) for address, cell in cells.items()},
        claims=tuple(_read_claims(content.get("claims"))),
        problems=tuple(_read_problems(content.get("problems"))),
    )


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _join_surrogates(content: object) -> object:
    """Give the content with texts that every output can carry: JSON can write halves of characters."""
    if isinstance(content, str):
        return join_surrogates(content)
    if isinstance(content, list):
        return [_join_surrogates(item) for item in content]
    if isinstance(content, dict):
        return {join_surrogates(key): _join_surrogates(value) for key, value in content.items()}
    return content


def _read_cell(where: str, cell: object) -> ReportCell:
    if not isinstance(cell, dict):
        cell = {"raw": cell} if isinstance(cell, str) else {"value": cell}
    raw = cell.get("raw")
    note = cell.get("note", "")
    if not isinstance(raw, str | None):
        _fail(f"{where}.raw", f"expected text, found {_kind(raw)}")
    if not isinstance(note, str):
        _fail(f"{where}.note", f"expected text, found {_kind(note)}")
    written = cell.get("state")
    if raw is not None and written is None and "value" not in cell:
        numeral = parse_numeral(raw)
        state = CellState(numeral.kind)
        note = note or numeral.note or ("not-a-number" if state is CellState.UNREADABLE else "")
        return ReportCell(numeral.value, raw, state, JsonPlace(where), note)
    value = _number_or_none(f"{where}.value", cell.get("value"))
    if written is None:
        state = CellState.NUMBER if value is not None else _state_without_value(raw or "")
    elif isinstance(written, str) and written in _STATES:
        state = _STATES[written]
    else:
        _fail(f"{where}.state", f"expected one of {', '.join(_STATES)}, found {_say(written)}")
    if (state is CellState.NUMBER) != (value is not None):
        _fail(where, f"state {state.value} does not go with value {_say(cell.get('value'))}")
    return ReportCell(value, raw if raw is not None else _print(value), state, JsonPlace(where), note)


def _state_without_value(raw: str) -> CellState:
    """Say what a cell is that has neither value nor state; a number that was not taken for one cannot be read."""
    kind = parse_numeral(raw).kind
    return CellState.UNREADABLE if kind == "number" else CellState(kind)


def _read_claims(claims: object) -> Iterable[Claim]:
    for index, claim in enumerate(claims if isinstance(claims, list) else ()):
        match claim:
            case {
                "text": str(text),
                "span": str(span),
                "value": value,
                "approximate": bool(approximate),
                "quantity": str(quantity),
            } if span in text and (number := _number(value)) is not None:
                scope, sure = claim.get("scope"), claim.get("sure", True)
                yield Claim(
                    text=text,
                    span=span,
                    offset=text.find(span),
                    value=number,
                    approximate=approximate,
                    quantity=quantity,
                    location=JsonPlace(f"claims[{index}]"),
                    scope=scope if isinstance(scope, str) else "",
                    sure=sure is not False,
                )


def _read_problems(problems: object) -> Iterable[Problem]:
    for index, problem in enumerate(problems if isinstance(problems, list) else ()):
        match problem:
            case {"kind": str(kind)}:
                detail, cells = problem.get("detail"), problem.get("cells")
                yield Problem(
                    kind=kind,
                    location=JsonPlace(f"problems[{index}]"),
                    cells=tuple(c for c in cells if isinstance(c, str)) if isinstance(cells, list) else (),
                    values={"detail": detail} if isinstance(detail, str) else {},
                )


def _number_or_none(where: str, value: object) -> Number | None:
    if value is None:
        return None
    number = _number(value)
    if number is None:
        _fail(where, f"expected a number of at most {_MOST_DIGITS} digits or null, found {_kind(value)}")
    return number


def _number(value: object) -> Number | None:
    """Give a number as an int if it is whole; None for what is none, or too long to be a figure of a report."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    # Asked before any digit is spelled out: 1e999999999 is a short text, but not a short number.
    if value and abs(Decimal(value).adjusted()) >= _MOST_DIGITS:
        return None
    return int(value) if value == int(value) else value


def _year(year: object) -> int | None:
    if isinstance(year, bool) or not isinstance(year, int | None):
        _fail("year", f"expected a whole number or null, found {_kind(year)}")
    if year is not None and not 0 < year < 10000:
        _fail("year", "expected a year of four digits")
    return year


def _text_or_none(content: dict[str, object], key: str) -> str | None:
    text = content.get(key)
    if not isinstance(text, str | None):
        _fail(key, f"expected text or null, found {_kind(text)}")
    return text


def _unique_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    content = dict(pairs)
    if len(content) < len(pairs):
        keys = [key for key, _ in pairs]
        _fail(next(key for key in keys if keys.count(key) > 1), "the key stands twice")
    return content


def _refuse_constant(name: str) -> NoReturn:
    _fail("$", f"{name} is no number")


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "nothing"}
    return kinds.get(type(value), "a number")


def _say(value: object) -> str:
    text = _kind(value) if isinstance(value, dict | list | None) else str(value)
    return text if len(text) <= 40 else f"{text[:40]}…"


def _print(value: Number | None) -> str:
    return "" if value is None else str(value) if isinstance(value, int) else f"{value:f}"


def _fail(where: str, problem: str) -> NoReturn:
    raise ReadError("json-shape", where=where, problem=problem)
