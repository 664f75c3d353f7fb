"""The data of a rule or form file -> its type, and the errors that name the nearest right name."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from validator.errors import RuleError
from validator.records import Unfit, make_record, nearest

T = TypeVar("T")


def fill(wanted: type[T], data: object, place: str) -> T:
    """Make a record out of plain data; RuleError names the place, the key and the nearest right name."""
    try:
        return make_record(wanted, data)
    except Unfit as error:
        raise RuleError(f"{place}: {error}") from None


class UnknownName(RuleError):
    """A rule uses a name that is not there; the nearest right one is looked up when the text is asked for."""

    def __init__(self, text: str, name: str, known: Callable[[], Iterable[str]]) -> None:
        super().__init__(text)
        self.text = text
        self.name = name
        self.known = known

    def __str__(self) -> str:
        return f"{self.text} {self.name!r}{nearest(self.name, self.known())}"
