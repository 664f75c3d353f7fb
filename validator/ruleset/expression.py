"""The text of a relation -> linear terms: "2 * carried_over + sum(outcomes) = total - 1". Nothing is evaluated.

relation = side ("=" | "<=" | ">=" | "<=>" | "!=") side;  side = term (("+" | "-") term)*
term     = [number "*"] (name | "sum(" name ")") | number
"""

from typing import Literal, NamedTuple

from validator.errors import RuleError
from validator.patterns import Pattern

Relator = Literal["=", "<=", ">=", "<=>", "!="]
RELATORS: dict[str, Relator] = {"=": "=", "<=": "<=", ">=": ">=", "<=>": "<=>", "!=": "!="}

_NUMBER = r"(\d{1,15})(?!\d)"
_SHOWN = 60
"""Characters of a relation that an error quotes."""
_NAME = r"([a-z][a-z0-9_.]*)"
_TOKEN = Pattern(rf"\s*(?:(<=>|<=|>=|!=|=)|([+-])|(?:{_NUMBER}\s*\*\s*)?(?:sum\(\s*{_NAME}\s*\)|{_NAME})|{_NUMBER})")


class Term(NamedTuple):
    """A whole coefficient and a name; `is_set`: the name is a set to add up. A constant has the name ""."""

    coefficient: int
    name: str
    is_set: bool = False


class Expression(NamedTuple):
    """A relation as written in a rule, with names that are not yet addresses."""

    left: tuple[Term, ...]
    relator: Relator
    right: tuple[Term, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of both sides in order, each once, sets included."""
        return tuple(dict.fromkeys(term.name for term in (*self.left, *self.right) if term.name))


def parse_relation(text: str, place: str) -> Expression:
    """Read a relation; RuleError names the place and the character that does not fit."""
    sides: list[list[Term]] = [[]]
    relator: Relator | None = None
    sign: int | None = 1
    position = 0
    while text[position:].strip():
        found = _TOKEN.match(text, position)
        if found is None:
            raise _refuse(text, position, place)
        relation, operator, factor, set_name, name, constant = found.groups()
        if relation and relator is None and sign is None:
            relator, sign = RELATORS[relation], 1
            sides.append([])
        elif operator and (sign is None or (operator == "-" and not sides[-1])):
            sign = -1 if operator == "-" else 1
        elif (set_name or name or constant) and sign is not None:
            coefficient = sign * int(constant or factor or 1)
            sides[-1].append(Term(coefficient, set_name or name or "", bool(set_name)))
            sign = None
        else:
            raise _refuse(text, position, place)
        position = found.end()
    if relator is None or sign is not None:
        raise RuleError.of("rule-no-relation", place=place, text=_shorten(text))
    return Expression(tuple(sides[0]), relator, tuple(sides[1]))


def _refuse(text: str, position: int, place: str) -> RuleError:
    rest = text[position:].lstrip()
    return RuleError.of("rule-cannot-read", place=place, rest=_shorten(rest), text=_shorten(text))


def _shorten(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
